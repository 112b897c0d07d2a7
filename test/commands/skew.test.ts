import { describe, expect, it } from "vitest";
import { skewOf } from "../../src/commands/skew.ts";

const reading = (type: string, ...records: readonly (number | undefined)[]) =>
  records.map((inputRecords) => ({ type, inputRecords }));

describe("the skew of a task's workers", () => {
  it("is one worker that reads many times the median of its stage", () => {
    expect(skewOf(reading("M1", 1_000, 1_000, 1_000, 41_000))).toEqual({ stage: "M1", times: 41, workers: 4 });
  });

  it("is the worst one of several", () => {
    const workers = [...reading("M1", 2_000, 2_000, 2_000, 12_000), ...reading("R2", 1, 1, 1, 99_000)];
    expect(skewOf(workers)).toMatchObject({ stage: "R2", times: 99_000 });
  });

  it.each([
    ["stages differ from each other", [...reading("M1", 10, 10, 10, 10), ...reading("R2", 50_000, 50_000, 50_000, 50_000)]],
    ["there are too few workers", reading("M1", 1, 1, 100_000)],
    ["it is not much", reading("M1", 10_000, 10_000, 10_000, 40_000)],
    ["the rows are few", reading("M1", 1, 1, 1, 9_999)],
    ["nobody says what was read", reading("M1", undefined, undefined, undefined, undefined)],
    ["there is no worker", []],
  ])("is none where %s", (_why, workers) => {
    expect(skewOf(workers)).toBeUndefined();
  });

  it("shows where most workers have read nothing", () => {
    expect(skewOf(reading("M1", 0, 0, 0, 20_000))).toMatchObject({ times: 20_000 });
  });
});
