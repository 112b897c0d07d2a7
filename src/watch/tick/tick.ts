// One tick: whatever is due, within the time there is. Many may run at once; leases and conditional writes keep them apart.

import { inLanes } from "../lanes.ts";
import { leaseMs } from "../lease.ts";
import { groupOf, isPart } from "../parts.ts";
import type { Ports } from "../ports.ts";
import type { Listing, ShardRequest } from "../shard.ts";
import { openDesks } from "./desks.ts";
import { handOut } from "./hand-out.ts";
import { scanGroup } from "./scan-group.ts";
import { mayGoOn, type Shift } from "./shift.ts";
import { tellSummaries } from "./summaries.ts";

/** Groups at once; each asks MaxCompute several things at once. */
const groupsAtOnce = 2;

/** Works on due groups until there are none or the time (`deadline`, epoch ms) is up: what is left stays due. */
export async function tick(ports: Ports, now: () => number, deadline: number): Promise<void> {
  const time = { ports, now, until: deadline };
  const desks = openDesks(ports.channels);
  const work: Work = { ports, now, desks, deadline };
  try {
    for (let after: string | undefined; mayGoOn(time); ) {
      const page = await ports.groups.due(now(), after);
      const groups = [...Map.groupBy(page.items, groupOf).values()];
      await inLanes(groups, (ids) => workOnGroup(work, ids), groupsAtOnce);
      if (page.next === undefined) break;
      after = page.next;
    }
  } finally {
    await desks.close();
  }
  await tellSummaries(time);
  await restIfIdle(ports);
}

type Work = Pick<Shift, "ports" | "now" | "desks"> & { readonly deadline: number };

/** Works on the part that a tick handed out; over at `deadline` (epoch ms). */
export async function workOnShard(
  ports: Ports,
  now: () => number,
  deadline: number,
  { id, listing }: ShardRequest,
): Promise<void> {
  const desks = openDesks(ports.channels);
  try {
    await workOn({ ports, now, desks, deadline }, id, listing);
  } finally {
    await desks.close();
  }
}

/** A group, or those parts of it that are due. */
async function workOnGroup(work: Work, ids: readonly string[]): Promise<void> {
  const [whole = ""] = ids;
  if (!isPart(whole)) return workOn(work, whole);
  await handOut({ ...work, until: work.deadline }, ids, ({ id, listing }) => workOn(work, id, listing));
}

async function workOn({ ports, now, desks, deadline }: Work, groupId: string, listing?: Listing): Promise<void> {
  if (!mayGoOn({ now, until: deadline })) return;
  const at = now();
  const leased = await ports.groups.lease(groupId, at, at + leaseMs);
  if (leased === undefined) return;
  const { group, lease } = leased;
  await scanGroup({ ports, now, desks, lease, until: Math.min(deadline, lease.until) }, group, listing);
}

/**
 * Nothing to watch: the minute rule rests. Whoever came in between is found by asking once more, after it does; and where a death came
 * before that, by the heartbeat's tick, which finds something to watch and lets the rule go on.
 */
async function restIfIdle({ groups, schedule, channels }: Ports): Promise<void> {
  const isIdle = async () => !(await groups.anyAwake()) && (await channels.waiting(Number.MAX_SAFE_INTEGER)).length === 0;
  if (!(await isIdle())) return schedule.enable();
  await schedule.disable();
  if (!(await isIdle())) await schedule.enable();
}
