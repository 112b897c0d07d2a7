// The audit trail in the file of the item store, in a table of its own that only ever grows: SQLite itself refuses to change or remove a row.
import { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { AuditRow, idsFrom } from "../commands/audit/row.ts";
import { AuditConflict, type AuditTrail } from "../commands/audit/trail.ts";

// FULL: a row that is said to be stored outlives the machine, not only the process.
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS audit (
    team TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (team, id)
  ) WITHOUT ROWID;
  CREATE TRIGGER IF NOT EXISTS audit_is_not_replaced BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE team = NEW.team AND id = NEW.id)
    BEGIN SELECT RAISE(IGNORE); END;
  CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'a row of the audit trail is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS audit_is_not_removed BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'a row of the audit trail is never removed'); END;
`;

export type SqliteAudit = AuditTrail & { close(): void };

/** Opens (and creates) the trail in `file`; ":memory:" keeps it in memory. */
export function openSqliteAudit(file: string): SqliteAudit {
  const database = new DatabaseSync(file);
  database.exec(schema);
  const insert = database.prepare("INSERT INTO audit (team, id, value) VALUES (?, ?, ?)");
  const select = database.prepare("SELECT value FROM audit WHERE team = ? AND id = ?");
  const page = database.prepare("SELECT id, value FROM audit WHERE team = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?");

  return {
    async write(row) {
      if (insert.run(row.team, row.id, JSON.stringify(row)).changes === 1) return;
      const { value } = select.get(row.team, row.id) as { readonly value: string };
      if (!isDeepStrictEqual(JSON.parse(value), JSON.parse(JSON.stringify(row)))) throw new AuditConflict(row.id);
    },
    async read({ team, from, to, page: { limit, after } }) {
      const found = page.all(team, idsFrom(from), after ?? idsFrom(to), limit) as {
        readonly id: string;
        readonly value: string;
      }[];
      const rows = found.flatMap(({ value }) => AuditRow.safeParse(JSON.parse(value)).data ?? []);
      const last = found.at(-1);
      const next = last === undefined || found.length < limit ? {} : { next: last.id };
      return { rows, unreadable: found.length - rows.length, ...next };
    },
    close: () => database.close(),
  };
}
