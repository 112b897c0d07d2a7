import { describe, expect, it } from "vitest";
import { deviations, notBuilt } from "./deviations.ts";
import { recordedCases } from "./vectors.ts";

describe("the list of deviations", () => {
  it.each(deviations)("names a case that was recorded: $file $case", (deviation) => {
    expect(recordedCases(deviation.file).map(({ name }) => name)).toContain(deviation.case);
    expect(deviation.ours).not.toBe("");
    expect(deviation.why).not.toBe("");
  });

  it("names no case twice", () => {
    const names = deviations.map((deviation) => `${deviation.file} ${deviation.case}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(notBuilt)("says why a recording is not matched at all: $file", ({ file, why }) => {
    expect(recordedCases(file)).not.toEqual([]);
    expect(why).not.toBe("");
  });
});
