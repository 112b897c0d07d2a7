import { isUtf8 } from "node:buffer";

/** Longer ones are worth the way to the native check. */
const shortLength = 64;

const isContinuation = (byte: number | undefined): boolean => ((byte as number) & 0xc0) === 0x80;

/** How many bytes the character at `at` takes; 0 when it is none (Unicode 3.9, table 3-7). */
const characterLength = (bytes: Buffer, at: number): number => {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const second = bytes[at + 1];
  if (first < 0xc2 || !isContinuation(second)) return 0;
  if (first < 0xe0) return 2;
  if (!isContinuation(bytes[at + 2])) return 0;
  const lead = (first << 8) | (second as number);
  // Not in more bytes than it needs, and no surrogate.
  if (first < 0xf0) return lead < 0xe0a0 || (lead >= 0xeda0 && lead < 0xee00) ? 0 : 3;
  return lead < 0xf090 || lead > 0xf48f || !isContinuation(bytes[at + 3]) ? 0 : 4;
};

/** Whether the bytes from `from` to `to` are UTF-8. */
export function isUtf8Text(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > shortLength) return isUtf8(bytes.subarray(from, to));
  let at = from;
  while (at < to) {
    const length = characterLength(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return at === to;
}
