import type { ByteWriter } from "./byte-writer.ts";
import { addByte, addInt32, addInt64, crc32cTable } from "./crc32c.ts";
import { writeCell } from "./csv-cell.ts";
import { startsFormula, writeText } from "./csv-text.ts";
import { putSmall } from "./digit-pairs.ts";
import { PlainText } from "./plain-text.ts";
import type { ResultType } from "./result-type.ts";
import type { TimeWriter } from "./time-writer.ts";
import { isUtf8Text } from "./utf8.ts";
import type { WireReader } from "./wire-reader.ts";
import { wireTypeOf } from "./wire-type.ts";

// The types whose values are read here, as numbers that are quick to tell apart; 0 are all others, which `writeCell` reads.
const integer = 1;
const date = 2;
const datetime = 3;
const boolean = 4;
const double = 5;
const text = 6;

const codes: Partial<Record<ResultType["kind"], number>> = {
  integer,
  bigint: integer,
  date,
  datetime,
  boolean,
  double,
  text,
  decimal: text,
};

/** The tag of a record's end (protocol section 13.1) as it stands in the stream, and how many bytes it takes there. */
const endTag = 0x7fff_c080;
const endTagBytes = 4;

/** Of two bytes. */
const mostTag = 0x3fff;

/** More than a tag, a value that is no text and what ends the record take of the stream, and more than such a value takes of the CSV. */
const spareBytes = 32;
const spareRoom = 64;

/** Of the years 0000 to 9999, before which a sign stands that looks like a formula. */
const firstDay = -719_528;
const lastDay = 2_932_896;
const dayMs = 86_400_000;

/** `true` and `fals`. */
const trueBytes = 0x6575_7274;
const falsBytes = 0x736c_6166;
const letterE = 101;

const quote = 34;
const comma = 44;
const carriageReturn = 13;
const lineFeed = 10;

/**
 * Writes whole records as rows of a CSV as long as there is nothing unusual about them, and leaves all others to the decoder, which knows
 * what is wrong with them or that bytes are missing. What it writes is what `writeCell` would.
 */
export class CsvRows {
  private readonly types: readonly ResultType[];
  private readonly codes: Uint8Array;
  private readonly tags: Int32Array;
  private readonly out: ByteWriter;
  private readonly times: TimeWriter;
  private readonly nothing: Buffer;
  private readonly texts = new PlainText(crc32cTable());

  /** `nothing` stands for NULL. */
  constructor(types: readonly ResultType[], out: ByteWriter, times: TimeWriter, nothing: Buffer) {
    this.types = types;
    this.codes = Uint8Array.from(types, ({ kind }) => codes[kind] ?? 0);
    // A type that may come in several ways has a tag that never comes, 0: its records are the decoder's.
    this.tags = Int32Array.from(types, (type, index) => tagOf(type, index + 1));
    this.out = out;
    this.times = times;
    this.nothing = nothing;
  }

  /**
   * Reads `most` records at most from where `reader` is; its `endRecord`, and the writer's `ended`, tell how many there were. Everything
   * is in one function and in its variables: as calls and fields that change with every value, the same took twice as long.
   */
  read(reader: WireReader, most: number): void {
    const { types, codes, tags, out, times, texts } = this;
    const { bytes, view, table } = reader;
    const lastStart = reader.end - spareBytes;
    let { at } = reader;
    let { bytes: target, view: targetView, at: to } = out;
    for (let record = 0; record < most; record += 1) {
      let crc = -1;
      let last = 0;
      reader.parts = 0;
      for (;;) {
        if (at > lastStart) return;
        let tag = bytes[at] as number;
        if (tag < 128) at += 1;
        else if (view.getInt32(at, true) === endTag) break;
        else {
          tag = (tag & 127) | ((bytes[at + 1] as number) << 7);
          if (tag > mostTag) return;
          at += 2;
        }
        const number = tag >>> 3;
        if (number <= last || number > tags.length || tags[number - 1] !== tag) return;
        crc = addInt32(table, crc, number);
        if (number > last + 1 || to + spareRoom > target.byteLength) {
          out.at = to;
          this.writeNulls(last, number - 1);
          out.ensure(spareRoom);
          ({ bytes: target, view: targetView, at: to } = out);
        }
        if (number > 1) target[to++] = comma;
        last = number;

        const code = codes[number - 1] as number;
        const from = at;
        let isDone = false;
        if (code === text) {
          let length = bytes[at++] as number;
          if (length > 127) {
            length = (length & 127) | ((bytes[at++] as number) << 7);
            if (length > 0x3fff) length = (length & 0x3fff) | ((bytes[at++] as number) << 14);
            if (length > 0x1f_ffff) return;
          }
          if (length > lastStart - at || length > reader.maxLength) return;
          if (to + length + spareRoom > target.byteLength) {
            out.at = to;
            out.ensure(length + spareRoom);
            ({ bytes: target, view: targetView, at: to } = out);
          }
          if (length === 0) {
            target[to++] = quote;
            target[to++] = quote;
          } else {
            crc = texts.copy(crc, view, at, targetView, to, length);
            const isPlain = texts.isUnquoted() && !startsFormula(bytes[at] as number);
            if (isPlain && (texts.isAscii() || isUtf8Text(bytes, at, at + length))) to += length;
            else {
              out.at = to;
              writeText(out, bytes, at, at + length);
              ({ bytes: target, view: targetView, at: to } = out);
            }
          }
          at += length;
          isDone = true;
        } else if (code === double) {
          const value = view.getFloat64(at, true);
          if (Number.isFinite(value)) {
            crc = addInt64(table, crc, view.getInt32(at, true), view.getInt32(at + 4, true));
            at += 8;
            out.at = to;
            out.double(value);
            to = out.at;
            isDone = true;
          }
        } else if (code === boolean) {
          const byte = bytes[at++] as number;
          if (byte > 1) return;
          crc = addByte(table, crc, byte);
          targetView.setInt32(to, byte === 1 ? trueBytes : falsBytes, true);
          target[to + 4] = letterE;
          to += byte === 1 ? 4 : 5;
          isDone = true;
        } else if (code !== 0) {
          // A zigzag varint of eight bytes at most, as two numbers of 28 bits; longer ones are beyond 2^53.
          let byte = bytes[at++] as number;
          let lower = byte & 127;
          let upper = 0;
          for (let shift = 7; byte > 127 && shift < 28; shift += 7) {
            byte = bytes[at++] as number;
            lower |= (byte & 127) << shift;
          }
          for (let shift = 0; byte > 127 && shift < 28; shift += 7) {
            byte = bytes[at++] as number;
            upper |= (byte & 127) << shift;
          }
          const sign = -(lower & 1);
          const low = ((lower >>> 1) | (upper << 27)) ^ sign;
          const high = (upper >>> 5) ^ sign;
          const value = high * 0x1_0000_0000 + (low >>> 0);
          const day = code === datetime ? value / dayMs : value;
          if (byte < 128 && (code === integer ? Number.isSafeInteger(value) : day >= firstDay && day < lastDay + 1)) {
            crc = addInt64(table, crc, low, high);
            if (code === integer && value > -1e8 && value < 1e8) to = putSmall(targetView, to, value | 0);
            else {
              out.at = to;
              if (code === integer) out.integer(value);
              else if (code === datetime) times.datetime(value);
              else times.date(value);
              to = out.at;
            }
            isDone = true;
          }
        }
        if (!isDone) {
          reader.at = from;
          reader.crc = crc;
          out.at = to;
          writeCell(reader, types[number - 1] as ResultType, out, times);
          ({ at, crc } = reader);
          ({ bytes: target, view: targetView, at: to } = out);
        }
      }

      reader.at = at + endTagBytes;
      if (reader.uint32() !== ~crc) return;
      ({ at } = reader);
      out.at = to;
      if (last < tags.length) this.writeNulls(last, tags.length);
      out.ensure(spareRoom);
      ({ bytes: target, view: targetView, at: to } = out);
      target[to++] = carriageReturn;
      target[to++] = lineFeed;
      out.at = to;
      out.ended = to;
      reader.endRecord(~crc);
    }
  }

  /** The columns from `from` up to `to`, counted from 0. */
  private writeNulls(from: number, to: number): void {
    for (let index = from; index < to; index += 1) {
      if (index > 0) this.out.byte(comma);
      this.out.raw(this.nothing);
    }
  }
}

function tagOf(type: ResultType, number: number): number {
  const wireType = wireTypeOf(type);
  return wireType === undefined ? 0 : (number << 3) | wireType;
}
