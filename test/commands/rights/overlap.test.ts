import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesGlob } from "../../../src/commands/glob.ts";
import { overlap } from "../../../src/commands/rights/overlap.ts";

/** Every name of a and b up to this length: globs of four characters that have a name in common have one of these. */
const names = (length: number): readonly string[] =>
  length === 0 ? [""] : ["", ...names(length - 1).flatMap((name) => [`a${name}`, `b${name}`])];

describe("two globs overlap", () => {
  it.each([
    ["prod_dw", "PROD_DW", true],
    ["prod_*", "*_dw", true],
    ["prod_*", "dev_*", false],
    ["prod_?", "prod_*", true],
    ["prod_?", "prod_dw", false],
    ["*", "payroll", true],
    ["p?", "?1", true],
    ["a*b", "a*c", false],
  ])("%s and %s: %s", (one, other, expected) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([expected, expected]);
  });

  it("where some name is in both, and nowhere else", () => {
    const all = names(6);
    const glob = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(glob, glob, (one, other) => {
        expect(overlap(one, other)).toBe(all.some((name) => matchesGlob(name, one) && matchesGlob(name, other)));
      }),
      { numRuns: 300 },
    );
  });
});
