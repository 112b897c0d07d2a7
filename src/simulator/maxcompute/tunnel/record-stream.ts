import type { Table } from "../table.ts";
import { crcByte, crcEnd, crcInt, crcStart } from "./crc32c.ts";
import { type RecordPattern, recordPatterns } from "./record-pattern.ts";
import { endOfRecord, overallChecksum, recordCount, tag, varint, wireTypes, zigzag } from "./wire.ts";

export type RecordRange = {
  readonly table: Table;
  readonly start: number;
  readonly count: number;
  /** Indexes of the columns that are asked for. */
  readonly columns: readonly number[];
};

/** What a reply streams instead of a body. */
export type Records = { readonly range: RecordRange; readonly isDeflated: boolean };

/** How a stream is not what it should be. Rows count from the first of the range. */
export type StreamFlaw = {
  /** The row whose checksum is wrong. */
  readonly wrongRecord?: number;
  readonly footer?: "missing" | "wrong_checksum" | "wrong_count";
  /** Nothing follows after so many rows. */
  readonly rowsBeforeEnd?: number;
  /** Before this row, these bytes. */
  readonly insertion?: { readonly row: number; readonly bytes: Buffer };
};

const chunkBytes = 64 * 1024;
// Tag and number, tag of the record's end and checksum: a varint of 32 bits takes at most five bytes.
const overheadBytes = 20;
const endTag = tag(endOfRecord, wireTypes.varint);

/** Appends an unsigned 32-bit varint at `at`; returns where it ends. */
const putVarint = (target: Buffer, at: number, value: number): number => {
  let left = value;
  let next = at;
  for (; left > 0x7f; left >>>= 7) {
    target[next] = (left & 0x7f) | 0x80;
    next += 1;
  }
  target[next] = left;
  return next + 1;
};

const crcLong = (register: number, value: number): number => {
  const low = crcInt(register, value);
  return crcByte(crcByte(crcByte(crcByte(low, 0), 0), 0), 0);
};

const footer = (rows: number, register: number, flaw: StreamFlaw): Buffer => {
  if (flaw.footer === "missing" || flaw.rowsBeforeEnd !== undefined) return Buffer.alloc(0);
  const count = flaw.footer === "wrong_count" ? rows + 1 : rows;
  const checksum = flaw.footer === "wrong_checksum" ? crcEnd(register ^ 1) : crcEnd(register);
  return Buffer.concat([
    tag(recordCount, wireTypes.varint),
    zigzag(count),
    tag(overallChecksum, wireTypes.varint),
    varint(checksum),
  ]);
};

const largest = (patterns: readonly RecordPattern[]): number =>
  Math.max(0, ...patterns.map(({ before, after }) => before.length + after.length)) + overheadBytes;

/**
 * The record stream of a range (protocol section 13.1), in chunks of about 64 KiB: as much is made as is taken, and of a row
 * only its number and its checksum.
 */
export function* recordStream(range: RecordRange, flaw: StreamFlaw = {}): Generator<Buffer> {
  const { table, start, count, columns } = range;
  const patterns = recordPatterns(table, columns);
  const numberedField = columns.indexOf(table.numbered ?? -1) + 1;
  const spare = largest(patterns);
  const rows = Math.min(count, flaw.rowsBeforeEnd ?? count);
  let overall = crcStart;
  let chunk = Buffer.allocUnsafe(chunkBytes + spare);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    const pattern = patterns[(start + row) % patterns.length];
    if (pattern === undefined) break;
    if (flaw.insertion?.row === row) {
      yield Buffer.concat([chunk.subarray(0, at), flaw.insertion.bytes]);
      at = 0;
      chunk = Buffer.allocUnsafe(chunkBytes + spare);
    }
    chunk.set(pattern.before, at);
    at += pattern.before.length;
    let register = pattern.register;
    if (numberedField > 0) {
      const number = start + row + 1;
      register = crcLong(crcInt(register, numberedField), number);
      at = putVarint(chunk, at, numberedField * 8 + wireTypes.varint);
      at = putVarint(chunk, at, number * 2);
    }
    register = pattern.skip(register) ^ pattern.constant;
    chunk.set(pattern.after, at);
    at += pattern.after.length;
    chunk.set(endTag, at);
    at += endTag.length;
    const checksum = crcEnd(register);
    at = putVarint(chunk, at, flaw.wrongRecord === row ? crcEnd(register ^ 1) : checksum);
    overall = crcInt(overall, checksum);
    if (at >= chunkBytes) {
      yield chunk.subarray(0, at);
      chunk = Buffer.allocUnsafe(chunkBytes + spare);
      at = 0;
    }
  }
  yield Buffer.concat([chunk.subarray(0, at), footer(rows, overall, flaw)]);
}
