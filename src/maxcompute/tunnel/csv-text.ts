import type { ByteWriter } from "./byte-writer.ts";
import { isNumberText } from "./number-text.ts";
import { isUtf8Text } from "./utf8.ts";

// A field of RFC 4180, in bytes: quoted where it has to be, and guarded with an apostrophe where a spreadsheet would run it as a formula.

const quote = 34;
const apostrophe = 39;

const needsQuotes = 1;
const isNotAscii = 2;

/** What each byte asks for, in flags. */
const classes = new Uint8Array(256).map((_, byte) => {
  if (byte > 127) return isNotAscii;
  return '",\r\n'.includes(String.fromCharCode(byte)) ? needsQuotes : 0;
});

/** Bytes with which a formula begins. */
const starters = new Uint8Array(256).map((_, byte) => ("=+-@\t\r".includes(String.fromCharCode(byte)) ? 1 : 0));

export const startsFormula = (byte: number): boolean => starters[byte] === 1;

/** Longer ones are formulas, whatever they are made of. */
const maxNumberLength = 400;

const isNumber = (bytes: Buffer, from: number, to: number): boolean =>
  to - from <= maxNumberLength && isNumberText(bytes, from, to);

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Writes what is in `source` from `from` to `to`, all of it in quotes, with those inside doubled. */
const writeQuoted = (out: ByteWriter, source: Uint8Array, from: number, to: number, isGuarded: boolean) => {
  out.ensure(2 * (to - from) + 3);
  const { bytes } = out;
  let { at } = out;
  bytes[at++] = quote;
  if (isGuarded) bytes[at++] = apostrophe;
  for (let index = from; index < to; index += 1) {
    const byte = source[index] as number;
    if (byte === quote) bytes[at++] = quote;
    bytes[at++] = byte;
  }
  bytes[at++] = quote;
  out.at = at;
};

/** The text stands where it is to be, but for the apostrophe. */
const guard = (out: ByteWriter, length: number) => {
  const { bytes, at } = out;
  bytes.copyWithin(at + 1, at, at + length);
  bytes[at] = apostrophe;
  out.at = at + length + 1;
};

/**
 * Writes a text's bytes as a field; an empty text is `""`, since nothing at all is NULL. Bytes that are no UTF-8, which a string of
 * MaxCompute's may hold, become U+FFFD: what we write is UTF-8.
 */
export function writeText(out: ByteWriter, source: Buffer, from: number, to: number): void {
  out.ensure(to - from + 2);
  const { bytes, at: began } = out;
  let at = began;
  let flags = 0;
  for (let index = from; index < to; index += 1) {
    const byte = source[index] as number;
    bytes[at++] = byte;
    flags |= classes[byte] as number;
  }
  const isGuarded = starters[source[from] as number] === 1 && from < to && !isNumber(source, from, to);
  if ((flags & isNotAscii) !== 0 && !isUtf8Text(source, from, to)) writeTextOf(out, utf8.decode(source.subarray(from, to)));
  else if ((flags & needsQuotes) !== 0 || from === to) writeQuoted(out, source, from, to, isGuarded);
  else if (isGuarded) guard(out, to - from);
  else out.at = at;
}

/** The same from a string. */
export function writeTextOf(out: ByteWriter, text: string): void {
  const bytes = Buffer.from(text);
  writeText(out, bytes, 0, bytes.byteLength);
}
