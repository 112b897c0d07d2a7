// When what ends, and since when it is watched. Nothing is left to chance: two runs are the same but for the machine.
import type { Life } from "./orders.ts";

export const instances = 100;
/** End at the same moment. */
const together = 4;
const betweenMs = 8_000;
/** A watch is between so old and so much older when its instance ends: young, and most of them saw a minute begin. */
const shortestMs = 20_000;
const spreadMs = 110_000;
/** Nobody starts twenty watches at once. */
const firstAfterMs = shortestMs + spreadMs;

export type Planned = Pick<Life, "scenario"> & {
  /** From the beginning, ms. */
  readonly endsAtMs: number;
  readonly watchedFromMs: number;
  /** The how manieth channel. */
  readonly channel: number;
};

/** In the order in which they are watched. */
export function plan(channels: number): readonly Planned[] {
  const all = Array.from({ length: instances }, (_, index): Planned => {
    const endsAtMs = firstAfterMs + Math.floor(index / together) * betweenMs;
    const ageMs = shortestMs + ((index * 37_000) % spreadMs);
    return {
      scenario: index % 2 === 0 ? "short" : "failing",
      endsAtMs,
      watchedFromMs: endsAtMs - ageMs,
      channel: index % channels,
    };
  });
  return all.toSorted((a, b) => a.watchedFromMs - b.watchedFromMs);
}

/** How many are watched at once, at most. */
export const mostAtOnce = (planned: readonly Planned[]): number =>
  Math.max(
    ...planned.map(({ watchedFromMs: at }) => planned.filter((one) => one.watchedFromMs <= at && at < one.endsAtMs).length),
  );
