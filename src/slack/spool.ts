// Slack wants the number of a file's bytes before the first of them (Slack facts section 3), so a file of unknown length waits on disk.
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "../commands/errors.ts";

export type Spooled = {
  /** How many there are. */
  readonly bytes: number;
  /** From the first to the last; may be called again. */
  read(): Readable;
};

export type Spool = <T>(content: AsyncIterable<Uint8Array>, use: (spooled: Spooled) => Promise<T>) => Promise<T>;

const mebi = 1024 * 1024;
/** Large pieces: a file of many megabytes is read in hundreds of steps, not in thousands. */
const pieceBytes = mebi;

/**
 * Keeps contents in files of `folder` while they are used, `maxBytes` at most of each, in constant memory. Nothing stays behind, whatever
 * fails. What is larger is refused in words for the person: an UserError.
 */
export function createSpool({ folder, maxBytes }: { readonly folder: string; readonly maxBytes: number }): Spool {
  return async (content, use) => {
    const path = join(folder, `odps-chatops-${randomUUID()}.part`);
    let bytes = 0;
    const counted = new Transform({
      transform(piece: Uint8Array, _encoding, done) {
        bytes += piece.byteLength;
        done(bytes > maxBytes ? tooLarge(maxBytes) : null, piece);
      },
    });
    try {
      const file = createWriteStream(path, { flags: "wx", mode: 0o600, highWaterMark: pieceBytes });
      await pipeline(Readable.from(content, { objectMode: false, highWaterMark: pieceBytes }), counted, file);
      return await use({ bytes, read: () => createReadStream(path, { highWaterMark: pieceBytes }) });
    } finally {
      await rm(path, { force: true });
    }
  };
}

const tooLarge = (maxBytes: number): UserError =>
  new UserError(`The file is larger than the ${Math.floor(maxBytes / mebi)} MiB I can send.`, {
    next: "Take fewer columns with `--cols` or fewer rows with `--grep`, or let MaxCompute write it to a table.",
  });
