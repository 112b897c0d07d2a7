import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBoundedJson } from "../../src/maxcompute/bounded-json.ts";
import { MalformedBody, OversizedBody } from "../../src/maxcompute/malformed-body.ts";

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** The same, with digits that were kept turned into the numbers they would have been. */
const asNumbers = (value: unknown) =>
  JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === "string" && /^-?\d{16,}$/.test(inner) ? Number(inner) : inner,
  );

describe("parseBoundedJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(asNumbers(parseBoundedJson(text))).toEqual(asNumbers(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps every digit of an integer that a number cannot hold, and leaves other numbers alone", () => {
    const text =
      '{"id":9007199254740993,"low":-12345678901234567890,"last":9007199254740991,"part":0.12345678901234566,"big":1e300}';
    expect(parseBoundedJson(text)).toEqual({
      id: "9007199254740993",
      low: "-12345678901234567890",
      last: 9007199254740991,
      part: 0.12345678901234566,
      big: 1e300,
    });
  });

  it("keeps every digit wherever the integer stands", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }), fc.nat({ max: 40 }), (count, depth) => {
        const text = `${'{"a":['.repeat(depth / 2)}${count}${"]}".repeat(depth / 2)}`;
        expect(JSON.stringify(parseBoundedJson(text))).toContain(`"${count}"`);
      }),
      { numRuns: 100 },
    );
  });

  it("is undefined for what is not JSON, with long numbers and without", () => {
    expect(parseBoundedJson("")).toBeUndefined();
    expect(parseBoundedJson("{")).toBeUndefined();
    expect(parseBoundedJson('{"a":9007199254740993')).toBeUndefined();
    expect(parseBoundedJson('"never closed')).toBeUndefined();
  });

  it("reads 64 levels and refuses 65, long numbers or not", () => {
    expect(parseBoundedJson(nested(64))).toBeInstanceOf(Array);
    expect(() => parseBoundedJson(nested(65))).toThrow(MalformedBody);
    expect(() => parseBoundedJson(`[9007199254740993,${nested(100_000)}]`)).toThrow(MalformedBody);
  });

  it("counts no bracket and no comma that stands in a string", () => {
    const quoted = `\\"${"[,".repeat(3_000_000)}\\\\`;
    expect(parseBoundedJson(`{"a":"${quoted}","b":[1]}`)).toMatchObject({ b: [1] });
    expect(() => parseBoundedJson(`{"a":"\\\\",${'"b":['.repeat(70)}`)).toThrow(MalformedBody);
  });

  it("refuses more than two million values as too large", () => {
    expect(() => parseBoundedJson(`[${"1,".repeat(2_000_000)}1]`)).toThrow(OversizedBody);
    expect(() => parseBoundedJson(`[${"[],".repeat(1_000_001)}[]]`)).toThrow(OversizedBody);
  });

  it("makes keys of __proto__ and constructor, and touches no prototype", () => {
    const value = parseBoundedJson('{"__proto__":{"polluted":9007199254740993},"constructor":{"prototype":{"polluted":1}}}');
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
