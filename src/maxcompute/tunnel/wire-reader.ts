import { MalformedBody } from "../malformed-body.ts";
import { addByte, addBytes, addInt32, addInt64, crc32cTable } from "./crc32c.ts";

/** Thrown when the bytes at hand end within a value. It carries nothing, so that throwing it for every chunk costs nothing. */
export const outOfBytes: unique symbol = Symbol("the bytes at hand end here");

/** The parts of all lists in a record: each takes a byte of the stream, but many times that of memory. */
const maxParts = 4_000_000;

/**
 * Reads the values of a record stream (protocol section 13.1) off the bytes at hand, and keeps the record's CRC while it does.
 * A class with plain fields, because it runs once a cell: a million rows are ten million calls. 64-bit integers come as two halves.
 */
export class WireReader {
  bytes: Buffer = Buffer.alloc(0);
  /** The same bytes. */
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  end = 0;
  /** The CRC of the record so far, inverted. */
  crc = -1;
  /** Halves of the integer read last, int32 each. */
  low = 0;
  high = 0;
  /** How far the bytes have to reach for the value that ran out of them; an index like `at`. */
  needs = 0;
  /** Parts of the record's lists so far. */
  parts = 0;
  /** Where the record being read began. */
  start = 0;
  /** Records whose end was reached, and the CRC of their CRCs, inverted. */
  records = 0;
  checksums = -1;
  readonly maxLength: number;
  readonly table: Int32Array = crc32cTable();

  constructor(maxLength: number) {
    this.maxLength = maxLength;
  }

  /** Reads from these bytes from now on. */
  use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Refuses to go on unless `count` more bytes are there. */
  require(count: number): void {
    if (this.end - this.at >= count) return;
    this.needs = this.at + count;
    throw outOfBytes;
  }

  byte(): number {
    if (this.at >= this.end) this.require(1);
    return this.bytes[this.at++] as number;
  }

  /** A varint of at most 32 bits, as int32; nothing of it enters the CRC. */
  uint32(): number {
    const { bytes, at, end } = this;
    let value = 0;
    let index = at;
    for (let shift = 0; shift < 35; shift += 7) {
      if (index >= end) this.require(index - at + 1);
      const next = bytes[index++] as number;
      value |= (next & 127) << shift;
      if (next < 128 && (shift < 28 || next < 16)) {
        this.at = index;
        return value;
      }
    }
    throw new MalformedBody("a number of more than 32 bits");
  }

  /** A length or a count, which is held against what may be: a claim alone must not cost memory. */
  length(): number {
    const length = this.uint32() >>> 0;
    if (length > this.maxLength) throw new TooLong(`a value of more than ${this.maxLength} bytes`);
    return length;
  }

  /** What a list claims to hold. */
  count(): number {
    const count = this.length();
    this.parts += count;
    if (this.parts > maxParts) throw new TooLong(`a value of more than ${maxParts} parts`);
    return count;
  }

  private varint64(): void {
    const { bytes, at, end } = this;
    let low = 0;
    let high = 0;
    let index = at;
    for (let shift = 0; shift < 70; shift += 7) {
      if (index >= end) this.require(index - at + 1);
      const next = bytes[index++] as number;
      const bits = next & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift > 28) high |= bits << (shift - 32);
      else {
        low |= bits << 28;
        high = bits >>> 4;
      }
      if (next < 128 && (shift < 63 || next < 2)) {
        this.at = index;
        this.low = low;
        this.high = high;
        return;
      }
    }
    throw new MalformedBody("a number of more than 64 bits");
  }

  /** A zigzag varint into `low` and `high`; nothing of it enters the CRC. */
  zigzag64(): void {
    if (this.at < this.end) {
      const first = this.bytes[this.at] as number;
      if (first < 128) {
        this.at += 1;
        this.high = -(first & 1);
        this.low = (first >>> 1) ^ this.high;
        return;
      }
    }
    this.varint64();
    const { low, high } = this;
    const sign = -(low & 1);
    this.low = ((low >>> 1) | (high << 31)) ^ sign;
    this.high = (high >>> 1) ^ sign;
  }

  /** A 64-bit integer of the record into `low` and `high`. */
  sint64(): void {
    this.zigzag64();
    this.crc = addInt64(this.table, this.crc, this.low, this.high);
  }

  /** What `low` and `high` are together, when a number can hold it; throws MalformedBody when not. */
  safeInteger(): number {
    const value = this.high * 0x1_0000_0000 + (this.low >>> 0);
    if (!Number.isSafeInteger(value)) throw new MalformedBody("a number beyond its type");
    return value;
  }

  sint32(): number {
    this.zigzag64();
    if (this.high !== this.low >> 31) throw new MalformedBody("a number of more than 32 bits");
    this.crc = addInt32(this.table, this.crc, this.low);
    return this.low;
  }

  boolean(): boolean {
    const byte = this.flag();
    this.crc = addByte(this.table, this.crc, byte);
    return byte === 1;
  }

  /** 0 or 1, outside the CRC: whether a nested value is NULL. */
  flag(): number {
    const byte = this.byte();
    if (byte > 1) throw new MalformedBody("a flag that is neither yes nor no");
    return byte;
  }

  double(): number {
    this.require(8);
    const { view, at } = this;
    this.at = at + 8;
    this.crc = addInt64(this.table, this.crc, view.getInt32(at, true), view.getInt32(at + 4, true));
    return view.getFloat64(at, true);
  }

  float(): number {
    this.require(4);
    const { view, at } = this;
    this.at = at + 4;
    this.crc = addInt32(this.table, this.crc, view.getInt32(at, true));
    return view.getFloat32(at, true);
  }

  /** Passes over a length and its bytes, and returns where they began; they end at `at`. */
  span(): number {
    const length = this.length();
    this.require(length);
    const from = this.at;
    this.at += length;
    this.crc = addBytes(this.table, this.crc, this.view, from, this.at);
    return from;
  }

  /** A whole record, of this CRC, ends here. */
  endRecord(checksum: number): void {
    this.checksums = addInt32(this.table, this.checksums, checksum);
    this.records += 1;
    this.start = this.at;
  }

  /** Puts the number of a field into the CRC. */
  addFieldNumber(number: number): void {
    this.crc = addInt32(this.table, this.crc, number);
  }
}

/** A value of more than this client reads; the client turns it into a MaxComputeError of kind "too-large". */
export class TooLong extends Error {
  override readonly name = "TooLong";
}
