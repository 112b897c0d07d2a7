import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMessage, mentionsAndLinks } from "../../src/simulator/slack/index.ts";
import { textLength } from "../../src/slack/hold.ts";
import type { Message } from "../../src/slack/message.ts";
import { plain, render, simpler } from "../../src/slack/render.ts";
import type { View } from "../../src/view/index.ts";
import { views } from "../support/arbitraries.ts";
import { expectedLive } from "../support/expected-live.ts";

const kinds = Object.keys(views) as View["kind"][];
const forms = (view: View): readonly Message[] => {
  const message = render(view, { audience: "private", timeZone: "Asia/Shanghai" });
  return [message, simpler(message), plain(message)];
};

describe.each(kinds)("whatever a view of kind %s says", (kind) => {
  const anyView: fc.Arbitrary<View> = views[kind];

  it("Slack takes the message in all its forms", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        for (const message of forms(view)) {
          expect(checkMessage(message)).toEqual([]);
          expect(message.text.length).toBeLessThanOrEqual(3_000);
          expect(message.text.trim()).not.toBe("");
          expect(textLength(message.blocks)).toBeLessThanOrEqual(12_000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("mentions nobody and links nowhere on behalf of foreign text", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const allowed = expectedLive(view);
        for (const message of forms(view)) {
          expect(mentionsAndLinks(message).filter((live) => !allowed.includes(live))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
