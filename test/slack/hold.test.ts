import type { KnownBlock } from "@slack/types";
import { describe, expect, it } from "vitest";
import { context, section } from "../../src/slack/blocks.ts";
import { hold, textLength } from "../../src/slack/hold.ts";
import { mrkdwn, plainText } from "../../src/slack/mrkdwn.ts";
import { preformatted } from "../../src/slack/rich-text.ts";
import { wordsOf } from "../support/blocks.ts";

const text = mrkdwn`Something`;
const button: KnownBlock = {
  type: "actions",
  elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: "Press" }, value: "v".repeat(2_000) }],
};

describe("holding a message to Slack's limits", () => {
  it("changes nothing that fits", () => {
    const blocks = section(mrkdwn`Hello`);
    expect(hold({ text, blocks })).toEqual({ text: "Something", blocks });
  });

  it("clips a long text after escaping", () => {
    const held = hold({ text: plainText("<".repeat(5_000), 9_000), blocks: [] });
    expect(held.text.length).toBeLessThanOrEqual(3_000);
    expect(held.text.endsWith("&lt;…")).toBe(true);
  });

  it("never sends an empty text", () => {
    expect(hold({ text: mrkdwn``, blocks: [] }).text).toBe("No text");
  });

  it("leaves out the 50th block and those behind it, and says how many", () => {
    const held = hold({ text, blocks: Array.from({ length: 60 }, () => section(mrkdwn`x`)).flat() });
    expect(held.blocks).toHaveLength(50);
    expect(wordsOf(held)).toContain("11 parts left out");
  });

  it("leaves out the longest parts first and never the buttons", () => {
    const blocks = [
      ...preformatted("x".repeat(7_000), 8_000),
      ...context([mrkdwn`kept`]),
      ...preformatted("y".repeat(9_000), 9_000),
      button,
    ];
    const held = hold({ text, blocks });
    expect(textLength(held.blocks)).toBeLessThanOrEqual(12_000);
    expect(held.blocks).toContain(button);
    expect(wordsOf(held)).toContain("kept");
    expect(wordsOf(held)).toContain("xxx");
    expect(wordsOf(held)).not.toContain("yyy");
    expect(wordsOf(held)).toContain("1 parts left out");
  });
});
