import { type Announcement, isIdempotent } from "../announcement.ts";
import type { Told } from "../ports.ts";
import { closedBy, marked, needsMark, verdictOf, withCardFirst } from "../telling.ts";
import type { Entry, Watch } from "../watch.ts";
import { mayGoOn, type Shift } from "./shift.ts";

/** What is to be written though nothing of it is to be told. */
type Writing = { readonly isChanged: boolean; readonly mayEdit?: boolean };

/**
 * Commits a watch with its outbox, tells the outbox, and commits what is left: in this order, so that a death in between loses nothing.
 * Where another wrote in the meantime nothing is told: it is the other's now.
 */
export async function commitAndTell(shift: Shift, watch: Watch, { isChanged, mayEdit }: Writing): Promise<void> {
  const { ports, lease, now } = shift;
  const wasTried = new Map(watch.outbox.map(({ announcement, tried }) => [announcement.key, tried]));
  const ready = withCardFirst(watch, now());
  const isTelling = ready.outbox.length > 0 && mayGoOn(shift);
  let current: Watch | undefined = isTelling ? marked(ready) : watch;
  if (isChanged || (isTelling && needsMark(ready))) current = await ports.watches.commit(current, lease);
  if (current === undefined) return;
  if (!isTelling) {
    if (current.state === "done" && current.outbox.length === 0) await ports.watches.close(current, lease);
    return;
  }
  const after = await tellEach(shift, current, wasTried, mayEdit === true);
  if (after === undefined) return;
  const isClosed = after.outbox.some(({ announcement: { kind, key } }) => kind === "channel-gone" && !wasTried.has(key));
  if (isClosed) return commitAndTell(shift, after, { isChanged: true });
  if (after.state === "done" && after.outbox.length === 0) await ports.watches.close(after, lease);
  else if (after !== current) await ports.watches.commit(after, lease);
}

/** The watch with what is left to tell; undefined when another has written in between, and it is the other's. */
async function tellEach(
  shift: Shift,
  start: Watch,
  wasTried: ReadonlyMap<string, boolean>,
  mayEdit: boolean,
): Promise<Watch | undefined> {
  let watch = start;
  let isStopped = false;
  let cardIsTold = true;
  for (const [index, { announcement, lost }] of start.outbox.entries()) {
    const { key, to, kind } = announcement;
    const before = wasTried.get(key) === true;
    const unmarked: Entry = { announcement, lost, tried: before };
    const isPremature = to !== "owner" && kind !== "opened" && watch.thread.ts === undefined;
    // A repetition is risked only when the card has been made to say it.
    const isRisky = before && to === "thread" && !cardIsTold;
    if (isStopped || isPremature || isRisky || !mayGoOn(shift)) {
      watch = withEntry(watch, unmarked);
      continue;
    }
    const told = await tellOne(shift, watch, unmarked, mayEdit);
    const verdict = verdictOf(unmarked, told);
    if (verdict.kind === "closed") {
      const channel = { team: watch.team, channel: watch.thread.channel };
      await shift.ports.subscriptions.close(channel, verdict.reason, shift.now());
      return closedBy(watch, verdict.reason, shift.now());
    }
    if (verdict.kind === "keep") {
      watch = withEntry(watch, verdict.entry);
      if (kind === "card") cardIsTold = false;
      else isStopped = told.kind === "later";
      continue;
    }
    watch = withoutEntry(watch, announcement, told);
    // What was told is written down before the next post, so that no death can make both doubtful.
    const isNext = start.outbox.slice(index + 1).some((entry) => !isIdempotent(entry.announcement));
    if (!isNext || isIdempotent(announcement)) continue;
    const committed = await shift.ports.watches.commit(watch, shift.lease);
    if (committed === undefined) return undefined;
    watch = committed;
  }
  return watch;
}

const withEntry = (watch: Watch, entry: Entry): Watch => {
  const old = watch.outbox.find(({ announcement }) => announcement.key === entry.announcement.key);
  const isSame = old?.tried === entry.tried && old.lost === entry.lost;
  return isSame ? watch : { ...watch, outbox: watch.outbox.map((each) => (each === old ? entry : each)) };
};

const withoutEntry = (watch: Watch, announcement: Announcement, told: Told): Watch => ({
  ...watch,
  ...(announcement.kind === "opened" && told.kind === "told" && told.ts !== undefined
    ? { thread: { ...watch.thread, ts: told.ts } }
    : {}),
  outbox: watch.outbox.filter((each) => each.announcement.key !== announcement.key),
  told: isIdempotent(announcement) ? watch.told : [...watch.told, announcement.key],
});

async function tellOne({ ports, desks, now }: Shift, watch: Watch, entry: Entry, mayEdit: boolean): Promise<Told> {
  const { announcement, tried: isPerhapsRepeated } = entry;
  const channel = { team: watch.team, channel: watch.thread.channel };
  if (announcement.kind === "card" && !mayEdit && !(await ports.budget.takeEdit(watch.team, announcement.final === true))) {
    return { kind: "later", notBefore: now() };
  }
  const route = await desks.route(watch, announcement, now());
  const id = `${watch.id}:${announcement.key}`;
  // Whoever died at it may have put it aside, unseen by any summary: it is told here, or put aside anew.
  if (isPerhapsRepeated && route.kind !== "hold") await ports.channels.takeBack(channel, id);
  if (route.kind === "card-only") return { kind: "told" };
  if (route.kind === "post") return ports.notifier.announce(watch, announcement, { isPerhapsRepeated });
  const { project, instanceId, seen } = watch;
  await ports.channels.hold({
    schema: 1,
    id,
    ...channel,
    why: route.why,
    until: route.until,
    project,
    instanceId,
    ...(seen?.jobName === undefined ? {} : { jobName: seen.jobName }),
    announcement,
    ...(isPerhapsRepeated ? { isPerhapsRepeated } : {}),
  });
  return { kind: "told" };
}
