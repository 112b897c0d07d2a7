import { describe, expect, it } from "vitest";
import { drawAnnouncement } from "../../../src/slack/draw-watch.ts";
import type { Announcement } from "../../../src/watch/index.ts";
import { buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aFailed, aFinished, announcedAt, aToldWatch, startedAt } from "../../support/watch/announced.ts";

const minute = 60_000;
const draw = (announcement: Announcement, isPerhapsRepeated = false) =>
  drawAnnouncement(aToldWatch(), announcement, { showsErrors: true, isPerhapsRepeated });
const reply = { at: announcedAt, to: "thread", key: "k" } as const;
const forecast = { from: announcedAt + 5 * minute, likely: announcedAt + 8 * minute, to: announcedAt + 15 * minute };

describe("a reply in the thread", () => {
  const cases: readonly (readonly [Announcement, string])[] = [
    [
      { ...reply, kind: "queued", waitedMs: 5 * minute, position: 4, length: 9 },
      "etl_orders: Waits for 5 m now, place 4 of 9 in the queue",
    ],
    [{ ...reply, kind: "queued", waitedMs: 5 * minute }, "etl_orders: Waits for 5 m now"],
    [{ ...reply, kind: "started", waitedMs: 8 * minute }, "etl_orders: Started after waiting for 8 m"],
    [{ ...reply, kind: "milestone", percent: 50 }, "etl_orders: *50%* done"],
    [
      { ...reply, kind: "milestone", percent: 50, forecast },
      "etl_orders: *50%* done, ends between 22 Nov, 10:18 UTC and 22 Nov, 10:28 UTC, most likely 22 Nov, 10:21 UTC",
    ],
    [
      { ...reply, kind: "stage", unit: "stage", done: ["M1"], failed: [], started: [{ name: "R2", workers: 64 }], percent: 38 },
      "etl_orders: `M1` done, `R2 (64 workers)` started · 38%",
    ],
    [
      { ...reply, kind: "stage", unit: "stage", done: [], failed: ["a", "b", "c", "d", "e", "f", "g"], started: [] },
      "etl_orders: `a`, `b`, `c`, `d`, `e`, 2 more failed",
    ],
    [{ ...reply, kind: "retried", task: "t", attempt: 2 }, "etl_orders: Task `t` failed and runs again (run 2)"],
    [
      { ...reply, kind: "late", by: announcedAt + minute, forecast },
      "etl_orders in demo_project: *LATE* It will probably miss its deadline 22 Nov, 10:14 UTC: it ends between 22 Nov, 10:18 UTC and 22 Nov, 10:28 UTC, most likely 22 Nov, 10:21 UTC",
    ],
    [
      { ...reply, kind: "unstopped", askedAt: announcedAt - minute, mention: "U0BOB0001" },
      "etl_orders in demo_project: *STILL RUNNING* The stop did not take effect after 60 s: MaxCompute runs it on. Stop it again; if that does not help, ask whoever runs the project. <@U0BOB0001>",
    ],
    [
      { ...reply, kind: "deadline", by: announcedAt, percent: 75 },
      "etl_orders in demo_project: *MISSED* its deadline 22 Nov, 10:13 UTC. It is at 75%",
    ],
    [
      { ...reply, kind: "deadline", by: announcedAt, endedAt: announcedAt + 3 * minute },
      "etl_orders in demo_project: *MISSED* its deadline 22 Nov, 10:13 UTC. It ended 22 Nov, 10:16 UTC, 3 m late",
    ],
    [
      { ...reply, kind: "stuck", since: announcedAt - 10 * minute, stage: "M1" },
      "etl_orders in demo_project: *STUCK* No records have moved in `M1` for 10 m, since 22 Nov, 10:03 UTC",
    ],
    [
      { ...reply, kind: "slow", runningMs: 60 * minute, p90Ms: 40 * minute },
      "etl_orders in demo_project: *SLOW* It has run for 1 h; 9 of 10 earlier runs took at most 40 m",
    ],
    [{ ...reply, kind: "capped" }, "etl_orders: Further progress is in the card alone"],
    [
      { ...reply, kind: "missing", since: startedAt },
      "etl_orders in demo_project: *GONE* MaxCompute has not known it since 22 Nov, 10:01 UTC. This watch has ended",
    ],
    [aFinished(), "SUCCESS etl_orders in demo_project, after 12 m 4 s"],
    [aFinished({ by: announcedAt + 1 }), "SUCCESS etl_orders in demo_project, after 12 m 4 s, deadline met"],
    [aFinished({ outcome: "cancelled", by: 1 }), "CANCELLED etl_orders in demo_project, after 12 m 4 s, deadline *missed*"],
    [
      aFailed(),
      "FAILED etl_orders in demo_project, after 12 m 4 s. ODPS-0123144: A worker in R2 ran out of memory. 3rd failure in a row, all with this error, last OK 21 Nov, 10:13 UTC. <@U0VIC0001>",
    ],
  ];
  it.each(cases)("says %j", (announcement, text) => {
    expect(draw(announcement).text).toBe(text);
  });

  it("is a line of small print, but for what somebody may have to act on", () => {
    expect(draw({ ...reply, kind: "started", waitedMs: minute }).blocks.map(({ type }) => type)).toEqual(["context"]);
    expect(draw({ ...reply, kind: "stuck", since: announcedAt }).blocks.map(({ type }) => type)).toEqual(["section"]);
  });

  it("of a failure says what to do, and offers it", () => {
    expect(wordsOf(draw(aFailed()))).toContain("*Next* Look for skewed keys");
    expect(buttonsOf(draw(aFailed())).map(({ label }) => label)).toEqual(["Ack", "Logview", "Mute 2 h"]);
    expect(buttonsOf(draw(aFinished()))).toEqual([]);
  });

  it.each([aFinished(), aFailed(), { ...reply, kind: "capped" } as const])("says that it may be a repetition", (announcement) => {
    expect(draw(announcement, true).text).toMatch(/I may have told this before$/);
    expect(wordsOf(draw(announcement, true))).toContain("I may have told this before");
  });
});

describe("a word to the owner", () => {
  it("names the channel and the instance in full, since no card stands beside it", () => {
    const words = wordsOf(draw({ ...reply, to: "owner", kind: "channel-gone", reason: "archived" }));
    expect(words).toContain("`demo_project`, watched in <#C0GENERAL1>");
    expect(words).toContain("the channel is archived");
    expect(words).toContain("`20160519101349613gzbzufck2`");
  });

  it("says what MaxCompute refuses, and that it does no longer", () => {
    expect(draw({ ...reply, to: "owner", kind: "forbidden", reason: "no right" }).text).toContain("any more: no right");
    expect(draw({ ...reply, to: "owner", kind: "permitted" }).text).toContain("shows it to me again");
  });
});
