import type { ByteWriter } from "./byte-writer.ts";
import { civilDate } from "./civil-date.ts";
import { putTwo } from "./digit-pairs.ts";

const daySeconds = 86_400;
const dayMs = daySeconds * 1000;

const minus = 45;
const colon = 58;
const space = 32;
const point = 46;

/** A sign, a year of sixteen digits, a month and a day. */
const longestDate = 24;
const clockLength = 9;

/** A writer's times: `2026-11-22 10:20:30`, in UTC. Remembers the day written last, since neighbouring rows often share it. */
export class TimeWriter {
  private readonly out: ByteWriter;
  private lastDays = Number.NaN;
  private lastDayMs = Number.NaN;
  private readonly lastDate = new DataView(new ArrayBuffer(longestDate));
  private lastLength = 0;

  constructor(out: ByteWriter) {
    this.out = out;
  }

  date(days: number): void {
    if (days !== this.lastDays) this.newDate(days);
    else this.repeatDate();
  }

  private newDate(days: number): void {
    const { out } = this;
    const { year, month, day } = civilDate(days);
    out.ensure(40);
    const from = out.at;
    if (year < 0) out.byte(minus);
    out.digits(Math.abs(year), 4);
    out.byte(minus);
    out.digits(month, 2);
    out.byte(minus);
    out.digits(day, 2);
    this.lastDays = days;
    this.lastDayMs = days * dayMs;
    this.lastLength = out.at - from;
    for (let index = 0; index < this.lastLength; index += 1) this.lastDate.setUint8(index, out.view.getUint8(from + index));
  }

  private repeatDate(): void {
    const { out, lastDate, lastLength } = this;
    out.ensure(longestDate);
    for (let index = 0; index < lastLength; index += 4) out.view.setInt32(out.at + index, lastDate.getInt32(index));
    out.at += lastLength;
  }

  /** Milliseconds, whose three digits stand only where there are any. */
  datetime(epochMs: number): void {
    const sinceLast = epochMs - this.lastDayMs;
    if (sinceLast >= 0 && sinceLast < dayMs) this.repeatDate();
    else this.newDate(Math.floor(epochMs / dayMs));
    const ms = (epochMs - this.lastDayMs) | 0;
    const seconds = (ms / 1000) | 0;
    this.clock(seconds);
    this.fraction(ms - seconds * 1000, 3);
  }

  /** Nanoseconds, in three, six or nine digits, where there are any. */
  timestamp(epochSeconds: number, nanos: number): void {
    const days = Math.floor(epochSeconds / daySeconds);
    this.date(days);
    this.clock(epochSeconds - days * daySeconds);
    this.nanos(nanos);
  }

  /** `1 02:03:04`: days, then the time of day; a sign stands for the whole, which is the sum of both parts. */
  dayTime(seconds: number, nanos: number): void {
    const { out } = this;
    // Parts of different signs: a second of the one is a thousand million of the other.
    const carry = seconds < 0 && nanos > 0 ? 1 : seconds > 0 && nanos < 0 ? -1 : 0;
    const left = nanos - carry * 1_000_000_000;
    if (seconds < 0 || left < 0) out.byte(minus);
    const total = Math.abs(seconds + carry);
    const days = Math.floor(total / daySeconds);
    out.digits(days);
    this.clock(total - days * daySeconds);
    this.nanos(Math.abs(left));
  }

  /** `1-2`: years, then months. */
  yearMonth(months: number): void {
    const { out } = this;
    if (months < 0) out.byte(minus);
    const total = Math.abs(months);
    out.digits(Math.floor(total / 12));
    out.byte(minus);
    out.digits(total % 12);
  }

  /** ` 10:20:30` */
  private clock(secondOfDay: number): void {
    const { out } = this;
    out.ensure(clockLength);
    const { view, at } = out;
    const second = secondOfDay | 0;
    const minute = (second / 60) | 0;
    const hour = (minute / 60) | 0;
    view.setUint8(at, space);
    putTwo(view, at + 1, hour);
    view.setUint8(at + 3, colon);
    putTwo(view, at + 4, minute - hour * 60);
    view.setUint8(at + 6, colon);
    putTwo(view, at + 7, second - minute * 60);
    out.at = at + clockLength;
  }

  private nanos(nanos: number): void {
    if (nanos % 1_000_000 === 0) this.fraction(nanos / 1_000_000, 3);
    else if (nanos % 1000 === 0) this.fraction(nanos / 1000, 6);
    else this.fraction(nanos, 9);
  }

  private fraction(value: number, width: number): void {
    if (value === 0) return;
    this.out.byte(point);
    this.out.digits(value, width);
  }
}
