import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../src/watch/evidence.ts";
import { type History, p90Of, type Run, streakOf, withRun } from "../../src/watch/history.ts";
import { observationAt, t0 } from "../support/watch/runs.ts";

const empty: History = { schema: 1, job: "prod/etl", runs: [] };
const aRun = (endedAt: number, outcome: Run["outcome"], code?: string): Run => ({
  instanceId: `i${endedAt}`,
  outcome,
  endedAt,
  durationMs: endedAt * 1_000,
  ...(code === undefined ? {} : { code }),
});
const historyOf = (...runs: readonly Run[]) => runs.reduce(withRun, empty);

describe("a job's history", () => {
  it.each<[string, Run[], object]>([
    ["a first failure", [], { failuresInRow: 1, sameError: 1 }],
    ["a failure after a success", [aRun(1, "success")], { failuresInRow: 1, sameError: 1, lastOkAt: 1 }],
    [
      "the third with the same error",
      [aRun(1, "success"), aRun(2, "failed", "A"), aRun(3, "failed", "A")],
      { failuresInRow: 3, sameError: 3, lastOkAt: 1 },
    ],
    [
      "one with another error",
      [aRun(1, "success"), aRun(2, "failed", "A"), aRun(3, "failed", "B")],
      { failuresInRow: 3, sameError: 1, lastOkAt: 1 },
    ],
    [
      "one after a stop, which says nothing",
      [aRun(1, "success"), aRun(2, "failed", "A"), aRun(3, "cancelled")],
      { failuresInRow: 2, sameError: 2, lastOkAt: 1 },
    ],
    [
      "one seen again after a later success",
      [aRun(1, "success"), aRun(9, "success")],
      { failuresInRow: 1, sameError: 1, lastOkAt: 1 },
    ],
  ])("counts %s", (_, earlier, streak) => {
    const run = aRun(4, "failed", "A");
    expect(streakOf(historyOf(...earlier), run)).toEqual(streak);
    expect(streakOf(historyOf(...earlier, run), run)).toEqual(streak);
  });

  it("takes a run once, newest first, and no more than sixty", () => {
    expect(historyOf(aRun(1, "success"), aRun(1, "success")).runs).toHaveLength(1);
    const many = historyOf(...Array.from({ length: 100 }, (_, index) => aRun(index, "success")));
    expect(many.runs).toHaveLength(60);
    expect(many.runs[0]?.endedAt).toBe(99);
  });

  it("knows how long nine of ten successes took, once there are five", () => {
    const runs = Array.from({ length: 10 }, (_, index) => aRun(index + 1, "success"));
    expect(p90Of(historyOf(...runs, aRun(99, "failed")))).toBe(9_000);
    expect(p90Of(historyOf(...runs.slice(0, 4)))).toBeUndefined();
  });
});

describe("evidence", () => {
  const seen = observationAt({ id: "i1", ends: "FAILED" }, t0 + 3_600_000);
  if (seen.kind !== "seen") throw new Error("not seen");
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

  it("keeps a usual end whole", () => {
    expect(evidenceOf(seen, t0)).toMatchObject({ isCut: false, instance: seen.instance, failure: seen.failure });
  });

  it.each<[string, Partial<typeof seen>]>([
    ["a long message", { failure: { taskName: "t", message: "é".repeat(500_000) } }],
    [
      "thousands of stages",
      { progress: [{ taskName: "t", stages: Array.from({ length: 9_000 }, (_, index) => ({ name: `M${index}` })) }] },
    ],
    [
      "thousands of sub-instances",
      { subs: Array.from({ length: 9_000 }, (_, index) => ({ id: `i${index}`, name: "x".repeat(40), state: "done" as const })) },
    ],
    [
      "thousands of tasks",
      { tasks: Array.from({ length: 9_000 }, (_, index) => ({ name: `t${index}`, type: "SQL", status: "FAILED" })) },
    ],
  ])("is at most 100 KB with %s, and still has the instance", (_, over) => {
    const kept = evidenceOf({ ...seen, ...over }, t0);
    expect(bytes(kept)).toBeLessThanOrEqual(100 * 1024);
    expect(kept).toMatchObject({ isCut: true, instance: seen.instance });
  });
});
