import { expect, it } from "vitest";
import {
  dateDays,
  datetimeMs,
  dayTimeInterval,
  timestamp,
  yearMonthInterval,
} from "../../../../src/simulator/maxcompute/tunnel/times.ts";

it("dates and datetimes count from 1970, in UTC", () => {
  expect(["1970-01-02", "1969-12-31", "2024-02-29"].map(dateDays)).toEqual([1, -1, 19_782]);
  expect(datetimeMs("1970-01-01 00:00:01.5")).toBe(1_500);
  expect(datetimeMs("1969-12-31 23:59:59.999")).toBe(-1);
});

it.each([
  ["1970-01-01 00:00:01.000000002", 1, 2],
  ["1969-12-31 23:59:59.5", -1, 500_000_000],
  ["2026-11-20 08:15:00", Date.UTC(2026, 10, 20, 8, 15) / 1_000, 0],
])("the timestamp %s is %d s and %d ns, which are never negative", (text, seconds, nanos) => {
  expect(timestamp(text)).toEqual({ seconds, nanos });
});

it.each([
  ["0 00:00:00", 0, 0],
  ["1 02:03:04.000000005", 93_784, 5],
  ["-1 00:00:00", -86_400, 0],
  ["-0 00:00:01.5", -2, 500_000_000],
])("the interval %s is %d s and %d ns", (text, seconds, nanos) => {
  expect(dayTimeInterval(text)).toEqual({ seconds, nanos });
});

it.each([
  ["2-6", 30],
  ["-0-1", -1],
])("the interval %s is %d months", (text, months) => {
  expect(yearMonthInterval(text)).toBe(months);
});

it("a slip in a scenario is named", () => {
  expect(() => datetimeMs("yesterday")).toThrow('"yesterday" is not a time');
  expect(() => dayTimeInterval("1 day")).toThrow('"1 day" is not an interval');
  expect(() => yearMonthInterval("12")).toThrow('"12" is not an interval');
});
