import { DatabaseSync } from "node:sqlite";
import { instanceRecord } from "./record.ts";
import type { Journal } from "./store.ts";

// Raised when a record changes shape, so that an old file is named as such instead of half understood.
const formatVersion = 1;

const checkFormat = (db: DatabaseSync, path: string): void => {
  const found = Number(db.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  if (found === 0) db.exec(`PRAGMA user_version = ${formatVersion}`);
  else if (found !== formatVersion)
    throw new Error(
      `${path} holds simulator state of format ${found}, this version reads ${formatVersion}; delete the file to start anew`,
    );
};

/** Records in a SQLite file at `path`, created when absent. Throws when the file is of another format or not SQLite. */
export const openJournal = (path: string): Journal => {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 2000");
  checkFormat(db, path);
  db.exec("CREATE TABLE IF NOT EXISTS instances (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT");
  const read = db.prepare("SELECT record FROM instances ORDER BY rowid");
  const upsert = db.prepare("INSERT INTO instances VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record");
  return {
    load: () => read.all().map((row) => instanceRecord.parse(JSON.parse(String(row.record)))),
    write(record) {
      upsert.run(record.id, JSON.stringify(record));
    },
    clear: () => db.exec("DELETE FROM instances"),
    close: () => db.close(),
  };
};
