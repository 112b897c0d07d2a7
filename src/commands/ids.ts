import { createHash } from "node:crypto";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: nothing that a tired reader takes for something else

/** `length` characters that stand for `text`: the same text gives the same characters. 5 bits a character. */
export function shortHash(text: string, length: number): string {
  const digest = createHash("sha256").update(text).digest();
  return Array.from({ length }, (_, index) => alphabet[(digest[index] ?? 0) % 32]).join("");
}

/**
 * The id of a request, from what the platform repeats when it delivers the same thing twice: a trigger id, a message's
 * timestamp, an intent. So a repeated delivery is the same request. Shown to people, hence short: 40 bits.
 */
export const requestIdOf = (delivery: string): string => `E-${shortHash(delivery, 8)}`;
