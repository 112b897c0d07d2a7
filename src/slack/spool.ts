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

/** The pieces of the content are kept until they are written: each has memory of its own. */
export type Spool = <T>(content: AsyncIterable<Uint8Array>, use: (spooled: Spooled) => Promise<T>) => Promise<T>;

const mebi = 1024 * 1024;
/** Slack takes no larger file (Slack facts section 3). Where files wait there has to be room for one. */
export const largestFileBytes = 1024 * mebi;
const pieceBytes = 256 * 1024;
/** As much is gathered before it is written: every write costs a turn of the event loop, and of the disk. */
const writeBytes = 512 * 1024;

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

/** How many bytes were written: many pieces at once, while the next ones come in. */
async function keep(content: AsyncIterable<Uint8Array>, file: FileHandle, maxBytes: number): Promise<number> {
  let bytes = 0;
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let writing = Promise.resolve();
  for await (const piece of content) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    gathered.push(piece);
    gatheredBytes += piece.byteLength;
    if (gatheredBytes < writeBytes) continue;
    await writing;
    writing = writeAll(file, gathered, bytes - gatheredBytes);
    // Told when it is waited for.
    writing.catch(() => undefined);
    gathered = [];
    gatheredBytes = 0;
  }
  await writing;
  await writeAll(file, gathered, bytes - gatheredBytes);
  return bytes;
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], from: number): Promise<void> {
  const { bytesWritten } = await file.writev(pieces, from);
  let at = from;
  for (const piece of pieces) {
    // A disk may take less than it is given; what is left of it is written piece by piece.
    for (let done = Math.max(0, Math.min(piece.byteLength, from + bytesWritten - at)); done < piece.byteLength; )
      done += (await file.write(piece, done, piece.byteLength - done, at + done)).bytesWritten;
    at += piece.byteLength;
  }
}

/** The next piece is read while the last one is used: there is memory for two. */
async function* pieces(file: FileHandle): AsyncGenerator<Uint8Array> {
  let memory = Buffer.allocUnsafeSlow(pieceBytes);
  let spare = Buffer.allocUnsafeSlow(pieceBytes);
  let reading = file.read(memory, 0, pieceBytes, 0);
  for (let at = 0; ; ) {
    const { bytesRead } = await reading;
    if (bytesRead === 0) return;
    at += bytesRead;
    const piece = memory.subarray(0, bytesRead);
    [memory, spare] = [spare, memory];
    reading = file.read(memory, 0, pieceBytes, at);
    // Nobody may ask for it.
    reading.catch(() => undefined);
    yield piece;
  }
}

const tooLarge = (maxBytes: number): UserError =>
  new UserError(`The file is larger than the ${Math.floor(maxBytes / mebi)} MiB I can send.`, {
    next: "Take fewer columns with `--cols` or fewer rows with `--grep`, or let MaxCompute write it to a table.",
  });
