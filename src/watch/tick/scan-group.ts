import { MaxComputeError } from "../../maxcompute/index.ts";
import { coldOf } from "../hot.ts";
import { inLanes } from "../lanes.ts";
import type { Observer } from "../observer.ts";
import { isPart, rangeOf, splitPoints } from "../parts.ts";
import type { Group } from "../ports.ts";
import type { WatchRow } from "../row.ts";
import { nextScanAt, planScan, type ScanMemory } from "../scan.ts";
import type { Listing } from "../shard.ts";
import { minutes, seconds } from "../time.ts";
import { groupIdOf } from "../watch.ts";
import { discover, report } from "./discovery.ts";
import { sayFarewells } from "./farewells.ts";
import { follow } from "./follow.ts";
import { isRefusal, listRunning, type Outlook, type RunningListing, reasonOf, vouchedBy } from "./list-running.ts";
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

/** Everything one group, or a part of one, needs now. What there is no time for stays due. A part does not list: it is given what it needs of one. */
export async function scanGroup(shift: Shift, group: Group, given: Listing = { kind: "own" }): Promise<void> {
  const { ports, now, lease } = shift;
  const at = now();
  const observer = ports.observer(group, shift.until);
  const outage = await ports.outages.get(outageIdOf(group));
  const subscribed = await ports.subscriptions.ofGroup(groupIdOf(group));
  // Of a group in parts one says farewell for all.
  const isFirst = rangeOf(group.id).from === undefined;
  const subscriptions = isFirst ? await sayFarewells(shift, subscribed) : subscribed.filter(({ closed }) => closed === undefined);
  const reached = { answered: false, reason: undefined as string | undefined };
  const silent = (error: MaxComputeError) => {
    reached.reason = reasonOf(error);
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

  const listing = await vouched(observer, given, plan.vouch, { at, pages: group.memory.pages });
  if (listing?.end.kind === "silent") reached.reason = listing.end.reason;
  const isComplete = listing?.end.kind === "complete";
  if (isComplete) reached.answered = true;
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
      wasAbsent: isComplete && absent.has(instanceId),
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
  const isPublished = await publish(shift);
  const memory: ScanMemory = {
    pages: listing !== undefined && isComplete ? listing.pages : group.memory.pages,
    mayList: listing === undefined ? group.memory.mayList : listing.end.kind !== "refused",
    // Turns that were not taken come again.
    scannedAt: stoppedAt === undefined ? at : group.memory.scannedAt,
    listedAt: listing === undefined || listing.end.kind === "silent" ? group.memory.listedAt : listing.at,
    ...(stoppedAt === undefined ? {} : { resumeAt: stoppedAt }),
    watches: rows.length,
  };
  const isLasting = subscribed.length > 0 || isPart(group.id) || !isPublished;
  await ports.groups.release(lease, {
    ...dueAgain(rows, isLasting, { at, now: now() }, stoppedAt !== undefined),
    memory,
    splitAt: splitPoints(rows.map(({ instanceId }) => instanceId)),
  });
}

async function vouched(
  observer: Observer,
  given: Listing,
  vouch: readonly string[],
  outlook: Outlook,
): Promise<RunningListing | undefined> {
  if (vouch.length === 0 || given.kind === "none") return undefined;
  // It was begun before the rows were read; but who came since is young, and asked.
  return given.kind === "own" ? listRunning(observer, vouch, outlook) : vouchedBy(given, vouch);
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

/** So much earlier than its cadence says: the minute rule fires anywhere in its minute, and the scan itself took time. */
const early = seconds(15);

/** What is left is due at once; a group without anything to watch or to publish sleeps. A watch added meanwhile wakes it by itself. */
function dueAgain(
  rows: readonly WatchRow[],
  isLasting: boolean,
  { at, now }: { readonly at: number; readonly now: number },
  isCut: boolean,
): { nextScanAt?: number } {
  if (isCut) return { nextScanAt: now };
  if (rows.length === 0) return isLasting ? { nextScanAt: at + minutes(1) - early } : {};
  const next = nextScanAt(rows, now);
  const wanted = isLasting ? Math.min(next, now + minutes(1)) : next;
  return { nextScanAt: wanted < now + minutes(1) ? wanted : Math.max(wanted - (now - at) - early, now + seconds(5)) };
}
