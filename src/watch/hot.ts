// Young watches and stops: whoever asked for one still looks at it, so its instance is waited for instead of being asked in its turn.
import { askedAt, hotMs } from "./cadence.ts";
import type { WatchRow } from "./row.ts";
import { isUnderWay, stopTakesMs } from "./stop.ts";

/** So many are waited for at once; the others are looked at in their turn. */
export const mostHot = 50;

/** An instance to be waited for, with its watches, and until when (epoch ms). */
export type Hot = {
  readonly instanceId: string;
  readonly watchIds: readonly string[];
  readonly until: number;
  /** By then (epoch ms) its stop has taken effect, or not. */
  readonly stopsBy?: number;
};

/** The instances of a group that are worth waiting for, the youngest first. */
export function hotOf(rows: readonly WatchRow[], now: number): readonly Hot[] {
  const found = new Map<string, Hot>();
  for (const row of rows) {
    const { id, instanceId, state, trouble, stop } = row;
    const until = askedAt(row) + hotMs;
    // One that does not show itself is no sooner seen by waiting.
    if (state === "done" || trouble !== undefined || now >= until) continue;
    const known = found.get(instanceId);
    found.set(instanceId, {
      instanceId,
      watchIds: [...(known?.watchIds ?? []), id],
      until: Math.max(known?.until ?? until, until),
      ...stopsBy(known, stop, now),
    });
  }
  return [...found.values()].sort((a, b) => b.until - a.until);
}

/** Somebody waits for the next look: the first at a watch, or the one after a stop. */
export const isAwaited = ({ state, ruleAt }: Pick<WatchRow, "state" | "ruleAt">, now: number): boolean =>
  state === "opening" || (ruleAt !== undefined && ruleAt <= now);

/** The first moment that is still to come, of all its watches. */
function stopsBy(known: Hot | undefined, stop: WatchRow["stop"], now: number): Pick<Hot, "stopsBy"> {
  const moments = [known?.stopsBy, ...(stop !== undefined && isUnderWay(stop, now) ? [stop.at + stopTakesMs] : [])];
  const next = Math.min(...moments.filter((at) => at !== undefined));
  return Number.isFinite(next) ? { stopsBy: next } : {};
}

/** Young instances for which there is no room among those that are waited for: they are looked at by the minute, as old ones are. */
export const coldOf = (rows: readonly WatchRow[], now: number): ReadonlySet<string> =>
  new Set(
    hotOf(rows, now)
      .slice(mostHot)
      .map(({ instanceId }) => instanceId),
  );
