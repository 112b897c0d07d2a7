import { describe, expect, it } from "vitest";
import type { Bar, Report } from "../../bench/bench.ts";
import { median, quantile } from "../../bench/median.ts";
import { asJson, asTable, passed, verdict } from "../../bench/report.ts";

const aReport = (...bars: readonly Bar[]): Report => ({
  title: "Speed",
  rows: [
    { what: "ours", values: { time: "9 ms" } },
    { what: "theirs", values: { time: "30 ms", bytes: "2 KB" } },
  ],
  bars,
});
const time = (measured: number): Bar => ({ what: "time", measured, limit: 0.4 });

describe("a benchmark's report", () => {
  it.each([
    ["met at the bar itself", [time(0.4)], "bar=met"],
    ["missed above one of them, which is named", [time(0.4), time(0.41)], "bar=missed: time 0.41x > 0.40x"],
    ["missed when a measure is no number", [time(Number.NaN)], "bar=missed: time NaNx > 0.40x"],
    ["missed when there is none", [], "bar=missed: nothing was measured"],
  ] as const)("is %s", (_what, bars, words) => {
    expect(verdict(aReport(...bars))).toBe(words);
    expect(passed(aReport(...bars))).toBe(words === "bar=met");
  });

  it("is a table whose last line is the verdict", () => {
    const lines = asTable(aReport(time(0.3))).split("\n");
    expect(lines.slice(2, 5)).toEqual(["         time  bytes", "ours     9 ms", "theirs  30 ms   2 KB"]);
    expect(lines.at(-2)).toBe("met    time: 0.30x, at most 0.40x");
    expect(lines.at(-1)).toBe("bar=met");
  });

  it("is one JSON value and the verdict, for programs", () => {
    const [json = "", last] = asJson(aReport(time(0.3))).split("\n");
    expect(JSON.parse(json)).toEqual(aReport(time(0.3)));
    expect(last).toBe("bar=met");
  });
});

describe("quantiles", () => {
  it("are values that were measured, in whatever order", () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([median(values), quantile(values, 0.99), quantile(values, 1), quantile([7], 0)]).toEqual([50, 99, 100, 7]);
    expect(() => median([])).toThrow("nothing was measured");
  });
});
