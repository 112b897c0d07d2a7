import { describe, expect, it } from "vitest";
import type { Announcement } from "../../src/watch/index.ts";
import { isQuiet, minuteOfDay, nextTimeOf, routeOf, withPost } from "../../src/watch/quiet.ts";
import { min } from "../support/watch/runs.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const nightly = { from: 22 * 60, to: 7 * 60, zone: "Asia/Shanghai" };
const reply = (outcome: "success" | "failed"): Announcement => ({
  kind: "finished",
  key: "finished",
  at: 0,
  to: "thread",
  outcome,
});
const missed: Announcement = { kind: "deadline", key: "deadline", at: 0, to: "thread", by: 0 };

describe("quiet hours", () => {
  it.each([
    ["2026-11-22T13:59", false],
    ["2026-11-22T14:00", true],
    ["2026-11-22T22:59", true],
    ["2026-11-22T23:00", false],
  ])("from 22:00 to 07:00 in Shanghai: at %s UTC %s", (at, quiet) => {
    expect(isQuiet(nightly, utc(at))).toBe(quiet);
  });

  it("end when the zone's clocks say so, also on the day they are changed", () => {
    const berlin = "Europe/Berlin";
    expect(nextTimeOf(7 * 60, berlin, utc("2026-10-24T21:00"))).toBe(utc("2026-10-25T06:00"));
    expect(nextTimeOf(7 * 60, berlin, utc("2026-10-23T21:00"))).toBe(utc("2026-10-24T05:00"));
    // 02:30 does not exist on the last Sunday of March.
    expect(nextTimeOf(150, berlin, utc("2026-03-29T00:00"))).toBe(utc("2026-03-30T00:30"));
    expect(minuteOfDay(utc("2026-11-22T00:00"), "UTC")).toBe(0);
  });

  it("hold a success until their end, and neither a failure nor a missed deadline", () => {
    const now = utc("2026-11-22T15:00");
    const desk = { quiet: nightly, recent: [] };
    expect(routeOf(reply("success"), desk, now)).toEqual({ kind: "hold", why: "quiet", until: utc("2026-11-22T23:00") });
    expect(routeOf(reply("failed"), desk, now)).toEqual({ kind: "post" });
    expect(routeOf(missed, desk, now)).toEqual({ kind: "post" });
    expect(routeOf({ ...reply("success"), to: "owner" }, desk, now)).toEqual({ kind: "post" });
  });
});

describe("folding", () => {
  it("lets five replies a minute through, then holds all but failures", () => {
    let recent: readonly number[] = [];
    for (let count = 0; count < 5; count += 1) {
      expect(routeOf(reply("success"), { recent }, 1_000)).toEqual({ kind: "post" });
      recent = withPost(recent, 1_000);
    }
    expect(routeOf(reply("success"), { recent }, 60_999)).toEqual({ kind: "hold", why: "fold", until: 60_999 });
    expect(routeOf(reply("failed"), { recent }, 60_999)).toEqual({ kind: "post" });
    expect(routeOf(reply("success"), { recent }, 1_000 + min(1))).toEqual({ kind: "post" });
  });
});
