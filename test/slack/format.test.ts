import { describe, expect, it } from "vitest";
import {
  bytes,
  clockTime,
  coreTime,
  count,
  duration,
  elapsed,
  memoryTime,
  percent,
  plural,
  progressBar,
} from "../../src/slack/format.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe("duration", () => {
  it.each([
    [999, "0 s"],
    [45 * second, "45 s"],
    [3 * minute + 12 * second, "3 m 12 s"],
    [2 * hour + 14 * minute + 59 * second, "2 h 14 m"],
    [76 * hour, "3 d 4 h"],
    [-5, "0 s"],
    [Number.NaN, "unknown"],
    [Number.POSITIVE_INFINITY, "unknown"],
  ])("writes %d ms as %s", (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe("an amount", () => {
  it.each([
    [bytes(999), "999 B"],
    [bytes(1_536), "1.5 KiB"],
    [bytes(38 * 2 ** 30), "38 GiB"],
    [bytes(2 ** 62), "4\u202F096 PiB"],
    [bytes(Number.NaN), "unknown"],
    [coreTime(1.2), "1.2 core·s"],
    [coreTime(204), "3.4 core·min"],
    [coreTime(41 * 3_600), "41 core·h"],
    [coreTime(-1), "0 core·s"],
    [memoryTime(2_048), "2 GB·s"],
    [memoryTime(1024 * 5_400), "1.5 GB·h"],
  ])("%s is written as %s", (written, words) => {
    expect(written).toBe(words);
  });
});

describe("elapsed", () => {
  it("is the time since the start", () => {
    expect(elapsed(minute, 3 * minute)).toBe("2 m 0 s");
  });

  it("is unknown without a start", () => {
    expect(elapsed(undefined, minute)).toBe("unknown");
  });
});

describe("count", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1_204, "1\u202F204"],
    [1_234_567, "1\u202F234\u202F567"],
    [Number.NaN, "unknown"],
  ])("writes %d in groups of three", (value, words) => {
    expect(count(value)).toBe(words);
  });
});

describe("plural", () => {
  it("adds an s to all but one", () => {
    expect([plural(0, "row"), plural(1, "row"), plural(2, "row")]).toEqual(["0 rows", "1 row", "2 rows"]);
  });
});

describe("progress", () => {
  it("says 100% only when all is done", () => {
    expect(percent(99.99)).toBe("99%");
    expect(percent(100)).toBe("100%");
  });

  it.each([
    [0, "░░░░░░░░░░ 0%"],
    [63.9, "▓▓▓▓▓▓░░░░ 63%"],
    [100, "▓▓▓▓▓▓▓▓▓▓ 100%"],
    [250, "▓▓▓▓▓▓▓▓▓▓ 100%"],
    [-1, "░░░░░░░░░░ 0%"],
    [Number.NaN, "░░░░░░░░░░ 0%"],
  ])("draws %d as ten blocks and the number", (value, bar) => {
    expect(progressBar(value)).toBe(bar);
  });
});

describe("clockTime", () => {
  const time = Date.UTC(2026, 10, 22, 10, 13, 49);

  it("is in UTC unless told otherwise", () => {
    expect(clockTime(time)).toBe("22 Nov, 10:13 UTC");
  });

  it("names the reader's zone", () => {
    expect(clockTime(time, "Asia/Shanghai")).toBe("22 Nov, 18:13 GMT+8");
  });

  it("falls back to UTC for a zone nobody knows", () => {
    expect(clockTime(time, "Mars/Olympus")).toBe("22 Nov, 10:13 UTC");
  });

  it("says so when the time is none", () => {
    expect(clockTime(Number.NaN)).toBe("unknown time");
  });
});
