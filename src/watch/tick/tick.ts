// One tick: whatever is due, within the time there is. Many may run at once; leases and conditional writes keep them apart.

import { inLanes } from "../lanes.ts";
import { leaseMs } from "../lease.ts";
import type { Ports } from "../ports.ts";
import { openDesks } from "./desks.ts";
import { scanGroup } from "./scan-group.ts";
import { mayGoOn, type Shift } from "./shift.ts";
import { tellSummaries } from "./summaries.ts";

/** Groups at once; each asks MaxCompute several things at once. */
const groupsAtOnce = 2;

/** Works on due groups until there are none or the time (`deadline`, epoch ms) is up: what is left stays due. */
export async function tick(ports: Ports, now: () => number, deadline: number): Promise<void> {
  const time = { ports, now, until: deadline };
  const desks = openDesks(ports.channels);
  try {
    for (let after: string | undefined; mayGoOn(time); ) {
      const page = await ports.groups.due(now(), after);
      await inLanes(page.items, (groupId) => workOn({ ports, now, desks, deadline }, groupId), groupsAtOnce);
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

async function workOn({ ports, now, desks, deadline }: Work, groupId: string): Promise<void> {
  if (!mayGoOn({ now, until: deadline })) return;
  const at = now();
  const leased = await ports.groups.lease(groupId, at, at + leaseMs);
  if (leased === undefined) return;
  const { group, lease } = leased;
  await scanGroup({ ports, now, desks, lease, until: Math.min(deadline, lease.until) }, group);
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
