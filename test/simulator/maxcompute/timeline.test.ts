import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../../src/simulator/maxcompute/plan.ts";
import { scenarios } from "../../../src/simulator/maxcompute/scenarios/index.ts";
import { nextStatusChangeAt, stateAt } from "../../../src/simulator/maxcompute/timeline.ts";

const start = 1_000_000;
const result = { format: "csv", text: "ok", base64: true } as const;

const aPlan = (overrides: Partial<Plan> = {}): Plan => ({
  queuedMs: 10_000,
  tasks: [
    {
      name: "T",
      type: "SQL",
      startsAtMs: 0,
      durationMs: 100_000,
      endsAs: "Success",
      result,
      stages: [
        { name: "M1", workers: 10, fromMs: 0, toMs: 50_000, inputRecords: 1_000, outputRecords: 100, backups: 2 },
        { name: "R2_1", workers: 4, fromMs: 50_000, toMs: 100_000, inputRecords: 100, outputRecords: 1 },
      ],
    },
  ],
  ...overrides,
});

const summaryAt = (plan: Plan, seconds: number, stopAfter?: number): string => {
  const stopAt = stopAfter === undefined ? undefined : start + stopAfter * 1_000;
  const { status, tasks } = stateAt(plan, { startedAt: start, stopAt }, start + seconds * 1_000);
  const stages = tasks.flatMap((task) =>
    task.stages.map((stage) => `${stage.runningWorkers}/${stage.terminatedWorkers}[${stage.finishedPercentage}]`),
  );
  return [status, ...tasks.map((task) => task.status), ...stages].join(" ");
};

describe("stateAt", () => {
  it.each([
    [0, "Running Waiting"],
    [9.999, "Running Waiting"],
    [10, "Running Running 4/0[0] 0/0[0]"],
    [35, "Running Running 4/5[50] 0/0[0]"],
    [59, "Running Running 1/9[98] 0/0[0]"],
    [60, "Running Running 0/10[100] 2/0[0]"],
    [109.999, "Running Running 0/10[100] 1/3[99]"],
    [110, "Terminated Success 0/10[100] 0/4[100]"],
    [9_999, "Terminated Success 0/10[100] 0/4[100]"],
  ])("after %d seconds an instance that queues for 10 and runs for 100 is %s", (seconds, expected) => {
    expect(summaryAt(aPlan(), seconds)).toBe(expected);
  });

  it.each([
    [5, 5, "Terminated Cancelled"],
    [34.9, 35, "Running Running 4/4[49] 0/0[0]"],
    [35, 35, "Terminated Cancelled 0/5[50] 0/0[0]"],
    [500, 35, "Terminated Cancelled 0/5[50] 0/0[0]"],
    [500, 300, "Terminated Success 0/10[100] 0/4[100]"],
  ])("after %d seconds an instance stopped at %d is %s", (seconds, stopAfter, expected) => {
    expect(summaryAt(aPlan(), seconds, stopAfter)).toBe(expected);
  });

  it("stands still while it is suspended, and can be stopped", () => {
    const plan = aPlan({ suspendAfterMs: 35_000 });
    expect(summaryAt(plan, 34)).toBe("Running Running 4/4[48] 0/0[0]");
    expect(summaryAt(plan, 5_000)).toBe("Suspended Suspended 0/5[50] 0/0[0]".replace("0/5", "4/5"));
    expect(summaryAt(plan, 5_000, 4_000)).toBe("Terminated Cancelled 0/5[50] 0/0[0]");
  });

  it("shows backups only while the last workers run, and a result only at a task's own end", () => {
    const at = (seconds: number, stopAt?: number) =>
      stateAt(aPlan(), { startedAt: start, stopAt }, start + seconds * 1_000).tasks[0];
    expect([40, 46, 61].map((seconds) => at(seconds)?.stages[0]?.backupWorkers)).toEqual([0, 2, 0]);
    expect(at(109)?.result).toBeUndefined();
    expect(at(110)?.result).toEqual(result);
    expect(at(200, start + 50_000)?.result).toBeUndefined();
  });

  it("gives the end of the instance and of its tasks as the moment they ended", () => {
    const state = stateAt(aPlan(), { startedAt: start }, start + 999_000);
    expect([state.startTime, state.endTime, state.tasks[0]?.startTime, state.tasks[0]?.endTime]).toEqual([
      start,
      start + 110_000,
      start + 10_000,
      start + 110_000,
    ]);
  });

  it("never moves backwards, in any scenario, and counts no worker twice", () => {
    const moments = fc.tuple(fc.constantFrom(...scenarios.values()), fc.nat(3_000_000), fc.nat(3_000_000));
    fc.assert(
      fc.property(moments, ([scenario, a, b]) => {
        const plan = scenario.plan(scenario.sql);
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((ms) =>
          stateAt(plan, { startedAt: start }, start + ms).tasks.flatMap(({ stages }) => stages),
        );
        for (const [index, stage] of (early ?? []).entries()) {
          expect(late?.[index]?.finishedPercentage).toBeGreaterThanOrEqual(stage.finishedPercentage);
          expect(late?.[index]?.outputRecords).toBeGreaterThanOrEqual(stage.outputRecords);
          expect(stage.runningWorkers + stage.terminatedWorkers).toBeLessThanOrEqual(stage.totalWorkers);
        }
      }),
    );
  });

  it.each([...scenarios])("a task of %s that succeeds has finished all its stages", (_name, scenario) => {
    const plan = scenario.plan(scenario.sql);
    const { tasks } = stateAt(plan, { startedAt: 0 }, Number.MAX_SAFE_INTEGER);
    const open = tasks
      .filter(({ status }) => status === "Success")
      .flatMap(({ stages }) => stages.filter((stage) => stage.finishedPercentage < 100));
    expect(open).toEqual([]);
  });
});

describe("nextStatusChangeAt", () => {
  it.each([
    [aPlan(), {}, 0, 110_000],
    [aPlan(), {}, 110_000, Number.POSITIVE_INFINITY],
    [aPlan(), { stopAt: start + 20_000 }, 0, 20_000],
    [aPlan({ suspendAfterMs: 7_000 }), {}, 0, 7_000],
    [aPlan({ suspendAfterMs: 7_000 }), {}, 8_000, Number.POSITIVE_INFINITY],
  ])("case %#: is when the instance itself changes, not its tasks", (plan, life, after, expected) => {
    expect(nextStatusChangeAt(plan, { startedAt: start, ...life }, start + after) - start).toBe(expected);
  });
});
