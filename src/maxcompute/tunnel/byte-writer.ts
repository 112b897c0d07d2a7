import { digitCount, putTwo } from "./digit-pairs.ts";
import { putShortest, roundNear } from "./shortest-double.ts";

const zero = 48;
const minus = 45;
const point = 46;

/** Below this, every whole number and every number of six decimals is told apart by a double. */
const exactBelow = 1e15;
const decimals = 1e6;

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView => new DataView(buffer, byteOffset, byteLength);

/** Bytes being written, with the numbers of a result as text. A class with plain fields, because it runs once a cell. */
export class ByteWriter {
  bytes: Buffer;
  /** The same bytes. */
  view: DataView;
  at = 0;
  /** Where the last whole row ends. */
  ended = 0;
  /** What comes before was handed out. */
  private taken = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.bytes);
  }

  /** Makes sure that `count` more bytes fit. */
  ensure(count: number): void {
    if (this.at + count > this.bytes.byteLength) this.grow(count);
  }

  private grow(count: number): void {
    const length = this.at - this.taken;
    this.moveTo(Math.max(this.bytes.byteLength, 2 * length, length + count));
  }

  /** New memory, for what was not handed out. */
  private moveTo(size: number): void {
    const { bytes, taken, at } = this;
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.bytes);
    this.bytes.set(bytes.subarray(taken, at));
    this.at = at - taken;
    this.ended -= taken;
    this.taken = 0;
  }

  /** Hands out the whole rows. What follows goes behind them while there is room for as much again: new memory costs its size. */
  take(): Buffer {
    const rows = this.bytes.subarray(this.taken, this.ended);
    this.taken = this.ended;
    if (this.bytes.byteLength - this.at < rows.byteLength) this.moveTo(this.bytes.byteLength);
    return rows;
  }

  byte(byte: number): void {
    this.ensure(1);
    this.bytes[this.at++] = byte;
  }

  raw(bytes: Uint8Array): void {
    const { byteLength } = bytes;
    this.ensure(byteLength);
    // A native copy costs more than it saves for a few bytes.
    if (byteLength > 32) this.bytes.set(bytes, this.at);
    else for (let index = 0; index < byteLength; index += 1) this.bytes[this.at + index] = bytes[index] as number;
    this.at += byteLength;
  }

  ascii(text: string): void {
    this.ensure(text.length);
    for (let index = 0; index < text.length; index += 1) this.bytes[this.at++] = text.charCodeAt(index);
  }

  /** A whole number from 0 to 2^53, in at least `width` digits. */
  digits(value: number, width = 1): void {
    this.ensure(20);
    if (value < 1e9) {
      this.shortDigits(value, width);
      return;
    }
    const upper = Math.floor(value / 1e9);
    this.digits(upper, width - 9);
    this.shortDigits(value - upper * 1e9, 9);
  }

  /** Below 2^31, where division is the processor's own. */
  private shortDigits(value: number, width: number): void {
    const { bytes, view, at } = this;
    let left = value | 0;
    const count = Math.max(width, digitCount(left));
    let index = at + count - 1;
    for (; left >= 100; index -= 2) {
      const hundredth = (left / 100) | 0;
      putTwo(view, index - 1, left - hundredth * 100);
      left = hundredth;
    }
    for (; index >= at; index -= 1) {
      const tenth = (left / 10) | 0;
      bytes[index] = zero + left - tenth * 10;
      left = tenth;
    }
    this.at = at + count;
  }

  /** A whole number of at most 53 bits. */
  integer(value: number): void {
    this.ensure(21);
    if (value < 0) this.bytes[this.at++] = minus;
    this.digits(Math.abs(value));
  }

  /** A 64-bit integer from its halves. */
  int64(low: number, high: number): void {
    const value = high * 0x1_0000_0000 + (low >>> 0);
    this.ensure(21);
    if (value < 0) this.bytes[this.at++] = minus;
    // Two's complement; of the least number of all, 2^63 is left, which unsigned halves can hold.
    if (Number.isSafeInteger(value)) this.digits(Math.abs(value));
    else if (value >= 0) this.uint64(low >>> 0, high);
    else this.uint64(-low >>> 0, (~high + (low === 0 ? 1 : 0)) >>> 0);
  }

  /** Long division by 10^9 in steps that a double holds exactly. */
  private uint64(low: number, high: number): void {
    const quotient = Math.floor(high / 1e9);
    const middle = (high - quotient * 1e9) * 0x1_0000 + (low >>> 16);
    const middleQuotient = Math.floor(middle / 1e9);
    const rest = (middle - middleQuotient * 1e9) * 0x1_0000 + (low & 0xffff);
    const restQuotient = Math.floor(rest / 1e9);
    const upper = quotient * 0x1_0000_0000 + middleQuotient * 0x1_0000 + restQuotient;
    const lower = rest - restQuotient * 1e9;
    this.digits(upper);
    this.shortDigits(lower, 9);
  }

  /** A double in the fewest digits that tell it apart, as JavaScript has it, but for -0, which keeps its sign. */
  double(value: number): void {
    const size = Math.abs(value);
    const scaled = roundNear(size * decimals);
    const isShort = scaled < exactBelow && scaled / decimals === size;
    this.ensure(30);
    if (value < 0 || Object.is(value, -0)) this.bytes[this.at++] = minus;
    // Where the division gives the number back, its decimals are the shortest there are, since no other six tell it apart.
    if (!isShort && !(size < exactBelow && Number.isInteger(size))) {
      const end = putShortest(this.view, this.at, size);
      if (end === this.at) this.ascii(String(size));
      else this.at = end;
      return;
    }
    const whole = Math.floor(size);
    this.digits(whole);
    const fraction = isShort ? scaled - whole * decimals : 0;
    if (fraction !== 0) this.fraction(fraction, 6);
  }

  /** `.` and the digits of `fraction` out of `width`, without zeros at the end. */
  private fraction(fraction: number, width: number): void {
    this.bytes[this.at++] = point;
    this.shortDigits(fraction, width);
    while (this.bytes[this.at - 1] === zero) this.at -= 1;
  }
}
