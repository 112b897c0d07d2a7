// What can go wrong with one request to DynamoDB, and which of it does.
import { createHash } from "node:crypto";

export const troubles = {
  /** Not applied: too much asked of the table, or of the account. */
  throttled: 0.05,
  limited: 0.03,
  /** Not applied: error 500. */
  failed: 0.06,
  /** Not applied: the connection is cut. */
  cut: 0.06,
  /** Applied, and the connection is cut before, or in the middle of, the answer. */
  lost: 0.1,
  half: 0.05,
  /** Applied, and yet an error 500. */
  broken: 0.06,
  /** Applied twice by something on the way, and the second answer is given. */
  twice: 0.06,
  /** Applied, and answered after a while: later than what was asked later. */
  slow: 0.08,
  /** Applied, and never answered. Only on demand, because somebody has to wait for it. */
  stuck: 0,
} as const;

export type Trouble = keyof typeof troubles;

/** A number in [0, 1) that depends on nothing but these parts. */
export function chance(...parts: readonly (string | number)[]): number {
  return createHash("sha256").update(parts.join("\n")).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * Which trouble befalls a request. It depends on the seed, the request's text and how often that text was seen, not on the order
 * in which simultaneous requests happen to arrive: the same seed makes the same trouble again.
 */
export function troubleOf(seed: number, body: string, seenBefore: number): Trouble | undefined {
  let left = chance(seed, body, seenBefore);
  for (const [trouble, share] of Object.entries(troubles) as [Trouble, number][]) {
    if (left < share) return trouble;
    left -= share;
  }
  return undefined;
}
