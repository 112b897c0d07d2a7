import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openSqliteAudit } from "../../src/local/sqlite-audit.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { aDecision, auditTrailContract } from "../contracts/audit-trail.ts";

auditTrailContract("SQLite", async () => openSqliteAudit(":memory:"));

const noon = Date.UTC(2026, 10, 26, 12);
const all = { team: "T1", from: noon - 1, to: noon + 1, page: { limit: 10 } };

describe("the audit trail in SQLite", () => {
  const file = () => join(mkdtempSync(join(tmpdir(), "odps-")), "bot.db");

  it("lives in the file of the item store, and is there when it is opened again without ever being closed", async () => {
    const path = file();
    const store = openSqliteStore(path, () => 0);
    await openSqliteAudit(path).write(aDecision(noon));
    await store.put({ partition: "p", id: "a" }, 1, 10);
    expect((await openSqliteAudit(path).read(all)).rows).toEqual([aDecision(noon)]);
  });

  it.each([
    ["changed", "UPDATE audit SET value = '{}'", /never changed/],
    ["removed", "DELETE FROM audit", /never removed/],
  ])("is not %s even by who has the file open", async (_, statement, says) => {
    const path = file();
    const trail = openSqliteAudit(path);
    await trail.write(aDecision(noon));
    expect(() => new DatabaseSync(path).exec(statement)).toThrow(says);
    expect((await trail.read(all)).rows).toEqual([aDecision(noon)]);
  });

  it("is not replaced either", async () => {
    const path = file();
    const trail = openSqliteAudit(path);
    await trail.write(aDecision(noon));
    const { team, id } = aDecision(noon);
    new DatabaseSync(path).prepare("INSERT OR REPLACE INTO audit (team, id, value) VALUES (?, ?, '{}')").run(team, id);
    expect((await trail.read(all)).rows).toEqual([aDecision(noon)]);
  });

  it("counts what a later release wrote, and gives the rest", async () => {
    const path = file();
    const trail = openSqliteAudit(path);
    await trail.write(aDecision(noon));
    new DatabaseSync(path)
      .prepare("INSERT INTO audit (team, id, value) VALUES ('T1', ?, '{\"schema\":2}')")
      .run(aDecision(noon, "two").id);
    expect(await trail.read(all)).toEqual({ rows: [aDecision(noon)], unreadable: 1 });
  });
});
