import type { Hot } from "../hot.ts";
import { inLanes } from "../lanes.ts";
import { leaseMs } from "../lease.ts";
import type { Ports } from "../ports.ts";
import { seconds } from "../time.ts";
import { groupIdOf, type Place } from "../watch.ts";
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
const leaseEveryMs = 500;
/** The scan that this was put in front of comes soon, and decides when the next one is. */
const scanAgainMs = seconds(5);

/** Instances to be looked at, and ids of watches that have something to tell whatever MaxCompute says. */
export type Asked = { readonly look: readonly Hot[]; readonly tell: readonly string[] };

/** Works on a part of a group without waiting for its turn, as soon as nobody else works on it. Without time it is left to the scan. */
export async function followNow(haste: Haste, place: Place, asked: Asked): Promise<void> {
  const { ports, now, until, pause, desks } = haste;
  for (; mayGoOn(haste); await pause(leaseEveryMs)) {
    // Only a group that is due can be leased; one that another has is due again when that is done.
    await ports.groups.wake(place, now());
    const at = now();
    const leased = await ports.groups.lease(groupIdOf(place), at, at + leaseMs);
    if (leased === undefined) continue;
    const { group, lease } = leased;
    try {
      await followEach({ ports, now, lease, desks, until: Math.min(until, lease.until) }, place, asked);
    } finally {
      await ports.groups.release(lease, { nextScanAt: now() + scanAgainMs, memory: group.memory });
    }
    return;
  }
}

async function followEach(shift: Shift, place: Place, { look, tell }: Asked): Promise<void> {
  const { ports, until } = shift;
  const observer = ports.observer(place, until);
  const outage = await ports.outages.get(outageIdOf(place));
  await inLanes(tell, async (id) => {
    const watch = mayGoOn(shift) ? await ports.watches.get(id) : undefined;
    if (watch !== undefined) await commitAndTell(shift, watch, { isChanged: false });
  });
  await inLanes(look, async ({ instanceId, watchIds }) => {
    const watches = await Promise.all(watchIds.map((id) => ports.watches.get(id)));
    // Another told it while this one waited for the lease.
    const isOver = watches.every((watch) => watch === undefined || watch.state === "done");
    if (isOver || !mayGoOn(shift)) return;
    await follow(shift, observer, { place, instanceId, watchIds, wasAbsent: false }, outage?.since);
  });
  await publish(shift);
}
