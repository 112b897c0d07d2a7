import { MaxComputeError } from "../../maxcompute/index.ts";
import { coldOf } from "../hot.ts";
import { inLanes } from "../lanes.ts";
import type { Observer } from "../observer.ts";
import type { Group } from "../ports.ts";
import type { WatchRow } from "../row.ts";
import { nextScanAt, planScan, type ScanMemory } from "../scan.ts";
import { minutes } from "../time.ts";
import { discover, report } from "./discovery.ts";
import { sayFarewells } from "./farewells.ts";
import { follow } from "./follow.ts";
import { isRefusal, listRunning } from "./list-running.ts";
import { mindOutage, outageIdOf } from "./outages.ts";
import { publish } from "./publish.ts";
import { readRows } from "./read-rows.ts";
import { mayGoOn, type Shift } from "./shift.ts";
import { commitAndTell } from "./tell.ts";

/** After so many looks without an answer, and none with one, the connection is down: the rest is not asked. */
const hopeless = 8;

/** An instance that only subscriptions wait for, as a scan sees it. */
const openRow = (id: string, startedAt: number): WatchRow => ({
  id,
  instanceId: id,
  channel: "",
  state: "active",
  startedAt,
  faceAt: startedAt,
  alone: false,
  hasOutbox: false,
});

/** Everything one group needs now. What there is no time for stays due. */
export async function scanGroup(shift: Shift, group: Group): Promise<void> {
  const { ports, now, lease } = shift;
  const at = now();
  const observer = ports.observer(group, shift.until);
  const outage = await ports.outages.get(outageIdOf(group));
  const subscribed = await ports.subscriptions.ofGroup(group.id);
  const subscriptions = await sayFarewells(shift, subscribed);
  const reached = { answered: false, reason: undefined as string | undefined };
  const silent = (error: MaxComputeError) => {
    reached.reason = error.code ?? error.kind;
  };
  const found = await discovered(shift, observer, group, subscriptions, silent);
  const rows = await readRows(ports.watches, lease.groupId);
  const watchesOf = new Map<string, string[]>();
  for (const { id, instanceId, state } of rows) {
    if (state !== "done") watchesOf.set(instanceId, [...(watchesOf.get(instanceId) ?? []), id]);
  }
  const open = new Set(found.open.map(({ id }) => id));
  // Nobody looks at these for progress: they are old from the beginning.
  const followed = found.open.filter(({ id }) => !watchesOf.has(id)).map(({ id }) => openRow(id, 0));
  const plan = planScan([...rows, ...followed], group.memory, at);
  const cold = coldOf(rows, at);

  await inLanes(plan.tell, async (id) => {
    const watch = mayGoOn(shift) ? await ports.watches.get(id) : undefined;
    if (watch !== undefined) await commitAndTell(shift, watch, { isChanged: false });
  });

  const listing = plan.vouch.length === 0 ? undefined : await listRunning(observer, plan.vouch);
  if (listing?.failure !== undefined && !isRefusal(listing.failure)) silent(listing.failure);
  if (listing?.isComplete === true) reached.answered = true;
  const absent = new Set(listing?.absent ?? []);
  const asks = rotate([...new Set([...found.ended, ...plan.ask, ...absent])], group.memory.resumeAt);
  let silences = reached.reason === undefined ? 0 : hopeless;
  let stoppedAt: string | undefined;
  await inLanes(asks, async (instanceId) => {
    if (!mayGoOn(shift)) {
      stoppedAt ??= instanceId;
      return;
    }
    if (!reached.answered && silences >= hopeless) return;
    const asked = {
      place: group,
      instanceId,
      watchIds: watchesOf.get(instanceId) ?? [],
      wasAbsent: listing?.isComplete === true && absent.has(instanceId),
      isCold: cold.has(instanceId),
    };
    const observation = await follow(shift, observer, asked, outage?.since);
    if (observation.kind === "unreachable") {
      silences += 1;
      reached.reason = observation.reason;
      return;
    }
    reached.answered = true;
    if (!open.has(instanceId) && !found.ended.includes(instanceId)) return;
    if (observation.kind === "seen" && observation.instance.status === "Terminated")
      await report(shift, observer, group, observation, subscriptions);
    if (observation.kind === "missing") await ports.discoveries.remove(lease, [instanceId]);
  });

  await mindOutage(shift, group, outage, reached, [...new Set(rows.map(({ channel }) => channel))]);
  await publish(shift);
  const hasRefused = listing?.failure !== undefined && isRefusal(listing.failure);
  const memory: ScanMemory = {
    pages: listing?.isComplete === true ? listing.pages : group.memory.pages,
    mayList: listing === undefined ? group.memory.mayList : listing.failure === undefined || !isRefusal(listing.failure),
    // Turns that were not taken come again.
    scannedAt: stoppedAt === undefined ? at : group.memory.scannedAt,
    listedAt: listing?.isComplete === true || hasRefused ? at : group.memory.listedAt,
    ...(stoppedAt === undefined ? {} : { resumeAt: stoppedAt }),
  };
  await ports.groups.release(lease, { ...dueAgain(rows, subscribed.length > 0, now(), stoppedAt !== undefined), memory });
}

async function discovered(
  shift: Shift,
  observer: Observer,
  group: Group,
  subscriptions: Parameters<typeof discover>[3],
  silent: (error: MaxComputeError) => void,
) {
  if (subscriptions.length === 0) return { open: [], ended: [] };
  try {
    return await discover(shift, observer, group, subscriptions);
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    if (!isRefusal(error)) silent(error);
    return { open: [], ended: [] };
  }
}

/** Where the scan before ran out of time this one begins, lest the last be always the last. */
function rotate(ids: readonly string[], from: string | undefined): readonly string[] {
  const start = from === undefined ? -1 : ids.indexOf(from);
  return start <= 0 ? ids : [...ids.slice(start), ...ids.slice(0, start)];
}

/** What is left is due at once; a group without anything to watch sleeps. A watch added meanwhile wakes it by itself. */
function dueAgain(rows: readonly WatchRow[], isSubscribed: boolean, now: number, isCut: boolean): { nextScanAt?: number } {
  if (isCut) return { nextScanAt: now };
  if (rows.length === 0) return isSubscribed ? { nextScanAt: now + minutes(1) } : {};
  const next = nextScanAt(rows, now);
  return { nextScanAt: isSubscribed ? Math.min(next, now + minutes(1)) : next };
}
