// The item store over node:sqlite: one file, safe against a crash at any moment (WAL), and against a second writer.
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { Item, ItemKey, ItemStore } from "../commands/store.ts";

type Row = { readonly id: string; readonly value: string; readonly version: string; readonly expires_at: number };

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS items (
    partition TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    version TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (partition, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS items_by_expiry ON items (expires_at);
`;

/** Expired items removed at a time: longer batches would hold up everything else in the process. */
const sweepBatch = 100;

export type SqliteStore = ItemStore & {
  /** Removes expired items, a batch at a time, and says how many. */
  sweepExpired(): Promise<number>;
  close(): void;
};

/** Opens (and creates) the store in `file`; ":memory:" keeps it in memory. `now` decides what has expired, in epoch ms. */
export function openSqliteStore(file: string, now: () => number, newVersion: () => string = randomUUID): SqliteStore {
  const database = new DatabaseSync(file);
  database.exec(schema);
  const select = database.prepare(
    "SELECT id, value, version, expires_at FROM items WHERE partition = ? AND id = ? AND expires_at > ?",
  );
  const insert = database.prepare(`
    INSERT INTO items (partition, id, value, version, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (partition, id) DO UPDATE SET value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
    WHERE items.expires_at <= ?`);
  const upsert = database.prepare(`
    INSERT INTO items (partition, id, value, version, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (partition, id) DO UPDATE SET value = excluded.value, version = excluded.version, expires_at = excluded.expires_at`);
  const update = database.prepare(`
    UPDATE items SET value = ?, version = ?, expires_at = ?
    WHERE partition = ? AND id = ? AND version = ? AND expires_at > ?`);
  const page = database.prepare(`
    SELECT id, value, version, expires_at FROM items
    WHERE partition = ? AND id > ? AND expires_at > ? ORDER BY id LIMIT ?`);
  const sweep = database.prepare(`
    DELETE FROM items WHERE (partition, id) IN (SELECT partition, id FROM items WHERE expires_at <= ? LIMIT ${sweepBatch})`);

  const itemOf = (partition: string, row: Row): Item => ({
    key: { partition, id: row.id },
    value: JSON.parse(row.value),
    version: row.version,
    expiresAt: row.expires_at,
  });
  const at = ({ partition, id }: ItemKey) => [partition, id] as const;

  return {
    async get(key) {
      const row = select.get(...at(key), now()) as Row | undefined;
      return row === undefined ? undefined : itemOf(key.partition, row);
    },
    async create(key, value, expiresAt) {
      return insert.run(...at(key), JSON.stringify(value), newVersion(), expiresAt, now()).changes === 1;
    },
    async put(key, value, expiresAt) {
      upsert.run(...at(key), JSON.stringify(value), newVersion(), expiresAt);
    },
    async replace(key, value, expiresAt, version) {
      return update.run(JSON.stringify(value), newVersion(), expiresAt, ...at(key), version, now()).changes === 1;
    },
    async list(partition, { limit, after = "" }) {
      return (page.all(partition, after, now(), limit) as Row[]).map((row) => itemOf(partition, row));
    },
    async sweepExpired() {
      let removed = 0;
      for (;;) {
        const { changes } = sweep.run(now());
        removed += Number(changes);
        if (Number(changes) < sweepBatch) return removed;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: () => database.close(),
  };
}
