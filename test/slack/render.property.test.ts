import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMessage, mentionsAndLinks } from "../../src/simulator/slack/index.ts";
import { textLength } from "../../src/slack/hold.ts";
import type { Message } from "../../src/slack/message.ts";
import { plain, render, simpler } from "../../src/slack/render.ts";
import type { View } from "../../src/view.ts";
import { views } from "../support/arbitraries.ts";

const kinds = Object.keys(views) as View["kind"][];
const escaped = (url: string) => url.replaceAll("&", "&amp;");

const whoLive = (who: { readonly kind: string; readonly id?: string }): readonly string[] => {
  if (who.id === undefined) return [];
  return [`<@${who.id}>`, `<#${who.id}>`, `<!subteam^${who.id}>`];
};

/** What a view says may be live: the person who acted, the links it carries. */
const expectedLive = (view: View): readonly string[] => [
  ...("by" in view ? [`<@${view.by}>`] : []),
  ...(view.kind === "watches"
    ? [...view.rows.map(({ startedBy }) => startedBy), ...view.mutes.map(({ by }) => by)].map((id) => `<@${id}>`)
    : []),
  ...(view.kind === "subscriptions" ? view.rows.map(({ createdBy }) => `<@${createdBy}>`) : []),
  ...(view.kind === "run-approval" ? [`<@${view.requester}>`] : []),
  ...(view.kind === "run" ? [`<#${view.watchedIn}>`] : []),
  ...(view.kind === "approval" ? [`<@${view.requester}>`] : []),
  ...("approvedBy" in view ? [`<@${view.approvedBy}>`] : []),
  ...(view.kind === "confirm-stop" ? view.watchers.people.map((id) => `<@${id}>`) : []),
  ...(view.kind === "granted" ? whoLive(view.who) : []),
  ...(view.kind === "rights"
    ? [
        view.who,
        ...(view.lines ?? []).flatMap(({ who, by }) => [who, ...(by === undefined ? [] : [{ kind: "user", id: by }])]),
      ].flatMap((who) => (who === undefined ? [] : whoLive(who)))
    : []),
  ...(view.kind === "error" ? (view.ask ?? []).flatMap(whoLive) : []),
  ...(view.kind === "watching" ? [`<https://slack.com/archives/C0GENERAL1/p1795339200000001|Open card>`] : []),
  ...("jobInsightUrl" in view && view.jobInsightUrl !== undefined ? [`<${escaped(view.jobInsightUrl)}|Job insight>`] : []),
  ...(view.kind === "logview" ? [`<${escaped(view.url)}|Open Logview>`] : []),
];

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
