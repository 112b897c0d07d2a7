import type { Hot } from "../hot.ts";
import { inLanes } from "../lanes.ts";
import { holds, rangeOf } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { seconds } from "../time.ts";
import { instanceOf, type Place } from "../watch.ts";
import type { Desks } from "./desks.ts";
import { follow } from "./follow.ts";
import { outageIdOf } from "./outages.ts";
import { publish } from "./publish.ts";
import { mayGoOn, type Shift } from "./shift.ts";
import { commitAndTell } from "./tell.ts";
import { leaseMs } from "./tick.ts";

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

/** Works on some of a group without waiting for its turn, as soon as nobody else works on it. Without time it is left to the scan. */
export async function followNow(haste: Haste, place: Place, asked: Asked): Promise<void> {
  const { ports, now, until, pause, desks } = haste;
  const [first] = [...asked.look.map(({ instanceId }) => instanceId), ...asked.tell.map(instanceOf)];
  if (first === undefined) return;
  for (; mayGoOn(haste); await pause(leaseEveryMs)) {
    // Only a group that is due can be leased; one that another has is due again when that is done.
    const scanId = await ports.groups.wake({ ...place, instanceId: first }, now());
    const at = now();
    const leased = await ports.groups.lease(scanId, at, at + leaseMs);
    if (leased === undefined) continue;
    const { mine, others } = shareOf(scanId, asked);
    const { group, lease } = leased;
    try {
      await followEach({ ports, now, lease, desks, until: Math.min(until, lease.until) }, place, mine);
    } finally {
      await ports.groups.release(lease, { nextScanAt: now() + scanAgainMs, memory: group.memory });
    }
    return followNow(haste, place, others);
  }
}

/** What of it is in the group, or the part, with this id. */
function shareOf(scanId: string, { look, tell }: Asked): { readonly mine: Asked; readonly others: Asked } {
  const range = rangeOf(scanId);
  const isMine = ({ instanceId }: Hot) => holds(range, instanceId);
  const isOurs = (watchId: string) => holds(range, instanceOf(watchId));
  return {
    mine: { look: look.filter(isMine), tell: tell.filter(isOurs) },
    others: { look: look.filter((each) => !isMine(each)), tell: tell.filter((id) => !isOurs(id)) },
  };
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
