import { describe, expect, it } from "vitest";
import { drawAnnouncement } from "../../../src/slack/draw-watch.ts";
import type { Face, Watch } from "../../../src/watch/index.ts";
import { buttonsOf, menusOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { announcedAt, aSeen, aToldWatch, edited, theFailure } from "../../support/watch/announced.ts";

const minute = 60_000;
const draw = (face: Partial<Face> = {}, watch: Watch = aToldWatch()) =>
  drawAnnouncement(watch, edited(face), { showsErrors: true, isPerhapsRepeated: false });
const labels = (face: Partial<Face>) => buttonsOf(draw(face)).map(({ label }) => label);
const forecast = { from: announcedAt + 5 * minute, likely: announcedAt + 8 * minute, to: announcedAt + 15 * minute };

describe("the card of a watch", () => {
  it("says how far it is, when it may end and what can be done", () => {
    expect(wordsOf(draw({ forecast, by: announcedAt + 10 * minute, deadline: "on track" }))).toMatchInlineSnapshot(`
      ":arrow_forward: *RUNNING*  \`etl_orders\`
      \`demo_project\` · \`…zbzufck2\`
      *Progress*
      ▓▓▓▓▓▓░░░░ 63%
      *Ends*
      between <!date^1795342729^{date_short_pretty} {time}|22 Nov, 10:18 UTC> and <!date^1795343329^{date_short_pretty} {time}|22 Nov, 10:28 UTC>, most likely <!date^1795342909^{date_short_pretty} {time}|22 Nov, 10:21 UTC>
      *Deadline*
      <!date^1795343029^{date_short_pretty} {time}|22 Nov, 10:23 UTC>, on track
      *Stage*
      \`R2\` · 64 workers
      *Elapsed*
      12 m 4 s
      *Started*
      <!date^1795341705^{date_short_pretty} {time}|22 Nov, 10:01 UTC>
      Refresh
      Logview
      Stop
      Why slow?
      Tasks
      Snooze 1 h
      Mute 2 h
      Unwatch
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time}|22 Nov, 10:13 UTC>
      every 1 m"
    `);
  });

  it("begins with the state, the name and what matters, without a time that only blocks can show", () => {
    expect(draw({ forecast, by: announcedAt, deadline: "late" }).text).toBe(
      "RUNNING etl_orders in demo_project: 63%, at R2, ends between 22 Nov, 10:18 UTC and 22 Nov, 10:28 UTC, most likely 22 Nov, 10:21 UTC, deadline 22 Nov, 10:13 UTC, *late*",
    );
  });

  it.each([
    ["OPENING", ["Refresh", "Logview", "Stop"]],
    ["WAITING", ["Refresh", "Logview", "Stop"]],
    ["RUNNING", ["Refresh", "Logview", "Stop"]],
    ["STOPPING", ["Refresh", "Logview"]],
    ["SUSPENDED", ["Refresh", "Logview", "Stop"]],
    ["SUCCESS", ["Result", "Logview", "Cost"]],
    ["FAILED", ["Ack", "Logview", "Mute 2 h"]],
    ["CANCELLED", ["Logview", "Why?", "Status"]],
    ["UNKNOWN", ["Logview", "Why?", "Status"]],
    ["FORBIDDEN", ["Refresh", "Logview", "Stop"]],
    ["GONE", ["Status"]],
  ] as const)("in state %s is named so first, and has its buttons", (word, expected) => {
    expect(draw({ word }).text).toMatch(new RegExp(`^${word} etl_orders`));
    expect(labels({ word })).toEqual(expected);
  });

  it("says until when it is snoozed, and what is told in spite of that", () => {
    expect(wordsOf(draw({ snoozedUntil: announcedAt + 60 * minute }))).toContain(
      "Snoozed until <!date^1795346029^{date_short_pretty} {time}|22 Nov, 11:13 UTC>: only its end is told",
    );
    expect(wordsOf(draw())).not.toContain("Snoozed");
  });

  const stop = { by: "U0BOB0001", at: announcedAt - minute, reason: "wrong <!channel> day", approvedBy: "U0CARL001" };
  it.each([
    ["STOPPING", {}, "Its stop was asked for by <@U0BOB0001> "],
    ["STOPPING", {}, ", approved by <@U0CARL001>. MaxCompute has not ended it yet."],
    ["RUNNING", { isUnstopped: true }, "*The stop did not take effect after 60 s.*"],
    ["CANCELLED", {}, ", approved by <@U0CARL001>; MaxCompute confirms it."],
  ] as const)("in state %s says who stopped it and what became of that", (word, more, words) => {
    const card = draw({ word, stop, ...more });
    expect(wordsOf(card)).toContain(words);
    expect(wordsOf(card)).toContain("wrong <!channel> day");
    expect(card.text).not.toContain("@");
  });

  it("says in a notification, too, that a stop did nothing", () => {
    expect(draw({ stop, isUnstopped: true }).text).toMatch(/^RUNNING etl_orders in demo_project: stop did not take effect/);
    expect(labels({ stop, isUnstopped: true })).toContain("Stop");
  });

  it("has the rest of what can be done in a menu", () => {
    const [more = []] = Object.values(menusOf(draw()));
    expect(more.map((value) => value?.split(":")[0])).toEqual(["why", "tasks", "snooze", "mute", "unwatch"]);
  });

  it("does not take its own place when it is refreshed: the newest state is for whoever pressed", () => {
    expect(buttonsOf(draw())[0]).toMatchObject({ action_id: "instance.open", value: expect.stringMatching(/^status:/) });
  });

  it("shows no old number as a live one while MaxCompute is silent", () => {
    const silent = draw({ silentSince: announcedAt - 20 * minute });
    expect(silent.text).toMatch(/^UNKNOWN .*MaxCompute silent since 22 Nov, 09:53 UTC, was RUNNING, 63%/);
    expect(wordsOf(silent)).toMatch(/\*UNKNOWN\*.*\n.*was RUNNING, MaxCompute silent since/);
    expect(wordsOf(silent)).toContain("All of this is from");
  });

  it.each([
    ["on track", "on track"],
    ["late", "*late*"],
    ["missed", "*missed*"],
    ["met", "met"],
  ] as const)("says of its deadline that it is %s", (deadline, words) => {
    expect(wordsOf(draw({ by: announcedAt, deadline }))).toMatch(new RegExp(`Deadline\\*\\n.*, ${words.replaceAll("*", "\\*")}`));
  });

  it("counts the parts of an XFlow, and offers them", () => {
    const subs = { waiting: 2, running: 1, done: 4, failed: 0 };
    expect(wordsOf(draw({ subs }))).toContain("*Parts*\n1 running, 2 waiting, 4 done");
    const [more = []] = Object.values(menusOf(draw({ subs })));
    expect(more.some((value) => value?.startsWith("subs:"))).toBe(true);
  });

  it("says that it stands still", () => {
    expect(wordsOf(draw({ stuckSince: announcedAt - 20 * minute }))).toMatch(/Standstill\*\nno records moved since/);
  });

  it("is named by the end of the id while nobody knows its job's name", () => {
    const { jobName: _, ...seen } = aSeen();
    expect(draw({}, aToldWatch({ seen })).text).toMatch(/^RUNNING …zbzufck2 in demo_project/);
  });
});

describe("the card of a failure", () => {
  const streak = { failuresInRow: 3, sameError: 2, lastOkAt: announcedAt - 1_440 * minute };
  const failed = { word: "FAILED", failure: theFailure, streak } as const;

  it("says why, what to do, and how often in a row", () => {
    expect(wordsOf(draw(failed, aToldWatch({ seen: aSeen({ endTime: announcedAt }) })))).toMatchInlineSnapshot(`
      ":x: *FAILED*  \`etl_orders\`
      \`demo_project\` · \`…zbzufck2\` · 3rd failure in a row, 2 with this error, last OK <!date^1795256029^{date_short_pretty} {time}|21 Nov, 10:13 UTC>
      *Took*
      12 m 4 s
      *Ended*
      <!date^1795342429^{date_short_pretty} {time}|22 Nov, 10:13 UTC>
      *Likely cause* A worker in R2 ran out of memory.
      *Next* Look for skewed keys in Logview, or give the stage more memory.
      *Task* \`etl_orders\` · \`ODPS-0123144\`
      FAILED: ODPS-0123144 fuxi job failed: memory exceeded
      Ack
      Logview
      Mute 2 h
      Why?
      Status
      Tasks
      Cost
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time}|22 Nov, 10:13 UTC>
      every 1 m"
    `);
  });

  it("says so in what a notification shows", () => {
    expect(draw(failed).text).toBe(
      "FAILED etl_orders in demo_project: 63%, 12 m 4 s, at R2, ODPS-0123144: A worker in R2 ran out of memory, 3rd failure in a row, 2 with this error, last OK 21 Nov, 10:13 UTC",
    );
  });

  it.each([
    [{ failuresInRow: 1, sameError: 1 }, ""],
    [{ failuresInRow: 1, sameError: 1, lastOkAt: announcedAt }, "last OK"],
    [{ failuresInRow: 2, sameError: 2 }, "2nd failure in a row, all with this error"],
    [{ failuresInRow: 11, sameError: 1 }, "11th failure in a row"],
  ])("tells of earlier runs what is known: %j", (known, words) => {
    expect(draw({ ...failed, streak: known }).text).toContain(words);
    expect(draw({ ...failed, streak: known }).text.includes("in a row")).toBe(known.failuresInRow > 1);
  });

  it("clips the error, and lets no Logview token through", () => {
    const url = "https://logview.example.com/?h=a&i=b&token=c2VjcmV0";
    const drawn = draw({ ...failed, failure: { ...theFailure, message: `${url} ${"x".repeat(900)}`, cause: `See ${url}` } });
    expect(monospaceOf(drawn)[0]?.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(drawn)).not.toContain("c2VjcmV0");
  });

  it("sends whoever reads a failure without a cause to Logview", () => {
    expect(wordsOf(draw({ word: "FAILED" }))).toContain("Open Logview to see where it failed.");
  });

  it("that somebody takes care of says who, and asks nobody else to", () => {
    const acked = { ...failed, acked: { by: "U0BOB0001", at: announcedAt } };
    expect(wordsOf(draw(acked))).toContain("Acked by <@U0BOB0001>");
    expect(labels(acked)).toEqual(["Logview", "Mute 2 h", "Why?"]);
  });
});
