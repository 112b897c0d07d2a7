// Slack wants the number of a file's bytes before the first of them (Slack facts section 3), so a file of unknown length waits on disk.
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../commands/errors.ts";

export type Spooled = {
  /** How many there are. */
  readonly bytes: number;
  /** From the first to the last; may be called again. A piece is good until the next one is asked for: all of them share one memory. */
  read(): AsyncIterable<Uint8Array>;
};

export type Spool = <T>(content: AsyncIterable<Uint8Array>, use: (spooled: Spooled) => Promise<T>) => Promise<T>;

const mebi = 1024 * 1024;
/** Slack takes no larger file (Slack facts section 3). Where files wait there has to be room for one. */
export const largestFileBytes = 1024 * mebi;
const pieceBytes = 256 * 1024;

/**
 * Keeps contents in files of `folder` while they are used, `maxBytes` at most of each, in constant memory. Nothing stays behind, whatever
 * fails: a file without a name is gone with the process that has it open, also one that is killed. What is larger is refused in words for the person: an UserError.
 */
export function createSpool({ folder, maxBytes }: { readonly folder: string; readonly maxBytes: number }): Spool {
  return async (content, use) => {
    const path = join(folder, `odps-chatops-${randomUUID()}.part`);
    const file = await open(path, "wx+", 0o600);
    try {
      await rm(path);
      const bytes = await keep(content, file, maxBytes);
      return await use({ bytes, read: () => pieces(file) });
    } finally {
      await file.close();
    }
  };
}

/** How many bytes were written. */
async function keep(content: AsyncIterable<Uint8Array>, file: FileHandle, maxBytes: number): Promise<number> {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    await file.writeFile(piece); // goes on where the last one ended
  }
  return bytes;
}

async function* pieces(file: FileHandle): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(pieceBytes);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(memory, 0, pieceBytes, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield memory.subarray(0, bytesRead);
  }
}

const tooLarge = (maxBytes: number): UserError =>
  new UserError(`The file is larger than the ${Math.floor(maxBytes / mebi)} MiB I can send.`, {
    next: "Take fewer columns with `--cols` or fewer rows with `--grep`, or let MaxCompute write it to a table.",
  });
