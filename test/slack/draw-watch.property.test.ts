import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMessage, mentionsAndLinks } from "../../src/simulator/slack/index.ts";
import { drawAnnouncement, drawNews } from "../../src/slack/draw-watch.ts";
import { textLength } from "../../src/slack/hold.ts";
import type { Message } from "../../src/slack/message.ts";
import { plain, simpler } from "../../src/slack/render.ts";
import { watchMetadata } from "../../src/slack/watch-metadata.ts";
import type { Announcement } from "../../src/watch/index.ts";
import { buttonsOf } from "../support/blocks.ts";
import { announcements, farewell, notice, summary, watch } from "../support/watch-arbitraries.ts";

const kinds = Object.keys(announcements) as Announcement["kind"][];
const formsOf = (message: Message): readonly Message[] => [message, simpler(message), plain(message)];
const drawing = fc.record({ showsErrors: fc.boolean(), isPerhapsRepeated: fc.boolean() });

function expectTaken(message: Message): void {
  for (const form of formsOf(message)) {
    expect(checkMessage(form)).toEqual([]);
    expect(form.text.length).toBeLessThanOrEqual(3_000);
    expect(form.text.trim()).not.toBe("");
    expect(textLength(form.blocks)).toBeLessThanOrEqual(12_000);
  }
  for (const { label, value } of buttonsOf(message)) {
    expect(label.length).toBeLessThanOrEqual(12);
    expect(value).toMatch(/^[a-z]{2,20}:r1:W-[0-9A-Z]{26}\.\d{1,4}$/);
  }
  expect(buttonsOf(message).length).toBeLessThanOrEqual(3);
}

/** Who may be called: the one who must act; on a card those who did already, for an edit calls nobody. */
const expectedLive = (announcement: Announcement, channel: string): readonly string[] => [
  ...(announcement.kind === "unstopped" ? [`<@${announcement.mention}>`] : []),
  ...("face" in announcement && announcement.face.stop !== undefined
    ? [announcement.face.stop.by, announcement.face.stop.approvedBy].map((user) => `<@${user}>`)
    : []),
  ...(announcement.kind === "finished" && announcement.mention !== undefined ? [`<@${announcement.mention}>`] : []),
  ...("face" in announcement && announcement.face.acked !== undefined ? [`<@${announcement.face.acked.by}>`] : []),
  ...(announcement.to === "owner" ? [`<#${channel}>`] : []),
];

describe.each(kinds)("whatever an announcement of kind %s says", (kind) => {
  const anyAnnouncement: fc.Arbitrary<Announcement> = announcements[kind];

  it("Slack takes the message in all its forms, and it calls nobody who need not act", () => {
    fc.assert(
      fc.property(watch, anyAnnouncement, drawing, (told, announcement, how) => {
        const message = drawAnnouncement(told, announcement, how);
        expectTaken(message);
        const allowed = expectedLive(announcement, told.thread.channel);
        for (const form of formsOf(message)) {
          expect(mentionsAndLinks(form).filter((live) => !allowed.includes(live))).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("whatever a summary or a notice says", () => {
  it.each([
    ["a summary", summary, 25],
    ["a notice", notice, 40],
    ["the end of a subscription", farewell, 40],
  ] as const)("Slack takes %s in all its forms, and it calls nobody", (_, anyNews, numRuns) => {
    fc.assert(
      fc.property(anyNews as fc.Arbitrary<Parameters<typeof drawNews>[0]>, drawing, (news, how) => {
        const message = drawNews(news, how);
        expectTaken(message);
        expect(formsOf(message).flatMap(mentionsAndLinks)).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe("the metadata of a post", () => {
  it("is below 200 bytes, whatever the watch is called", () => {
    fc.assert(
      fc.property(watch, ({ id }) => {
        expect(Buffer.byteLength(JSON.stringify(watchMetadata(id)))).toBeLessThan(200);
      }),
    );
  });

  it("is the watch's id where that fits", () => {
    expect(watchMetadata("T1/main/prod/i1/C1").event_payload).toEqual({ watch: "T1/main/prod/i1/C1" });
  });
});
