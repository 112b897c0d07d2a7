// What every audit trail must do, whatever it is built on. Run by the test of each.
import { beforeEach, describe, expect, it } from "vitest";
import { type AuditRow, decisionId, outcomeId } from "../../src/commands/audit/row.ts";
import { AuditConflict, type AuditTrail } from "../../src/commands/audit/trail.ts";
import { days, hours, minutes } from "../../src/commands/store.ts";

const noon = Date.UTC(2026, 10, 26, 12);

export const aDecision = (at: number, unique = "one", over: Partial<AuditRow & { phase: "decision" }> = {}): AuditRow => ({
  schema: 1,
  id: decisionId(at, unique),
  at,
  team: "T1",
  who: "U0ANN",
  where: { channel: "C0GENERAL1", thread: "1795339200.000001" },
  requestId: "E-ABCDEFGH",
  what: { verb: "stop", text: "stop 20160519101349613gzbzufck2 -p demo_project" },
  project: "demo_project",
  instance: "20160519101349613gzbzufck2",
  phase: "decision",
  decision: "allowed",
  reason: "日本語 <>& \u0000",
  ...over,
});

export const anOutcome = (at: number, unique = "one"): AuditRow => ({
  schema: 1,
  id: outcomeId(decisionId(at, unique)),
  at: at + 9_000,
  team: "T1",
  who: "U0ANN",
  where: { channel: "C0GENERAL1" },
  requestId: "E-ABCDEFGH",
  what: { verb: "stop" },
  phase: "outcome",
  decisionId: decisionId(at, unique),
  outcome: "failed",
  maxComputeRequests: ["5F0F-1"],
  code: "NoPermission",
});

export function auditTrailContract(name: string, open: () => Promise<AuditTrail>): void {
  describe(`${name}, as an audit trail,`, () => {
    let trail: AuditTrail;
    beforeEach(async () => {
      trail = await open();
    });
    const all = (over: { team?: string; from?: number; to?: number; limit?: number; after?: string } = {}) => {
      const { team = "T1", from = noon - days(7), to = noon + days(7), limit = 100, after } = over;
      return trail.read({ team, from, to, page: { limit, ...(after === undefined ? {} : { after }) } });
    };

    it("gives back what was written, and nothing of other teams", async () => {
      await trail.write(aDecision(noon));
      await trail.write(aDecision(noon, "two", { team: "T2" }));
      expect(await all()).toEqual({ rows: [aDecision(noon)], unreadable: 0 });
      expect((await all({ team: "T3" })).rows).toEqual([]);
    });

    it("takes the same row again, and refuses another under its id without a change", async () => {
      await trail.write(aDecision(noon));
      await trail.write(aDecision(noon));
      await expect(trail.write(aDecision(noon, "one", { decision: "denied" }))).rejects.toThrow(AuditConflict);
      expect((await all()).rows).toEqual([aDecision(noon)]);
    });

    it("lets exactly one of many simultaneous rows of one id stand, and tells all others", async () => {
      const writes = Array.from({ length: 8 }, (_, index) => trail.write(aDecision(noon, "one", { reason: `reason ${index}` })));
      const ended = await Promise.allSettled(writes);
      expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const [kept] = (await all()).rows;
      const winner = ended.findIndex(({ status }) => status === "fulfilled");
      expect(kept).toMatchObject({ reason: `reason ${winner}` });
    });

    it("is read newest first, an outcome before its decision however late it came", async () => {
      const times = [noon, noon - minutes(1), noon - hours(30), noon + hours(20)];
      for (const at of times) await trail.write(aDecision(at));
      await trail.write(anOutcome(noon - hours(30)));
      const ids = times.map((at) => decisionId(at, "one")).toSorted();
      expect((await all()).rows.map(({ id }) => id)).toEqual(
        [ids[0], outcomeId(ids[0] ?? ""), ids[1], ids[2], ids[3]].toReversed(),
      );
    });

    it("is read from a moment on and before another", async () => {
      for (const at of [noon - 1, noon, noon + days(1) - 1, noon + days(1)]) await trail.write(aDecision(at));
      const { rows } = await all({ from: noon, to: noon + days(1) });
      expect(rows.map(({ at }) => at)).toEqual([noon + days(1) - 1, noon]);
      expect((await all({ from: noon, to: noon })).rows).toEqual([]);
      expect((await all({ from: noon + 1, to: noon })).rows).toEqual([]);
    });

    it("is read page by page, over days, without a row too many or too few", async () => {
      const times = Array.from({ length: 17 }, (_, index) => noon - index * hours(5));
      for (const at of times) await trail.write(aDecision(at));
      const found: number[] = [];
      let after: string | undefined;
      do {
        const page = await all({ limit: 4, ...(after === undefined ? {} : { after }) });
        expect(page.rows.length).toBeLessThanOrEqual(4);
        found.push(...page.rows.map(({ at }) => at));
        after = page.next;
      } while (after !== undefined);
      expect(found).toEqual(times);
    });
  });
}
