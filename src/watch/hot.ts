// Young watches and stops: whoever asked for one still looks at it, so its instance is waited for instead of being asked in its turn.
import { askedAt, hotMs } from "./cadence.ts";
import type { WatchRow } from "./row.ts";

/** So many are waited for at once; the others are looked at in their turn. */
export const mostHot = 50;

/** An instance to be waited for, with its watches, and until when (epoch ms). */
export type Hot = { readonly instanceId: string; readonly watchIds: readonly string[]; readonly until: number };

/** The instances of a group that are worth waiting for, the youngest first. */
export function hotOf(rows: readonly WatchRow[], now: number): readonly Hot[] {
  const found = new Map<string, Hot>();
  for (const row of rows) {
    const { id, instanceId, state, trouble } = row;
    const until = askedAt(row) + hotMs;
    // One that does not show itself is no sooner seen by waiting.
    if (state === "done" || trouble !== undefined || now >= until) continue;
    const known = found.get(instanceId);
    found.set(instanceId, {
      instanceId,
      watchIds: [...(known?.watchIds ?? []), id],
      until: Math.max(known?.until ?? until, until),
    });
  }
  return [...found.values()].sort((a, b) => b.until - a.until);
}

/** Young instances for which there is no room among those that are waited for: they are looked at by the minute, as old ones are. */
export const coldOf = (rows: readonly WatchRow[], now: number): ReadonlySet<string> =>
  new Set(
    hotOf(rows, now)
      .slice(mostHot)
      .map(({ instanceId }) => instanceId),
  );
