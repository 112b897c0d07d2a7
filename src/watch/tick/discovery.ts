import { followersOf, type OpenInstance, reachOf, sortPage } from "../discover.ts";
import type { Seen } from "../observation.ts";
import type { Observer } from "../observer.ts";
import { holds, rangeOf } from "../parts.ts";
import { nextTimeOf } from "../quiet.ts";
import { endOf } from "../rules/end.ts";
import { sightOf } from "../sight.ts";
import type { FinishedFacts, Subscription } from "../subscription.ts";
import { matches } from "../subscription.ts";
import { minutes } from "../time.ts";
import { groupIdOf, newWatch, type Place, type Watch, watchIdOf } from "../watch.ts";
import { apply } from "./follow.ts";
import { mayGoOn, type Shift } from "./shift.ts";

/** Between two listings of what began. */
const between = minutes(1) - 15_000;

/** Every page, in one array of small items. */
async function readOpen({ ports: { discoveries } }: Shift, scanId: string): Promise<Map<string, OpenInstance>> {
  const open = new Map<string, OpenInstance>();
  for (let after: string | undefined; ; ) {
    const page = await discoveries.open(scanId, after);
    for (const each of page.items) open.set(each.id, each);
    if (page.next === undefined) return open;
    after = page.next;
  }
}

export type Discovered = {
  /** To be vouched for, or asked. */
  readonly open: readonly OpenInstance[];
  /** To be reported. */
  readonly ended: readonly string[];
};

/**
 * Lists what began since the cursor. The cursor moves only when the last page is stored: a death in between lists it again. Of a group that
 * is split the first part lists, and each has what is in it.
 */
export async function discover(
  shift: Shift,
  observer: Observer,
  place: Place,
  subscriptions: readonly Subscription[],
): Promise<Discovered> {
  const { discoveries } = shift.ports;
  const { lease } = shift;
  const range = rangeOf(lease.groupId);
  const isLister = range.from === undefined;
  const known = await readOpen(shift, isLister ? groupIdOf(place) : lease.groupId);
  const cursor = await discoveries.cursor(groupIdOf(place));
  const now = shift.now();
  const ended: string[] = [...known.values()].filter(({ isEnded }) => isEnded === "unreported").map(({ id }) => id);
  if (isLister && (cursor === undefined || now - cursor >= between)) {
    const reach = reachOf(cursor, subscriptions, now);
    for await (const page of observer.began(reach.from, reach.to)) {
      // What is known is being followed, or reported: also where a first run died before it could say how far it came.
      const unknown = page.filter(({ id }) => !known.has(id));
      const found = sortPage(unknown, subscriptions, reach);
      const over = found.ended.map((id): OpenInstance => ({ id, isEnded: "unreported", startTime: now }));
      const isNews = new Set(found.ended);
      const past = reach.reportsEnded ? [] : unknown.filter(({ id, status }) => status === "Terminated" && !isNews.has(id));
      const silent = past.map(({ id }): OpenInstance => ({ id, isEnded: "reported", startTime: now }));
      const fresh = [...found.open, ...over, ...silent];
      if (fresh.length > 0) await discoveries.upsert(lease, fresh);
      for (const each of found.open) await followFromNow(shift, place, each, subscriptions);
      for (const each of fresh) known.set(each.id, each);
      ended.push(...found.ended);
    }
    await discoveries.moveCursor(lease, now);
    // Beyond the overlap nothing is listed twice: what was reported can be forgotten.
    const old = [...known.values()].filter(
      ({ isEnded, startTime = 0 }) => isEnded === "reported" && startTime < now - minutes(40),
    );
    if (old.length > 0)
      await discoveries.remove(
        lease,
        old.map(({ id }) => id),
      );
  }
  return {
    open: [...known.values()].filter(({ id, isEnded }) => isEnded === undefined && holds(range, id)),
    ended: [...new Set(ended)].filter((id) => holds(range, id)),
  };
}

/** A standstill or slowness can only be seen by who watches from the beginning. */
async function followFromNow(
  shift: Shift,
  place: Place,
  instance: OpenInstance,
  subscriptions: readonly Subscription[],
): Promise<void> {
  for (const { channel, createdBy, on, digest } of followersOf(subscriptions, instance)) {
    if (digest !== undefined) continue;
    const only = on.filter((event) => event === "slow" || event === "stuck");
    await shift.ports.watches.addIfAbsent(
      newWatch({ ...place, instanceId: instance.id, channel, startedBy: createdBy, only }, shift.now()),
    );
  }
}

/** Tells of an ended instance whoever subscribed to it; then it is out of the open set. */
export async function report(
  shift: Shift,
  observer: Observer,
  place: Place,
  seen: Seen,
  subscriptions: readonly Subscription[],
): Promise<void> {
  const wanted = {
    cost: subscriptions.some(({ minCost }) => minCost !== undefined),
    priority: subscriptions.some(({ priority }) => priority !== undefined),
  };
  const extras = wanted.cost || wanted.priority ? await observer.extras(seen.instance.id, seen, wanted) : {};
  const facts = factsOf(seen, extras);
  const { endTime } = sightOf(seen);
  // One that was followed for those who have unsubscribed may have ended before others came.
  const isPast = ({ createdAt }: Subscription) => endTime !== undefined && endTime < createdAt;
  for (const subscription of subscriptions.filter((each) => matches(each, facts) && !isPast(each))) {
    if (!mayGoOn(shift)) return;
    await (subscription.digest === undefined ? reportNow(shift, place, seen, subscription) : putAside(shift, seen, subscription));
  }
  await shift.ports.discoveries.upsert(shift.lease, [{ id: seen.instance.id, isEnded: "reported", startTime: shift.now() }]);
}

export function factsOf(seen: Seen, extras: Pick<FinishedFacts, "cost" | "priority">): FinishedFacts {
  const { instance, tasks, jobName, failure, usual } = seen;
  const { outcome, startTime, endTime, at } = sightOf(seen);
  const durationMs = startTime === undefined ? undefined : (endTime ?? at) - startTime;
  return {
    instanceId: instance.id,
    outcome,
    owner: instance.owner,
    jobName,
    taskTypes: tasks.map(({ type }) => type),
    statuses: tasks.map(({ status }) => status),
    durationMs,
    errorCode: failure?.code,
    isSlow: durationMs !== undefined && usual?.p90Ms !== undefined && durationMs > usual.p90Ms,
    ...extras,
  };
}

/** A watch that has nothing left to see: its outbox does the telling, and survives what may come. */
async function reportNow(shift: Shift, place: Place, seen: Seen, subscription: Subscription): Promise<void> {
  const { channel, createdBy } = subscription;
  const wanted = {
    ...place,
    instanceId: seen.instance.id,
    channel,
    startedBy: createdBy,
    only: ["failed" as const, "done" as const],
  };
  const { watch } = await shift.ports.watches.addIfAbsent(newWatch(wanted, shift.now()));
  // One that somebody asked for tells the end by itself; and one that knew of the end before has told it.
  const knowsOfEnds = watch.only === undefined || watch.only.some((event) => event === "failed" || event === "done");
  if (knowsOfEnds && (watch.only === undefined || watch.state === "done")) return;
  // One that followed for slowness alone, and may be over by now, is to say the end, too.
  const current = knowsOfEnds ? ((await shift.ports.watches.get(watch.id)) ?? watch) : await withEnds(shift, watch);
  if (current !== undefined) await apply(shift, current, seen, { place, wasAbsent: false });
}

/** Written before anything is told, so that a death in between leaves a watch that is followed. */
async function withEnds({ ports, lease }: Shift, watch: Watch): Promise<Watch | undefined> {
  const stored = (await ports.watches.get(watch.id)) ?? watch;
  return ports.watches.reopen({ ...stored, state: "active", only: ["failed", "done"] }, lease);
}

async function putAside(
  shift: Shift,
  seen: Seen,
  { digest, team, connection, project, channel, createdBy }: Subscription,
): Promise<void> {
  if (digest === undefined) return;
  const place = { team, connection, project };
  const now = shift.now();
  const watch = newWatch({ ...place, instanceId: seen.instance.id, channel, startedBy: createdBy }, now);
  const [announcement] = endOf(watch, sightOf(seen), seen.failure, seen.usual, now);
  if (announcement === undefined) return;
  await shift.ports.channels.hold({
    schema: 1,
    id: `${watchIdOf({ ...place, instanceId: seen.instance.id, channel })}:digest`,
    team,
    channel,
    why: "digest",
    until: nextTimeOf(digest.at, digest.zone, now),
    project,
    instanceId: seen.instance.id,
    ...(seen.jobName === undefined ? {} : { jobName: seen.jobName }),
    announcement,
  });
}
