import { DatabaseSync } from "node:sqlite";

/** Rows that outlive a restart: one an entity, in the order they were first written. */
export type Store = {
  rows(kind: string): readonly { readonly id: string; readonly body: string }[];
  put(kind: string, id: string, body: string): void;
  remove(kind: string, id: string): void;
  bytes(id: string): Uint8Array | undefined;
  /** Of a file, in pieces: it may be a hundred megabytes. */
  putBytes(id: string, pieces: readonly Uint8Array[]): void;
  removeBytes(id: string): void;
  close(): void;
};

/** Nothing outlives the process; only the bytes of files need a place, everything else lives in its table. */
export function memoryStore(): Store {
  const blobs = new Map<string, readonly Uint8Array[]>();
  return {
    rows: () => [],
    put() {},
    remove() {},
    bytes(id) {
      const pieces = blobs.get(id);
      return pieces === undefined ? undefined : Buffer.concat(pieces);
    },
    putBytes(id, pieces) {
      blobs.set(id, pieces);
    },
    removeBytes(id) {
      blobs.delete(id);
    },
    close() {},
  };
}

/** The same over SQLite. In WAL mode a write that returned survives the death of the process, though not of the machine. */
export function sqliteStore(file: string): Store {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000");
  database.exec("CREATE TABLE IF NOT EXISTS entity (kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, id))");
  database.exec("CREATE TABLE IF NOT EXISTS blob (id TEXT PRIMARY KEY, bytes BLOB NOT NULL)");
  const rows = database.prepare("SELECT id, body FROM entity WHERE kind = ? ORDER BY rowid");
  const put = database.prepare("INSERT INTO entity VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body");
  const remove = database.prepare("DELETE FROM entity WHERE kind = ? AND id = ?");
  const bytes = database.prepare("SELECT bytes FROM blob WHERE id = ?");
  const putBytes = database.prepare("INSERT OR REPLACE INTO blob VALUES (?, ?)");
  const removeBytes = database.prepare("DELETE FROM blob WHERE id = ?");
  return {
    rows: (kind) => rows.all(kind).map(({ id, body }) => ({ id: String(id), body: String(body) })),
    put(kind, id, body) {
      put.run(kind, id, body);
    },
    remove(kind, id) {
      remove.run(kind, id);
    },
    bytes(id) {
      const found = bytes.get(id)?.bytes;
      return found instanceof Uint8Array ? found : undefined;
    },
    putBytes(id, pieces) {
      putBytes.run(id, Buffer.concat(pieces));
    },
    removeBytes(id) {
      removeBytes.run(id);
    },
    close() {
      database.close();
    },
  };
}
