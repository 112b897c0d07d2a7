import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatValue, type ResultValue } from "../../../src/maxcompute/index.ts";
import { ByteWriter } from "../../../src/maxcompute/tunnel/byte-writer.ts";
import { civilDate } from "../../../src/maxcompute/tunnel/civil-date.ts";

const cases: readonly (readonly [string, ResultValue, string | undefined, string | null])[] = [
  ["NULL", null, "string", null],
  ["an empty text", "", "string", ""],
  ["a 64-bit integer", -9_223_372_036_854_775_808n, "bigint", "-9223372036854775808"],
  ["a double", 0.1, "double", "0.1"],
  ["minus zero", -0, "double", "-0"],
  ["no number", Number.NaN, "double", "NaN"],
  ["a float in its own digits", Math.fround(0.1), "float", "0.1"],
  ["a float that needs nine digits", Math.fround(16_777_217.3), "float", "16777218"],
  ["the largest float", 3.4028234663852886e38, "float", "3.4028235e+38"],
  ["a decimal as it came", "12.3400", "decimal(10,4)", "12.3400"],
  ["a boolean", true, "boolean", "true"],
  ["bytes", Uint8Array.of(0, 255), "binary", "0x00ff"],
  ["a date", { kind: "date", days: 20_779 }, "date", "2026-11-22"],
  ["a date before the year 0", { kind: "date", days: -800_000 }, "date", "-0221-09-04"],
  ["a datetime", { kind: "datetime", epochMs: 1_795_342_830_000 }, "datetime", "2026-11-22 10:20:30"],
  ["a datetime with milliseconds", { kind: "datetime", epochMs: 1_795_342_830_050 }, "datetime", "2026-11-22 10:20:30.050"],
  ["a timestamp", { kind: "timestamp", seconds: 1_795_342_830, nanos: 120_000_000 }, "timestamp", "2026-11-22 10:20:30.120"],
  ["a nanosecond", { kind: "timestamp_ntz", seconds: 0, nanos: 1 }, "timestamp_ntz", "1970-01-01 00:00:00.000000001"],
  ["a duration", { kind: "interval_day_time", seconds: 93_784, nanos: 0 }, undefined, "1 02:03:04"],
  ["a duration backwards", { kind: "interval_day_time", seconds: -1, nanos: -500_000_000 }, undefined, "-0 00:00:01.500"],
  [
    "a duration whose fraction counts forward",
    { kind: "interval_day_time", seconds: -2, nanos: 500_000_000 },
    undefined,
    "-0 00:00:01.500",
  ],
  [
    "less than a second backwards",
    { kind: "interval_day_time", seconds: -1, nanos: 999_999_999 },
    undefined,
    "-0 00:00:00.000000001",
  ],
  [
    "a fraction that counts back",
    { kind: "interval_day_time", seconds: 86_401, nanos: -500_000_000 },
    undefined,
    "1 00:00:00.500",
  ],
  ["half a second before 1970", { kind: "timestamp", seconds: -1, nanos: 500_000_000 }, "timestamp", "1969-12-31 23:59:59.500"],
  ["a millisecond before 1970", { kind: "datetime", epochMs: -1 }, "datetime", "1969-12-31 23:59:59.999"],
  ["years and months", { kind: "interval_year_month", months: -14 }, undefined, "-1-2"],
  ["a list", [1n, null, 'x"'], "array<string>", '[1,null,"x\\""]'],
  ["a list of decimals", ["1.50", "abc"], "array<decimal(4,2)>", '[1.50,"abc"]'],
  ["a list of floats", [Math.fround(0.1), Number.POSITIVE_INFINITY], "array<float>", '[0.1,"Infinity"]'],
  [
    "a map",
    {
      kind: "map",
      entries: [
        [9_007_199_254_740_993n, Uint8Array.of(1)],
        [null, null],
      ],
    },
    undefined,
    '{"9007199254740993":"0x01","null":null}',
  ],
  [
    "a struct",
    {
      kind: "struct",
      fields: [
        ["a", { kind: "date", days: 0 }],
        ["b", -0],
      ],
    },
    undefined,
    '{"a":"1970-01-01","b":-0}',
  ],
  ["a type that is none", 1.5, "map<", "1.5"],
];

describe("a value as text", () => {
  it.each(cases)("shows %s", (_, value, type, expected) => {
    expect(formatValue(value, type)).toBe(expected);
  });

  it("of a float is the same float again, in no more digits than needed", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const shown = formatValue(value, "float") ?? "";
        expect(Math.fround(Number(shown))).toBe(value);
        expect(shown.replace(/e.*|[-.]|Infinity/g, "").replace(/^0+|0+$/g, "").length).toBeLessThanOrEqual(9);
      }),
    );
  });
});

const written = (write: (out: ByteWriter) => void) => {
  const out = new ByteWriter(1);
  write(out);
  return out.bytes.toString("latin1", 0, out.at);
};

describe("a duration", () => {
  const fraction = fc.integer({ min: -999_999_999, max: 999_999_999 });
  const seconds = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -10_000_000, max: 10_000_000 }));

  it("is the sum of its parts, whichever way the fraction counts", () => {
    fc.assert(
      fc.property(seconds, fraction, (whole, nanos) => {
        const shown = formatValue({ kind: "interval_day_time", seconds: whole, nanos }) ?? "";
        const [, sign, days, hours, minutes, rest, digits = ""] =
          /^(-?)(\d+) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?$/.exec(shown) ?? [];
        const size = ((BigInt(days ?? -1) * 24n + BigInt(hours ?? 0)) * 60n + BigInt(minutes ?? 0)) * 60n + BigInt(rest ?? 0);
        const all = size * 1_000_000_000n + BigInt(digits.padEnd(9, "0"));
        expect(sign === "-" ? -all : all).toBe(BigInt(whole) * 1_000_000_000n + BigInt(nanos));
      }),
      { numRuns: 500 },
    );
  });
});

describe("numbers written as bytes", () => {
  it("are those of JavaScript, for doubles", () => {
    const doubles = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 })).map(([digits, places]) => digits / 10 ** places),
      fc.constantFrom(
        1e15,
        999_999_999_999_999,
        1e-6,
        1e-7,
        0.000001,
        123456789.123456,
        5e-324,
        1.7976931348623157e308,
        1e21,
        0.1 + 0.2,
      ),
    );
    fc.assert(
      fc.property(doubles, (value) => {
        expect(written((out) => out.double(value))).toBe(Object.is(value, -0) ? "-0" : String(value));
      }),
      { numRuns: 5000 },
    );
  });

  it("are those of BigInt, for 64-bit integers", () => {
    const edges = [0n, 1n, 9n, 10n, 99n, 10n ** 9n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 10n ** 18n, 2n ** 63n - 1n];
    const integers = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constantFrom(...edges.flatMap((edge) => [edge, -edge, edge - 1n, -edge - 1n])),
    );
    fc.assert(
      fc.property(integers, (value) => {
        const low = Number(BigInt.asIntN(32, value));
        const high = Number(BigInt.asIntN(32, value >> 32n));
        expect(written((out) => out.int64(low, high))).toBe(String(value));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a day of the calendar", () => {
  it("is the one JavaScript's Date has", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        expect(civilDate(days)).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
      }),
      { numRuns: 2000 },
    );
  });
});
