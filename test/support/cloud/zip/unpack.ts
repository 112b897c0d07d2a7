import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readZip } from "./read.ts";

const setModes = (folder: string, folderMode: number, fileMode: number): void => {
  chmodSync(folder, folderMode | 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setModes(path, folderMode, fileMode);
    else chmodSync(path, fileMode);
  }
  chmodSync(folder, folderMode);
};

/** Writes the zip's files into a new folder that nobody may write to, as Lambda mounts /var/task. */
export function unpackReadOnly(zip: Buffer, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of readZip(zip)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  setModes(folder, 0o555, 0o444);
}

/** Removes a folder that may hold read-only ones. */
export function removeTree(folder: string): void {
  setModes(folder, 0o755, 0o644);
  rmSync(folder, { recursive: true, force: true });
}
