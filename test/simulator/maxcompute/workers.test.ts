import { describe, expect, it } from "vitest";
import type { StagePlan } from "../../../src/simulator/maxcompute/plan.ts";
import { stageDependencies } from "../../../src/simulator/maxcompute/stage-name.ts";
import { stageAt } from "../../../src/simulator/maxcompute/stage-progress.ts";
import { workersAt } from "../../../src/simulator/maxcompute/workers.ts";

const even: StagePlan = { name: "M1", workers: 10, fromMs: 10_000, toMs: 110_000, inputRecords: 1_000_000, outputRecords: 500 };
const skewed: StagePlan = { ...even, workers: 30, skew: 50 };

const count = (stage: StagePlan, ms: number, status: string): number =>
  workersAt(stage, ms, undefined).filter((worker) => worker.status === status).length;

const moments = [0, 9_999, 10_000, 15_000, 37_000, 60_000, 99_500, 109_999, 110_000, 500_000];

describe("the workers of a stage", () => {
  it.each(moments.flatMap((ms) => [["even", even, ms] as const, ["skewed", skewed, ms] as const]))(
    "of an %s one are as many as its progress says (case %#)",
    (_name, stage, ms) => {
      const { terminatedWorkers, runningWorkers } = stageAt(stage, ms, undefined);
      expect([count(stage, ms, "Terminated"), count(stage, ms, "Running")]).toEqual([terminatedWorkers, runningWorkers]);
    },
  );

  it("have read all of the input when it is over, none of them quite as much as the next", () => {
    const read = workersAt(even, 110_000, "Success").map(({ inputRecords }) => inputRecords);
    expect(Math.abs(read.reduce((sum, records) => sum + records, 0) - 1_000_000)).toBeLessThan(10);
    expect(new Set(read).size).toBe(10);
    expect(Math.max(...read) / Math.min(...read)).toBeLessThan(1.4);
  });

  it("of a skewed stage one reads fifty times what the others do, and is alone for most of the time at 96 percent", () => {
    const workers = workersAt(skewed, 90_000, undefined);
    const open = workers.filter(({ status }) => status === "Running");
    expect(open.map(({ index }) => index)).toEqual([10]);
    const others = workers.filter(({ index }) => index !== 10).map(({ inputRecords }) => inputRecords);
    const atEnd = workersAt(skewed, 110_000, "Success")[10]?.inputRecords ?? 0;
    expect(Math.round(atEnd / ([...others].sort((a, b) => a - b)[14] ?? 1))).toBeGreaterThanOrEqual(45);
    expect(stageAt(skewed, 90_000, undefined).finishedPercentage).toBe(96);
  });

  it("of a failed task blame exactly one, the skewed one where there is one", () => {
    const failed = (stage: StagePlan, ms: number) =>
      workersAt(stage, ms, "Failed")
        .filter(({ status }) => status === "Failed")
        .map(({ index }) => index);
    expect([failed(even, 60_000), failed(skewed, 60_000), failed(skewed, 10_500)]).toEqual([[5], [10], [10]]);
    expect(workersAt(even, 60_000, "Cancelled").filter(({ status }) => status === "Failed")).toEqual([]);
  });
});

it.each([
  ["J3_1_2", ["M1", "M2"], ["R4_3"]],
  ["M1", [], ["J3_1_2"]],
  ["R4_3", ["J3_1_2"], []],
  ["odd", [], []],
])("the name %s tells what comes before and after", (name, up, down) => {
  expect(stageDependencies(name, ["M1", "M2", "J3_1_2", "R4_3"])).toEqual({ up, down });
});
