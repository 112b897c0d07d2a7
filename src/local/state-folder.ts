// The folder that holds everything a local run remembers, and the lease that keeps two processes from sharing it.
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type StateFolder = { file(name: string): string; release(): void };

/** The folder is in use by another process. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

/**
 * Takes the folder for this process. The lease is an exclusive SQLite lock: the system drops it when the process dies, however
 * it dies, so nobody ever has to remove a stale lock file.
 */
export function takeStateFolder(path: string): StateFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700); // it holds response_urls and pasted text
  const lease = new DatabaseSync(join(path, "lease.db"));
  try {
    lease.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (cause) {
    lease.close();
    throw new FolderInUse(
      `another odps-chatops is using ${path}: stop it first, or give this one a folder of its own with ODPS_HOME`,
      { cause },
    );
  }
  return { file: (name) => join(path, name), release: () => lease.close() };
}
