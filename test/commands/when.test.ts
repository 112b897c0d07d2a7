import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Read } from "../../src/commands/arguments.ts";
import { UserError } from "../../src/commands/errors.ts";
import { clock, clockWords, hoursOfDay, inZoneWords, moment, whenIs, zone } from "../../src/commands/when.ts";

const problem = (read: Read<unknown>, typed: string): string | undefined => {
  try {
    read(typed, "--x");
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};
const at = (typed: string, inZone: string, now: string) =>
  new Date(whenIs(moment(typed, "--by"), inZone, Date.parse(now))).toISOString();

describe("a time of day", () => {
  it("is read as people write it", () => {
    expect([clock("07:00", ""), clock("7:05", ""), clock("23:59", ""), clock("00:00", "")]).toEqual([420, 425, 1439, 0]);
    expect([420, 425, 1439, 0].map(clockWords)).toEqual(["07:00", "07:05", "23:59", "00:00"]);
  });

  it.each(["24:00", "7", "07:60", "7:5", "07:00:00", "", "seven"])("is not %j", (typed) => {
    expect(problem(clock, typed)).toContain("07:00");
    expect(problem(moment, typed)).toContain("2026-11-26T07:00");
  });

  it("means its next coming on the clocks of the zone", () => {
    expect(at("07:00", "UTC", "2026-11-22T06:59:30Z")).toBe("2026-11-22T07:00:00.000Z");
    expect(at("07:00", "UTC", "2026-11-22T07:00:00Z")).toBe("2026-11-23T07:00:00.000Z");
    expect(at("07:00", "Asia/Shanghai", "2026-11-22T10:00:00Z")).toBe("2026-11-22T23:00:00.000Z");
  });

  it("of a day that is named is that one, summer or winter", () => {
    expect(at("2026-11-26T07:00", "UTC", "2026-11-22T10:00:00Z")).toBe("2026-11-26T07:00:00.000Z");
    expect(at("2026-11-26T07:00", "Asia/Shanghai", "2026-11-22T10:00:00Z")).toBe("2026-11-25T23:00:00.000Z");
    expect(at("2026-07-01t09:30", "Europe/Berlin", "2026-11-22T10:00:00Z")).toBe("2026-07-01T07:30:00.000Z");
    expect(at("2026-12-01 09:30", "Europe/Berlin", "2026-11-22T10:00:00Z")).toBe("2026-12-01T08:30:00.000Z");
    // An hour that the clocks skip, and the minutes before and behind it.
    expect(at("2026-03-29T01:59", "Europe/Berlin", "2026-01-01T00:00:00Z")).toBe("2026-03-29T00:59:00.000Z");
    expect(at("2026-03-29T03:00", "Europe/Berlin", "2026-01-01T00:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
  });

  it.each(["2026-02-30T07:00", "2026-13-01T07:00", "26-11-26T07:00", "2026-11-26", "2026-11-26T25:00"])(
    "is of no day %j",
    (typed) => expect(problem(moment, typed)).toContain("2026-11-26T07:00"),
  );

  it("is shown by the clocks of its zone, whatever the day", () => {
    const day = fc.integer({ min: Date.UTC(2025, 0) / 86_400_000, max: Date.UTC(2028, 0) / 86_400_000 });
    const inZone = fc.constantFrom("UTC", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati");
    // From four in the morning on no clock of these is put forward.
    fc.assert(
      fc.property(day, fc.integer({ min: 240, max: 1_439 }), inZone, (days, minute, name) => {
        const shown = new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "short", timeZone: name });
        const wanted = new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "short", timeZone: "UTC" });
        const found = whenIs({ minute, day: days * 86_400_000 }, name, 0);
        expect(shown.format(found)).toBe(wanted.format(days * 86_400_000 + minute * 60_000));
      }),
      { numRuns: 200 },
    );
  });
});

describe("a time zone", () => {
  it("is one of the world's, in any spelling of its name", () => {
    expect([zone("asia/shanghai", ""), zone("UTC", ""), zone("utc", "")]).toEqual(["Asia/Shanghai", "UTC", "UTC"]);
  });

  it.each(["Shanghai/Asia", "", "+08:00", "x".repeat(200), "../etc"])("is not %j", (typed) => {
    expect(problem(zone, typed)).toContain("Asia/Shanghai");
  });

  it("is told beside the time", () => {
    expect(inZoneWords(Date.UTC(2026, 10, 25, 23), "Asia/Shanghai")).toBe("26 Nov, 07:00 Asia/Shanghai");
  });
});

describe("quiet hours", () => {
  it("may go past midnight, or be none", () => {
    expect(hoursOfDay("22:00-07:00", "")).toEqual({ from: 1_320, to: 420 });
    expect(hoursOfDay("None", "")).toBe("none");
  });

  it.each(["22:00", "22-7", "07:00-07:00", "1:00-2:00-3:00", ""])("are not %j", (typed) => {
    expect(problem(hoursOfDay, typed)).toContain("22:00-07:00");
  });
});
