// The decision is on record before the act, the outcome after it, whatever breaks between the two.
import { describe, expect, it } from "vitest";
import { createAudit } from "../../../src/commands/audit/audit-book.ts";
import type { AuditAct } from "../../../src/commands/audit/decision.ts";
import type { AuditRow } from "../../../src/commands/audit/row.ts";
import type { AuditTrail } from "../../../src/commands/audit/trail.ts";
import { NotAudited } from "../../../src/commands/errors.ts";
import type { ItemStore } from "../../../src/commands/store.ts";
import { minutes } from "../../../src/commands/store.ts";
import { openSqliteAudit } from "../../../src/local/sqlite-audit.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { createLog } from "../../../src/log.ts";
import { aRequest } from "../../support/a-bot.ts";
import { manualClock } from "../../support/manual-clock.ts";

const stop: AuditAct = { verb: "stop", instance: "i", project: "p", decision: "allowed", reason: "wrong partition" };

/** `fail` names the write that fails: by what is written, or "store". */
function aBook({ expiresLaterBy = 0, ...over }: { post?: () => Promise<void>; expiresLaterBy?: number } = {}) {
  const clock = manualClock();
  const items = openSqliteStore(":memory:", clock.now);
  const kept = openSqliteAudit(":memory:");
  const logged: { event: string }[] = [];
  const failing = new Set<string>();
  const demand = (what: string) => {
    if (failing.has(what)) throw new Error(`${what} cannot be written`);
  };
  const trail: AuditTrail = {
    ...kept,
    async write(row) {
      demand(row.phase);
      await kept.write(row);
      demand(`${row.phase} heard`);
    },
  };
  const store: ItemStore = {
    ...items,
    async create(...item) {
      demand("store");
      return items.create(...item);
    },
    async put(key, value, expiresAt) {
      demand("store");
      await items.put(key, value, expiresAt + expiresLaterBy);
    },
  };
  let ids = 0;
  const book = createAudit({
    trail,
    team: "T1",
    store,
    now: clock.now,
    newId: () => `id-${ids++}`,
    pause: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
    log: createLog((line) => logged.push(JSON.parse(line)), clock.now),
    ...over,
  });
  const request = aRequest({
    requestedAt: clock.now(),
    replyTo: { channel: "C1", thread: "1.2", direct: false, replaceable: false },
  });
  const rows = async (): Promise<readonly AuditRow[]> =>
    (await kept.read({ team: "T1", from: 0, to: clock.now() + 1, page: { limit: 100 } })).rows.toReversed();
  const phases = async () => (await rows()).map((row) => (row.phase === "decision" ? row.decision : row.outcome));
  return {
    book,
    audit: book.of(request, "worker-1"),
    clock,
    rows,
    phases,
    failing,
    request,
    events: () => logged.map(({ event }) => event),
  };
}

/** Lets what is under way come to where it waits for the clock. */
const settled = async () => {
  for (let round = 0; round < 20; round += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe("an act", () => {
  it("has a decision before it and one outcome after it, both with who, where and what", async () => {
    const { audit, clock, rows, phases, book } = aBook();
    const decided = await audit.decide({ ...stop, text: "stop i --token=x" });
    expect(await phases()).toEqual(["allowed"]);
    await clock.advance(5_000);
    await audit.outcome(decided, { outcome: "failed", code: "NoPermission", maxComputeRequests: ["5F0F"] });
    const common = {
      ...{ schema: 1, team: "T1", who: "ann", where: { channel: "C1", thread: "1.2" }, requestId: "E-TEST" },
      ...{ what: { verb: "stop", text: "stop i --token=***" }, project: "p", instance: "i" },
    };
    const at = clock.now() - 5_000;
    const id = `${new Date(at).toISOString()}.id-0`;
    expect(await rows()).toEqual([
      { ...common, id, at, phase: "decision", decision: "allowed", reason: "wrong partition" },
      {
        ...{ ...common, id: `${id}.outcome`, at: clock.now(), phase: "outcome", decisionId: id },
        ...{ outcome: "failed", code: "NoPermission", maxComputeRequests: ["5F0F"] },
      },
    ]);
    expect(await book.unfinished()).toEqual([]);
  });

  it.each(["decision", "store"])("is refused when its decision cannot be stored (%s), loudly", async (what) => {
    const { audit, phases, failing, events } = aBook();
    failing.add(what);
    await expect(audit.decide(stop)).rejects.toThrow(NotAudited);
    expect(await phases()).toEqual([]);
    expect(events()).toContain("audit.not_written");
  });

  it("that was refused so is written down when the trail is back: as allowed, and not begun", async () => {
    const { audit, phases, failing, book } = aBook();
    failing.add("decision");
    await expect(audit.decide(stop)).rejects.toThrow(NotAudited);
    failing.clear();
    expect(await book.makeUp("E-TEST", 0)).toBe(true);
    expect(await phases()).toEqual(["allowed", "not begun"]);
  });

  it("whose decision was stored though nobody heard so is said to be not begun", async () => {
    const { audit, phases, failing, book } = aBook();
    failing.add("decision heard");
    await expect(audit.decide(stop)).rejects.toThrow(NotAudited);
    failing.clear();
    expect(await book.unfinished()).toEqual(["E-TEST"]);
    expect(await book.makeUp("E-TEST", 0)).toBe(true);
    expect(await phases()).toEqual(["allowed", "not begun"]);
  });

  it("is not spoilt by an outcome that cannot be stored, which whoever sweeps writes later, as it was", async () => {
    const { audit, phases, failing, book, events, clock } = aBook();
    const decided = await audit.decide(stop);
    failing.add("outcome");
    await audit.outcome(decided, { outcome: "done" });
    expect(events()).toEqual(["audit.outcome_not_written"]);
    expect(await book.makeUp("E-TEST", clock.now())).toBe(false);
    failing.clear();
    expect(await book.makeUp("E-TEST", 0)).toBe(true);
    expect(await phases()).toEqual(["allowed", "done"]);
    expect(await book.unfinished()).toEqual([]);
  });

  it("is not spoilt either when nothing at all can be stored any more", async () => {
    const { audit, phases, failing, book, events, clock } = aBook();
    const decided = await audit.decide(stop);
    for (const what of ["outcome", "store"]) failing.add(what);
    await audit.outcome(decided, { outcome: "done" });
    expect(events()).toEqual(["audit.outcome_not_written", "audit.not_remembered"]);
    failing.clear();
    expect(await book.makeUp("E-TEST", clock.now())).toBe(true);
    expect(await phases()).toEqual(["allowed", "unknown"]);
  });

  it("whose worker died has an unknown outcome once the worker can be at it no more, and no other's", async () => {
    const { audit, phases, book, clock } = aBook();
    const before = clock.now() - 1;
    await audit.decide(stop);
    expect(await book.makeUp("E-TEST", before, "worker-2")).toBe(false);
    expect(await book.makeUp("E-OTHER", clock.now())).toBe(true);
    expect(await phases()).toEqual(["allowed"]);
    expect(await book.makeUp("E-TEST", before, "worker-1")).toBe(true);
    expect(await phases()).toEqual(["allowed", "unknown"]);
  });

  it("keeps the outcome that came first, and logs the other", async () => {
    const { audit, phases, book, clock, events } = aBook();
    const decided = await audit.decide(stop);
    await book.makeUp("E-TEST", clock.now());
    await audit.outcome(decided, { outcome: "done" });
    expect(await phases()).toEqual(["allowed", "unknown"]);
    expect(events()).toEqual(["audit.outcome_repeated"]);
  });

  it("that is over is over for a process whose clock is behind, too", async () => {
    const { audit, book, events } = aBook({ expiresLaterBy: minutes(1) });
    await audit.outcome(await audit.decide(stop), { outcome: "done" });
    expect(await book.unfinished()).toEqual([]);
    expect(await book.makeUp("E-TEST", 0)).toBe(true);
    expect(events()).toEqual([]);
  });

  it("whose outcome was stored, but not marked so, is left as it is", async () => {
    const { audit, phases, failing, book, clock } = aBook();
    const decided = await audit.decide(stop);
    failing.add("store");
    await audit.outcome(decided, { outcome: "done" });
    failing.clear();
    await clock.advance(minutes(3));
    expect(await book.makeUp("E-TEST", clock.now())).toBe(true);
    expect(await phases()).toEqual(["allowed", "done"]);
  });
});

describe("a decision after which nothing is done", () => {
  it("is noted, and its loss is logged and spoils nothing", async () => {
    const { audit, phases, failing, book, events } = aBook();
    await audit.note({ ...stop, decision: "denied", reason: "needs the role operator" });
    failing.add("decision");
    await audit.note({ ...stop, decision: "denied" });
    expect(await phases()).toEqual(["denied"]);
    expect(events()).toEqual(["audit.not_written"]);
    expect(await book.unfinished()).toEqual([]);
  });
});

describe("the word to the audit channel", () => {
  it("that fails is logged, and stops no act", async () => {
    const { audit, phases, events } = aBook({ post: () => Promise.reject(new Error("not_in_channel")) });
    await audit.outcome(await audit.decide(stop), { outcome: "done" });
    expect(await phases()).toEqual(["allowed", "done"]);
    expect(events()).toEqual(["audit.not_posted"]);
  });

  it("that hangs holds up neither the act nor, for longer than three seconds, its answer", async () => {
    const { audit, clock, phases } = aBook({ post: () => new Promise(() => undefined) });
    const decided = await audit.decide(stop);
    const over = audit.outcome(decided, { outcome: "done" });
    let isOver = false;
    void over.then(() => {
      isOver = true;
    });
    await settled();
    await clock.advance(2_900);
    expect([await phases(), isOver]).toEqual([["allowed", "done"], false]);
    await clock.advance(200);
    await over;
    expect(isOver).toBe(true);
  });
});

describe("what a request reads", () => {
  it("is of its own team", async () => {
    const { audit, book, clock } = aBook();
    await audit.note(stop);
    const query = { from: 0, to: clock.now() + 1, page: { limit: 10 } };
    expect((await audit.read(query)).rows).toHaveLength(1);
    const other = book.of(aRequest({ caller: { team: "T2", user: "eve" } }), undefined);
    expect((await other.read(query)).rows).toEqual([]);
  });
});
