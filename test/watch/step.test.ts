import { describe, expect, it } from "vitest";
import type { Announcement } from "../../src/watch/index.ts";
import type { Observation, Usual } from "../../src/watch/observation.ts";
import { step } from "../../src/watch/step.ts";
import { newWatch, type Options, type Watch } from "../../src/watch/watch.ts";
import { min, observationAt, oneStage, type Run, t0 } from "../support/watch/runs.ts";

const aWatch = (options: Options = {}, over: Partial<Watch> = {}): Watch => ({
  ...newWatch(
    { team: "T1", connection: "main", project: "prod", instanceId: "i1", channel: "C1", startedBy: "ann", options },
    t0,
  ),
  ...over,
});
const told = (watch: Watch): Watch => ({
  ...watch,
  thread: { ...watch.thread, ts: "1" },
  outbox: [],
  told: [...watch.told, ...watch.outbox.map(({ announcement }) => announcement.key)],
});

/** Looks at a run at these minutes; everything is told in between. What the last look has to say, without the card. */
function lookAt(run: Run, minutes: readonly number[], options: Options = {}, usual?: Usual) {
  let watch = aWatch(options);
  let said: readonly Announcement[] = [];
  for (const minute of minutes) {
    const at = t0 + min(minute);
    const observation = observationAt(run, at);
    const seen: Observation = observation.kind === "seen" ? { ...observation, usual } : observation;
    const result = step(told(watch), seen, at, at + min(1));
    watch = result.watch;
    said = result.announcements;
  }
  return {
    watch,
    said: said.filter(({ kind }) => kind !== "card"),
    keys: said.map(({ key }) => key).filter((key) => key !== "card"),
  };
}

const run: Run = {
  id: "i1",
  stages: [
    { name: "M1", workers: 100, minutes: 30 },
    { name: "R2", workers: 100, minutes: 60 },
  ],
};

describe("step says", () => {
  it.each<[string, Run, number[], Options, string[]]>([
    ["nothing while it waits for less than five minutes", { ...run, queuedMin: 20 }, [0, 4.9], {}, []],
    ["that it waits after five minutes", { ...run, queuedMin: 20 }, [0, 5], {}, ["queued"]],
    ["that it waits after as long as was wished", { ...run, queuedMin: 20 }, [0, 2], { queueMs: min(2) }, ["queued"]],
    ["that it waits only once", { ...run, queuedMin: 20 }, [0, 5, 9], {}, []],
    ["that it has begun after its wait was told", { ...run, queuedMin: 6 }, [0, 5, 7], {}, ["started"]],
    ["nothing of its beginning when nobody heard of its wait", { ...run, queuedMin: 3 }, [0, 4], {}, []],
    ["no quarter of an instance below 20 minutes", { id: "i1", stages: oneStage(10) }, [1, 6], {}, []],
    ["the quarter it passed, of one that runs for longer", { id: "i1", stages: oneStage(80) }, [1, 21], {}, ["milestone:25"]],
    ["the highest quarter alone when it passed two", { id: "i1", stages: oneStage(80) }, [1, 45], {}, ["milestone:50"]],
    ["no quarter twice", { id: "i1", stages: oneStage(80) }, [1, 21, 22], {}, []],
    ["which stage ended and which began", run, [1, 31], {}, ["stage:M1:done", "milestone:50"]],
    ["nothing of the last stage: its end is the instance's", { id: "i1", stages: oneStage(30) }, [3, 29.9], {}, ["milestone:75"]],
    ["before its deadline that it will miss it", run, [1, 46], { by: t0 + min(70) }, ["stage:M1:done", "milestone:50", "late"]],
    ["nothing of a deadline it will meet", run, [1, 59], { by: t0 + min(200) }, ["stage:M1:done", "milestone:50"]],
    ["when its deadline has passed", run, [1, 31, 70], { by: t0 + min(70) }, ["milestone:75", "deadline"]],
    [
      "nothing of a deadline that passed after it had ended",
      { id: "i1", stages: oneStage(9) },
      [1, 11],
      { by: t0 + min(10) },
      ["finished"],
    ],
    [
      "that it missed its deadline though nobody looked in between",
      { id: "i1", stages: oneStage(9) },
      [1, 11],
      { by: t0 + min(8) },
      ["deadline", "finished"],
    ],
    [
      "that nothing moves",
      { id: "i1", stages: oneStage(60), stuckAtMin: 2 },
      [1, 2, 13],
      { stuckMs: min(10) },
      [`stuck:${t0 + min(2)}`],
    ],
    [
      "nothing of a standstill that is not long",
      { id: "i1", stages: oneStage(60), stuckAtMin: 2 },
      [1, 2, 11],
      { stuckMs: min(10) },
      [],
    ],
    ["its end, and nothing else that came with it", { ...run, ends: "FAILED" }, [1, 91], {}, ["finished"]],
    [
      "its end to its starter, too, where that was wished",
      { ...run, ends: "FAILED" },
      [1, 91],
      { dm: true },
      ["finished", "finished:dm"],
    ],
    ["no success to its starter who gets its rows", run, [1, 91], { dm: true, rows: true }, ["finished"]],
    [
      "a failure to its starter who would have had its rows",
      { ...run, ends: "FAILED" },
      [1, 91],
      { dm: true, rows: true },
      ["finished", "finished:dm"],
    ],
  ])("%s", (_, each, minutes, options, keys) => {
    expect(lookAt(each, minutes, options).keys).toEqual(keys);
  });

  it("that it is slower than usual once it runs longer than nine of ten", () => {
    const usual = { p90Ms: min(5) };
    expect(lookAt(run, [1, 4.9], { slow: "p90" }, usual).keys).toEqual([]);
    expect(lookAt(run, [1, 5.1], { slow: "p90" }, usual).keys).toEqual(["slow"]);
    expect(lookAt(run, [1, 5.1], {}, usual).keys).toEqual([]);
  });

  it.each<[string, Partial<Run>, Options, boolean | undefined]>([
    ["a failure", { ends: "FAILED" }, {}, true],
    ["no failure of a quiet watch", { ends: "FAILED" }, { quiet: true }, undefined],
    ["no success", { ends: "SUCCESS" }, {}, undefined],
    ["no stop", { ends: "CANCELLED" }, {}, undefined],
  ])("to the whole channel %s", (_, over, options, broadcast) => {
    expect(lookAt({ ...run, ...over }, [1, 91], options).said).toEqual([expect.objectContaining({ kind: "finished" })]);
    expect(lookAt({ ...run, ...over }, [1, 91], options).said[0]?.broadcast).toBe(broadcast);
  });

  it("a failure after its deadline to the channel once", () => {
    const { said } = lookAt({ ...run, ends: "FAILED" }, [1, 91], { by: t0 + min(60) });
    expect(said.map(({ key, broadcast }) => [key, broadcast])).toEqual([
      ["deadline", false],
      ["finished", true],
    ]);
  });

  it("whom a failure concerns, why, and for the how manyth time", () => {
    const streak = { failuresInRow: 3, sameError: 2, lastOkAt: t0 };
    const { said } = lookAt({ ...run, ends: "FAILED" }, [1, 91], {}, { streak });
    expect(said[0]).toMatchObject({ outcome: "failed", mention: "ann", streak, failure: { code: "ODPS-0130131" } });
  });

  it("at most twelve things of progress, then that the rest is in the card, and the end all the same", () => {
    const many: Run = {
      id: "i1",
      stages: Array.from({ length: 40 }, (_, index) => ({ name: `M${index}`, workers: 10, minutes: 2 })),
      ends: "FAILED",
    };
    const keys: string[] = [];
    let watch = aWatch();
    for (let minute = 0; minute <= 81; minute += 1) {
      const at = t0 + min(minute);
      const result = step(told(watch), observationAt(many, at), at, at + min(1));
      watch = result.watch;
      keys.push(...result.announcements.map(({ key }) => key).filter((key) => key !== "card"));
    }
    expect(keys.indexOf("capped")).toBe(12);
    expect(keys.slice(13)).toEqual(["finished"]);
  });

  it("that a task runs again", () => {
    const first = observationAt(run, t0 + min(1));
    const again = observationAt(run, t0 + min(2));
    if (first.kind !== "seen" || again.kind !== "seen") throw new Error("not seen");
    const watch = told(step(aWatch(), first, first.at, first.at).watch);
    const tasks = again.tasks.map((task) => ({ ...task, histories: [{ ...task, status: "FAILED" }] }));
    const { announcements } = step(watch, { ...again, tasks }, again.at, again.at);
    expect(announcements).toContainEqual(expect.objectContaining({ kind: "retried", attempt: 2 }));
  });
});

describe("step edits the card", () => {
  const at = (seconds: number) => t0 + seconds * 1_000;
  const open = (seconds: number) =>
    told(step(aWatch(), observationAt(run, at(seconds)), at(seconds), at(seconds) + min(1)).watch);

  it("when a word of it changes, and leaves the watch untouched when none does", () => {
    const watch = open(60);
    expect(step(watch, observationAt(run, at(61)), at(80), at(80) + min(1))).toEqual({ watch, announcements: [] });
    expect(step(watch, observationAt(run, at(61)), at(80), at(80) + min(1)).watch).toBe(watch);
    const { announcements } = step(watch, observationAt(run, at(120)), at(120), at(120) + min(1));
    expect(announcements).toEqual([
      expect.objectContaining({ kind: "card", face: expect.objectContaining({ word: "RUNNING", percent: 3 }) }),
    ]);
  });

  it("never, and writes nothing, while nothing moves", () => {
    const still: Run = { id: "i1", stages: oneStage(60), stuckAtMin: 2 };
    const look = (watch: Watch, minute: number) =>
      step(watch, observationAt(still, t0 + min(minute)), t0 + min(minute), t0 + min(minute + 1)).watch;
    const watch = told(look(told(look(aWatch(), 1)), 2));
    expect(look(watch, 20)).toBe(watch);
  });

  it("not twice within 15 seconds, but for its end", () => {
    const watch = open(60);
    expect(step(watch, observationAt(run, at(200)), at(74), at(134)).announcements).toEqual([]);
    expect(step(watch, observationAt(run, at(6_000)), at(74), at(134)).announcements[0]).toMatchObject({
      kind: "card",
      final: true,
    });
  });

  it("with one edit at most pending: the newest", () => {
    const first = step(open(60), observationAt(run, at(120)), at(120), at(180)).watch;
    const second = step(first, observationAt(run, at(240)), at(240), at(300)).watch;
    expect(second.outbox.map(({ announcement }) => announcement)).toEqual([
      expect.objectContaining({ kind: "card", face: expect.objectContaining({ percent: 6 }) }),
    ]);
  });

  it("before it is posted by changing what it will say", () => {
    const { watch } = step(aWatch(), observationAt(run, at(120)), at(120), at(180));
    expect(watch.outbox.map(({ announcement }) => announcement)).toEqual([
      expect.objectContaining({ kind: "opened", face: expect.objectContaining({ word: "RUNNING" }) }),
    ]);
  });
});

describe("an instance that does not show itself", () => {
  const opened = () => told(step(aWatch(), observationAt(run, t0), t0, t0).watch);
  const miss = (watch: Watch, minute: number) =>
    step(told(watch), { kind: "missing", at: t0 + min(minute) }, t0 + min(minute), 0);

  it("is missed only after three sightings over two minutes", () => {
    const second = miss(miss(opened(), 1).watch, 2.9);
    expect(second.watch.state).toBe("active");
    expect(miss(second.watch, 2.95).watch.state).toBe("active");
    const third = miss(second.watch, 3);
    expect(third.watch.state).toBe("done");
    expect(third.announcements.map(({ key }) => key)).toEqual(["card", "missing"]);
  });

  it("is not missed for two sightings, however far apart they are", () => {
    const second = miss(miss(opened(), 1).watch, 30);
    expect(second.watch.state).toBe("active");
    expect(miss(second.watch, 30.5).watch.state).toBe("done");
  });

  it("is forgiven when it comes back in between", () => {
    const twice = miss(miss(opened(), 1).watch, 2).watch;
    const back = step(told(twice), observationAt(run, t0 + min(3)), t0 + min(3), 0).watch;
    expect(back.trouble).toBeUndefined();
    expect(miss(back, 4).watch.state).toBe("active");
  });

  it("is told to the owner once when it is forbidden, and when it is not any more", () => {
    const forbidden = { kind: "forbidden", at: t0 + min(1), reason: "NoPermission" } as const;
    const first = step(opened(), forbidden, t0 + min(1), 0);
    expect(first.announcements).toEqual([
      expect.objectContaining({ kind: "card" }),
      expect.objectContaining({ kind: "forbidden", to: "owner" }),
    ]);
    expect(step(told(first.watch), forbidden, t0 + min(2), 0).announcements).toEqual([]);
    const back = step(told(first.watch), observationAt(run, t0 + min(3)), t0 + min(3), 0);
    expect(back.announcements.map(({ kind }) => kind)).toEqual(["card", "permitted"]);
  });

  it("never ends a watch by silence; after 15 minutes the card says since when it is old", () => {
    const silent = (minute: number) => ({ kind: "unreachable", at: t0 + min(minute), reason: "timeout", since: t0 }) as const;
    const watch = opened();
    expect(step(watch, silent(14.9), t0 + min(14.9), 0).watch).toBe(watch);
    const { watch: old, announcements } = step(watch, silent(15), t0 + min(15), 0);
    expect(announcements).toEqual([
      expect.objectContaining({ kind: "card", face: expect.objectContaining({ silentSince: t0 }) }),
    ]);
    expect(old.state).toBe("active");
    expect(step(told(old), silent(600), t0 + min(600), 0).announcements).toEqual([]);
  });
});

describe("the card of a failure", () => {
  const failing: Run = { id: "i1", stages: oneStage(5), ends: "FAILED" };

  it("keeps how it failed and how often in a row, so that it can be drawn again", () => {
    const streak = { failuresInRow: 3, sameError: 3 };
    const { face } = lookAt(failing, [1, 6], {}, { streak }).watch;
    expect(face).toMatchObject({ word: "FAILED", failure: { code: "ODPS-0130131" }, streak });
  });

  it("keeps no more of a long message than it shows", () => {
    const observation = observationAt(failing, t0 + min(6));
    if (observation.kind !== "seen") throw new Error("not seen");
    const failure = { taskName: "t", message: "x".repeat(50_000) };
    const { watch } = step(told(aWatch()), { ...observation, failure }, t0 + min(6), t0 + min(7));
    expect(watch.face?.failure?.message.length).toBeLessThan(1_000);
  });

  it("is the only one that has a streak", () => {
    const { face } = lookAt({ ...failing, ends: "SUCCESS" }, [1, 6], {}, { streak: { failuresInRow: 0, sameError: 0 } }).watch;
    expect(face).toEqual({ word: "SUCCESS" });
  });
});
