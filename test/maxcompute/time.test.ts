import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../src/maxcompute/retry-after.ts";
import { parseTime } from "../../src/maxcompute/time.ts";

describe("parseTime", () => {
  const noon = Date.UTC(2026, 10, 22, 12);
  it.each([
    ["Sun, 22 Nov 2026 12:00:00 GMT", noon],
    ["Sun, 22 Nov 2026 20:00:00 +0800", noon],
    ["Sun, 22 Nov 2026 08:30:00 -0330", noon],
    [" 22 nov 2026 12:00:00 UTC\n", noon],
    ["Sun, 2 Feb 2025 00:00:00 GMT", Date.UTC(2025, 1, 2)],
    ["Sun, 2 Feb 2025 1:02:03 GMT", Date.UTC(2025, 1, 2, 1, 2, 3)],
    ["Sun, 22 Nov 2026 12:00:00 -0000", noon],
    ["Sun, 22 Nov 2026 12:00:00 Z", noon],
    ["Sun, 22 Nov 2026 12:00:00", noon],
    ["Sun, 22 Nov 2026 12:00 GMT", noon],
  ])("reads %j", (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });

  it("reads every time as the service writes it, whatever day came before", () => {
    const time = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 0) });
    fc.assert(
      fc.property(fc.array(time, { maxLength: 20 }), (times) => {
        expect(times.map((at) => parseTime(new Date(at).toUTCString()))).toEqual(
          times.map((at) => Math.floor(at / 1_000) * 1_000),
        );
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    undefined,
    "Sun, 22 Nov 2026 1x:00:00 GMT",
    "Sun, 22 Nov 2026 10:0x:00 GMT",
    "Sun, 22 Nov 2026 10:00:0x GMT",
    "Sun, 32 Nov 2026 10:00:00 GMT",
    "Sun, 22 Nov 2026 10-00-00 GMT",
    "",
    " ",
    "yesterday",
    "Mon, 31 Feb 2026 10:00:00 GMT",
    "Sun, 22 Xyz 2026 10:00:00 GMT",
    "Sun, 22 Nov 2026 25:00:00 GMT",
    "Sun, 22 Nov 2026 10:60:00 GMT",
    "Sun, 0 Nov 2026 10:00:00 GMT",
    "2026-11-22T10:00:00Z",
  ])("has no time for %j", (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});

describe("parseRetryAfter", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  it.each([
    ["7", 7000],
    ["0", 0],
    ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    ["-1", undefined],
    [undefined, undefined],
  ])("takes %j as %s ms", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
