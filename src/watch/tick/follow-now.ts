import { type Hot, isAwaited } from "../hot.ts";
import { inLanes } from "../lanes.ts";
import { leaseMs } from "../lease.ts";
import { holds, rangeOf } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { rowOf } from "../row.ts";
import type { Place } from "../watch.ts";
import type { Desks } from "./desks.ts";
import { follow } from "./follow.ts";
import { outageIdOf } from "./outages.ts";
import { publish } from "./publish.ts";
import { mayGoOn, type Shift } from "./shift.ts";
import { commitAndTell } from "./tell.ts";

export type Haste = {
  readonly ports: Ports;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly desks: Desks;
  /** Epoch ms: nothing is begun that may not end by then. */
  readonly until: number;
};

/** Between two tries to get a lease that another has, ms. */
const leaseEveryMs = 250;
/** So many tries after one waking: whoever works here leaves the group due, but for a scan that began before it was woken. */
const triesAWake = 4;

/** Instances to be looked at, and ids of watches that have something to tell whatever MaxCompute says. */
export type Asked = {
  readonly look: readonly Hot[];
  readonly tell: readonly string[];
  /** Somebody waits for this look: whoever had it already needs no other. */
  readonly isFirst: boolean;
};

/** What is asked of a group, which may be worked on in parts; another may take of it meanwhile. */
export type Wanted = {
  /** An instance of what is left; undefined: nothing is. */
  next(): string | undefined;
  /** Takes what is left of these. */
  take(isMine: (instanceId: string) => boolean): Asked;
};

/**
 * Works on some of a group without waiting for its turn, as soon as nobody else works on it; what, is asked then. Gives back what it has
 * looked at: another may have come first. Without time it is left to the scan.
 */
export async function followNow(haste: Haste, place: Place, wanted: Wanted): Promise<readonly Hot[]> {
  const { ports, now, until, pause, desks } = haste;
  const looked: Hot[] = [];
  let scanId = "";
  for (let tries = 0; mayGoOn(haste); ) {
    const first = wanted.next();
    if (first === undefined) break;
    // Only a group that is due can be leased; one that another has is due again when that is done.
    if (tries % triesAWake === 0) scanId = await ports.groups.wake({ ...place, instanceId: first }, now());
    tries += 1;
    const at = now();
    const leased = await ports.groups.lease(scanId, at, at + leaseMs);
    if (leased === undefined) {
      await pause(leaseEveryMs);
      continue;
    }
    const { group, lease } = leased;
    const range = rangeOf(scanId);
    const mine = wanted.take((instanceId) => holds(range, instanceId));
    try {
      looked.push(...(await followEach({ ports, now, lease, desks, until: Math.min(until, lease.until) }, place, mine)));
    } finally {
      // The scan that this was put in front of decides when the next one is; and whoever waits here need not wake it first.
      await ports.groups.release(lease, { nextScanAt: now(), memory: group.memory });
    }
    tries = 0; // what is left is in another part
  }
  return looked;
}

async function followEach(shift: Shift, place: Place, { look, tell, isFirst }: Asked): Promise<readonly Hot[]> {
  const { ports, until } = shift;
  const observer = ports.observer(place, until);
  const outage = await ports.outages.get(outageIdOf(place));
  await inLanes(tell, async (id) => {
    const watch = mayGoOn(shift) ? await ports.watches.get(id) : undefined;
    if (watch !== undefined) await commitAndTell(shift, watch, { isChanged: false });
  });
  const looked = await inLanes(look, async (hot) => {
    const { instanceId, watchIds } = hot;
    const read = await Promise.all(watchIds.map((id) => ports.watches.get(id)));
    const watches = read.filter((watch) => watch !== undefined);
    // Another did it while this one waited for the lease, and may have had no time to tell it.
    const isWanted = watches.some((watch) => (isFirst ? isAwaited(rowOf(watch), shift.now()) : watch.state !== "done"));
    for (const watch of watches) {
      const isUntold = !isFirst && watch.state === "done" && watch.outbox.length > 0;
      if (isUntold && mayGoOn(shift)) await commitAndTell(shift, watch, { isChanged: false });
    }
    if (!isWanted || !mayGoOn(shift)) return [];
    await follow(shift, observer, { place, instanceId, watchIds, wasAbsent: false }, outage?.since);
    return [hot];
  });
  await publish(shift);
  return looked.flat();
}
