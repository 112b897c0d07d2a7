// What a stop makes of a watch: a word of its own, then its end or the truth.
import { describe, expect, it } from "vitest";
import { nextRuleAt } from "../../src/watch/cadence.ts";
import { Watch } from "../../src/watch/index.ts";
import { isSilenced } from "../../src/watch/silence.ts";
import { step } from "../../src/watch/step.ts";
import { type Stop, stopTakesMs } from "../../src/watch/stop.ts";
import { newWatch } from "../../src/watch/watch.ts";
import { min, observationAt, oneStage, type Run, t0 } from "../support/watch/runs.ts";

const stop: Stop = { by: "bob", at: t0, reason: "wrong partition", approvedBy: "carl" };
const wanted = { team: "T1", connection: "main", project: "prod", instanceId: "i1", channel: "C1", startedBy: "ann" };
const aWatch = (over: Partial<Watch> = {}): Watch => {
  const watch = newWatch({ ...wanted, stop }, t0);
  return { ...watch, thread: { channel: "C1", ts: "1" }, outbox: [], told: ["card:opened"], ...over };
};
const long: Run = { id: "i1", stages: oneStage(100) };
const look = (run: Run, atMs: number, watch = aWatch()) =>
  step(watch, observationAt(run, t0 + atMs), t0 + atMs, t0 + atMs + 10_000);
const keys = (stepped: ReturnType<typeof look>) => stepped.announcements.map(({ key }) => key);

describe("an instance that was stopped", () => {
  it.each<[string, Run, number, object]>([
    ["has the word STOPPING, by whom and why", long, 1, { word: "STOPPING", stop }],
    ["has it until a moment before a minute", long, stopTakesMs - 1, { word: "STOPPING", stop }],
    ["runs again after a minute, for all the stop", long, stopTakesMs, { word: "RUNNING", stop, isUnstopped: true }],
    ["has it while it waits, too", { ...long, queuedMin: 9 }, 1, { word: "STOPPING", stop }],
    ["is CANCELLED when MaxCompute says so", { ...long, stoppedAtMin: 1 }, min(2), { word: "CANCELLED", stop }],
  ])("%s", (_, run, at, face) => {
    expect(look(run, at).watch.face).toMatchObject(face);
  });

  it.each<[string, Run, string]>([
    ["succeeds", { id: "i1", stages: oneStage(1) }, "SUCCESS"],
    ["fails", { id: "i1", stages: oneStage(1), ends: "FAILED" }, "FAILED"],
  ])("and %s all the same has its usual end, without a word of the stop", (_, run, word) => {
    const ended = look(run, min(2));
    expect(ended.watch.face).toMatchObject({ word });
    expect(ended.watch.face).not.toHaveProperty("stop");
    expect(keys(ended)).toEqual(["card", "finished"]);
  });

  it("is not called RUNNING again by an end that is told late", () => {
    expect(keys(look({ ...long, stoppedAtMin: 1 }, min(9)))).toEqual(["card", "finished"]);
  });

  it("and runs on calls whoever stopped it, once", () => {
    const first = look(long, stopTakesMs);
    expect(first.announcements.at(-1)).toEqual({
      kind: "unstopped",
      key: `unstopped:${t0}`,
      at: t0 + stopTakesMs,
      to: "thread",
      askedAt: t0,
      mention: "bob",
    });
    const told = { ...first.watch, outbox: [], told: [...first.watch.told, `unstopped:${t0}`] };
    expect(keys(look(long, stopTakesMs + min(1), told))).toEqual(["card"]);
    const again = { ...told, stop: { by: "ann", at: t0 + min(2) } };
    expect(look(long, min(2) + 1, again).watch.face).toMatchObject({ word: "STOPPING", stop: { by: "ann" } });
    expect(keys(look(long, min(3), again))).toContain(`unstopped:${t0 + min(2)}`);
  });

  it("is shown without waiting for the next edit", () => {
    const { stop: _, ...unstopped } = aWatch();
    const before = look(long, 1, unstopped).watch;
    const shown = look(long, 2, { ...before, outbox: [], stop });
    expect(shown.watch.face).toMatchObject({ word: "STOPPING" });
    expect(keys(shown)).toEqual(["card"]);
  });

  it("is due at once while its card does not say so, then a minute after the stop, then no more", () => {
    const shown = look(long, 1).watch;
    expect(nextRuleAt(aWatch(), t0)).toBe(t0);
    expect(nextRuleAt(shown, t0 + min(5))).toBe(t0 + stopTakesMs);
    const told = look(long, stopTakesMs, shown).watch;
    expect(nextRuleAt(told, t0 + stopTakesMs)).toBeGreaterThan(t0 + min(5));
  });

  it("is heard of though it is snoozed, and not where it is muted", () => {
    const announcement = look(long, stopTakesMs).announcements.find(({ kind }) => kind === "unstopped");
    if (announcement === undefined) throw new Error("nothing was said");
    const about = { instanceId: "i1", snoozedUntil: t0 + min(60) };
    expect(isSilenced(announcement, about, [], t0 + min(1))).toBe(false);
    const mute = { id: "m1", instanceId: "i1", until: t0 + min(60), by: "ann" };
    expect(isSilenced(announcement, about, [mute], t0 + min(1))).toBe(true);
  });
});

describe("a stored watch", () => {
  it("of an earlier release, which knew no stops, is read", () => {
    const { stop: _, ...earlier } = aWatch();
    expect(Watch.parse(JSON.parse(JSON.stringify(earlier)))).toEqual(earlier);
  });
});
