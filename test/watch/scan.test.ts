import { describe, expect, it } from "vitest";
import { lookEvery, nextPollAt } from "../../src/watch/cadence.ts";
import { rowOf, type WatchRow } from "../../src/watch/row.ts";
import { nextScanAt, planScan, type ScanMemory } from "../../src/watch/scan.ts";
import { newWatch } from "../../src/watch/watch.ts";
import { min, t0 } from "../support/watch/runs.ts";

const aRow = (id: string, over: Partial<WatchRow> = {}): WatchRow => ({
  id,
  instanceId: id,
  channel: "C1",
  state: "active",
  startedAt: t0 - min(600),
  faceAt: t0,
  alone: false,
  hasOutbox: false,
  ...over,
});
const rows = (count: number, over: Partial<WatchRow> = {}) =>
  Array.from({ length: count }, (_, index) => aRow(`i${index}`, over));
/** Scanned a moment ago: it is nobody's turn. */
const memory: ScanMemory = { pages: 2, mayList: true, scannedAt: t0 - 1, listedAt: t0 - min(1) };

describe("the cadence", () => {
  it.each([
    [0, 10_000],
    [2.9, 10_000],
    [3, min(1)],
    [14.9, min(1)],
    [15, min(2)],
    [59, min(2)],
    [60, min(5)],
    [6_000, min(5)],
  ])("of a watch %d minutes old is %d ms", (age, every) => {
    expect(lookEvery({ startedAt: t0, state: "active" }, t0 + min(age))).toBe(every);
  });

  it("does not sleep through a deadline", () => {
    const watch = newWatch(
      {
        team: "T",
        connection: "c",
        project: "p",
        instanceId: "i",
        channel: "C",
        startedBy: "ann",
        options: { by: t0 + min(61) },
      },
      t0,
    );
    const row: WatchRow = { ...rowOf(watch), state: "active" };
    expect(nextPollAt(row, t0 + min(60))).toBe(t0 + min(61));
    expect(nextPollAt(row, t0 + min(62))).toBe(t0 + min(67));
    // It is late: whoever scans asks for it, whenever its turn is.
    expect(planScan([row], { ...memory, scannedAt: t0 + min(62) - 1 }, t0 + min(62)).ask).toEqual(["i"]);
  });
});

describe("a scan", () => {
  it("has a listing vouch for many, and leaves few to their turn", () => {
    expect(planScan(rows(3), memory, t0).vouch).toHaveLength(3);
    expect(planScan(rows(2), memory, t0).vouch).toHaveLength(0);
    expect(planScan(rows(50), { ...memory, pages: 50 }, t0).vouch).toHaveLength(0);
  });

  it("does not list twice in a minute, nor for an hour where it was refused", () => {
    expect(planScan(rows(9), { ...memory, listedAt: t0 - 10_000 }, t0).vouch).toEqual([]);
    expect(planScan(rows(9), { ...memory, mayList: false, listedAt: t0 - min(59) }, t0).vouch).toEqual([]);
    expect(planScan(rows(9), { ...memory, mayList: false, listedAt: t0 - min(60) }, t0).vouch).toHaveLength(9);
  });

  it.each<[string, Partial<WatchRow>]>([
    ["new", { state: "opening" }],
    ["listed nowhere", { alone: true }],
    ["missing", { trouble: { kind: "missing", since: t0, sightings: 1 } }],
    ["due by a rule", { ruleAt: t0 }],
  ])("asks for itself one that is %s", (_, over) => {
    const plan = planScan([...rows(9), aRow("special", over)], { ...memory, scannedAt: t0 - min(5) + 1 }, t0);
    expect(plan.ask).toContain("special");
    expect(plan.vouch).not.toContain("special");
  });

  it("never has a listing vouch for one that it does not have", () => {
    const plan = planScan([...rows(9), aRow("special", { alone: true })], memory, t0);
    expect(plan.vouch).toHaveLength(9);
    expect(plan.vouch).not.toContain("special");
  });

  it("asks the one whose card is oldest first", () => {
    const { ask } = planScan([aRow("b", { faceAt: t0 - 1 }), aRow("a", { faceAt: t0 - 9 })], { ...memory, scannedAt: 0 }, t0);
    expect(ask).toEqual(["a", "b"]);
  });

  it("gives everybody a turn within its cadence, whenever the ticks come", () => {
    const asked = new Set<string>();
    let scannedAt = t0;
    for (const seconds of [59, 61, 125, 190, 241, 300]) {
      const now = t0 + seconds * 1_000;
      for (const id of planScan(rows(100), { ...memory, scannedAt }, now).ask) asked.add(id);
      scannedAt = now;
    }
    expect(asked.size).toBe(100);
  });

  it("only tells what is left of one that is done", () => {
    expect(planScan([aRow("i1", { state: "done", hasOutbox: true })], memory, t0)).toEqual({ ask: [], vouch: [], tell: ["i1"] });
  });

  it("is due again with its youngest watch, each minute for many, and at the moment of a rule", () => {
    expect(nextScanAt([aRow("i1")], t0)).toBe(t0 + min(5));
    expect(nextScanAt([aRow("i1"), aRow("i2", { startedAt: t0 })], t0)).toBe(t0 + 10_000);
    expect(nextScanAt(rows(9), t0)).toBe(t0 + min(1));
    expect(nextScanAt([aRow("i1", { ruleAt: t0 + 40_000 })], t0)).toBe(t0 + 40_000);
  });
});
