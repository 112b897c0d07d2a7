import type { Finding } from "../../view/index.ts";
import { formatDuration } from "../duration.ts";
import { broken, ok, warning } from "./checkup.ts";

/** What is known of the clock by which watched instances are followed. Times are epoch ms. */
export type Ticks = {
  readonly isOn: boolean;
  /** Something has to be followed. */
  readonly isWatching: boolean;
  /** Absent when none was seen. */
  readonly tickedAt: number | undefined;
};

export type TicksWords = {
  /** A tick that is older than the first may be missed, one that is older than the second is, ms. */
  readonly lateMs: number;
  readonly deadMs: number;
  /** What to do where it is off and must not be, and where it is on and nothing happens; a sentence each. */
  readonly switchOn: string;
  readonly look: string;
};

/** Whether what is watched is followed. */
export function judgeTicks(
  { isOn, isWatching, tickedAt }: Ticks,
  now: number,
  { lateMs, deadMs, switchOn, look }: TicksWords,
): Finding {
  const last = tickedAt === undefined ? "no tick was seen yet" : `the last tick was ${formatDuration(now - tickedAt)} ago`;
  if (!isOn)
    return isWatching ? broken(`off, although something is watched; ${last}`, switchOn) : ok("rests, for nothing is watched");
  const agoMs = tickedAt === undefined ? Number.NaN : now - tickedAt;
  if (agoMs > deadMs) return broken(`on, but ${last}`, look);
  // One that was switched on a moment ago has not ticked either.
  return agoMs <= lateMs ? ok(`on, and ${last}`) : warning(`on, but ${last}`, `Ask again in two minutes; if it lasts: ${look}`);
}
