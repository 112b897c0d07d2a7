import { addInt32, addInt64 } from "./crc32c.ts";

const ones = 0x0101_0101;
const spaces = 0x2020_2020;
const quotes = 0x2222_2222;
const commas = 0x2c2c_2c2c;
const highBits = 0x8080_8080 | 0;

/**
 * The highest bit of each byte that is a control character, `"` or `,`; and now and then of others too. Subtracting borrows into that bit
 * where a byte is less than what is taken from it: of the bytes themselves control characters, of differences those that are zero.
 */
const marksOf = (word: number): number => {
  const quoted = word ^ quotes;
  const separated = word ^ commas;
  return ((quoted - ones) & ~quoted) | ((separated - ones) & ~separated) | ((word - spaces) & ~word);
};

/** Copies texts in whole words and puts them into a CRC on the way: a loop over the bytes, and one over the rest, cost more than the words. */
export class PlainText {
  private readonly table: Int32Array;
  private marks = 0;
  /** All words, one over the other. */
  private all = 0;

  constructor(table: Int32Array) {
    this.table = table;
  }

  /** Returns the CRC. `length` is at least 1; up to three bytes more are read and written. */
  copy(state: number, source: DataView, from: number, target: DataView, to: number, length: number): number {
    const { table } = this;
    let crc = state;
    let marks = 0;
    let all = 0;
    let at = from;
    let left = length;
    let out = to;
    for (; left > 8; left -= 8) {
      const low = source.getInt32(at, true);
      const high = source.getInt32(at + 4, true);
      target.setInt32(out, low, true);
      target.setInt32(out + 4, high, true);
      marks |= marksOf(low) | marksOf(high);
      all |= low | high;
      crc = addInt64(table, crc, low, high);
      at += 8;
      out += 8;
    }
    if (left > 4) {
      const word = source.getInt32(at, true);
      target.setInt32(out, word, true);
      marks |= marksOf(word);
      all |= word;
      crc = addInt32(table, crc, word);
      at += 4;
      out += 4;
      left -= 4;
    }
    // One to four bytes, moved up so that zeros, which add nothing, stand for those before them.
    const unused = (4 - left) << 3;
    const word = source.getInt32(at, true);
    target.setInt32(out, word, true);
    const rest = word << unused;
    this.marks = marks | marksOf(rest | (spaces & ~(-1 << unused)));
    this.all = all | rest;
    return addInt32(table, 0, (crc << unused) ^ rest) ^ ((crc >>> (24 - unused)) >>> 8);
  }

  /** Whether nothing in the last one asks for quotes. Now and then this is denied of one that has nothing of the kind. */
  isUnquoted(): boolean {
    return (this.marks & highBits) === 0;
  }

  isAscii(): boolean {
    return (this.all & highBits) === 0;
  }
}
