import { describe, expect, it } from "vitest";
import { deviations } from "./deviations.ts";
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

  it("has every case of a recording that is of nothing built", () => {
    const named = deviations.filter(({ file }) => file === "tunnel_arrow_framing.json").map((deviation) => deviation.case);
    expect(named).toEqual(recordedCases("tunnel_arrow_framing.json").map(({ name }) => name));
  });
});
