import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putShortest } from "../../../src/maxcompute/tunnel/shortest-double.ts";

const bytes = Buffer.alloc(40);
const target = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Undefined where it is left to String. */
const shortest = (value: number): string | undefined => {
  const end = putShortest(target, 3, value);
  return end === 3 ? undefined : bytes.toString("latin1", 3, end);
};

const ofBits = (bits: bigint): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, bits);
  return view.getFloat64(0);
};

const bitsOf = (value: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigInt64(0);
};

const exponents = fc.integer({ min: -24, max: 54 });
const anyDouble = fc
  .tuple(exponents, fc.bigInt({ min: 0n, max: 2n ** 52n - 1n }))
  .map(([exponent, mantissa]) => ofBits((BigInt(exponent + 1023) << 52n) | mantissa));
const decimal = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 17n }), fc.integer({ min: 1, max: 23 }))
  .map(([digits, places]) => Number(`${digits}e-${places}`));
/** Where powers of ten and of two, and their gaps, meet. */
const nearPower = fc
  .tuple(fc.constantFrom(2, 10), fc.integer({ min: -20, max: 49 }), fc.integer({ min: -30, max: 30 }))
  .map(([base, exponent, steps]) => ofBits(bitsOf(base ** Math.min(exponent, base === 10 ? 15 : 49)) + BigInt(steps)));

describe("the shortest digits of a double", () => {
  it.each([
    ["of every size", anyDouble],
    ["of decimals", decimal],
    ["near powers", nearPower],
    ["from 0 to 1", fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true })],
    ["of quotients", fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 })).map(([a, b]) => a / b)],
  ])("are those of String, %s", (_, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(shortest(value) ?? String(value)).toBe(String(value));
      }),
      { numRuns: 2000 },
    );
  });

  it("are found without String for nearly all fractions", () => {
    const found = Array.from({ length: 10_000 }, (_, index) => shortest((index + 1) / 10_007)).filter(
      (each) => each !== undefined,
    );
    expect(found.length).toBeGreaterThan(9_980);
  });

  it.each([0, 5e-324, 2 ** -30, 2 ** 60, 1e300, Number.POSITIVE_INFINITY, Number.NaN, 1, 0.5])(
    "of %d are left to String",
    (value) => {
      expect(shortest(value)).toBe(undefined);
    },
  );
});
