// Beside the tick: the first look at a new watch, and the end of a young one within moments. What is not done here is the tick's in its
// turn, so nothing depends on it.
import { type Hot, hotOf, isAwaited, mostHot } from "../hot.ts";
import type { Ports } from "../ports.ts";
import { seconds } from "../time.ts";
import { groupIdOf, instanceOf, type Place } from "../watch.ts";
import { openDesks } from "./desks.ts";
import { followNow, type Haste, type Wanted } from "./follow-now.ts";
import { readRows } from "./read-rows.ts";
import { mayGoOn } from "./shift.ts";

/** How a process waits. */
export type Waiting = {
  /** True once the instance has ended; false at `until` (epoch ms), or where MaxCompute does not tell. Never throws for what MaxCompute says. */
  ended(place: Place, instanceId: string, until: number): Promise<boolean>;
  pause(ms: number): Promise<void>;
};

export type HotPorts = { readonly ports: Ports; readonly now: () => number; readonly waiting: Waiting };

/** A group that has young watches is due again within this. */
const soonMs = seconds(15);
/** Kept of the time for telling what has ended. */
const tellMs = seconds(5);

type Found = { readonly place: Place; readonly hot: Hot };
type Ended = (place: Place, hot: Hot) => Promise<void>;

/** Waits for the youngest instances, fifty at most, and tells the end of each at once; over at `until` (epoch ms). */
export async function watchHot(given: HotPorts, until: number): Promise<void> {
  await inHaste(given, until, async (_, ended) => {
    const found = await findHot(given, until);
    await settled(found.map(({ place, hot }) => waitFor(given, until, place, hot, ended)));
  });
}

/** The first look at what is new in a group, a watch or a stop, at once, and the end if it comes soon; over at `until` (epoch ms). */
export async function lookAtOnce(given: HotPorts, until: number, place: Place): Promise<void> {
  const { ports, now } = given;
  const rows = await readRows(ports.watches, groupIdOf(place));
  const isNew = new Set(rows.filter((row) => isAwaited(row, now())).map(({ instanceId }) => instanceId));
  const look = hotOf(rows, now()).filter(({ instanceId }) => isNew.has(instanceId));
  const tell = rows.filter(({ hasOutbox, instanceId }) => hasOutbox && !isNew.has(instanceId)).map(({ id }) => id);
  if (look.length + tell.length === 0) return;
  await inHaste(given, until, async (haste, ended) => {
    // What another looked at in the meantime the other waits for.
    const looked = await followNow(haste, place, wantedOf(look, tell));
    await settled(looked.slice(0, mostHot).map((hot) => waitFor(given, until, place, hot, ended)));
  });
}

/** Given out once, by whoever has the lease of their part. */
function wantedOf(look: readonly Hot[], tell: readonly string[]): Wanted {
  let left = { look, tell };
  return {
    next: () => left.look[0]?.instanceId ?? left.tell.map(instanceOf)[0],
    take(isMine) {
      const isOurs = (id: string) => isMine(instanceOf(id));
      const mine = { look: left.look.filter(({ instanceId }) => isMine(instanceId)), tell: left.tell.filter(isOurs) };
      left = { look: left.look.filter(({ instanceId }) => !isMine(instanceId)), tell: left.tell.filter((id) => !isOurs(id)) };
      return { ...mine, isFirst: true };
    },
  };
}

async function inHaste(
  { ports, now, waiting }: HotPorts,
  until: number,
  work: (haste: Haste, ended: Ended) => Promise<void>,
): Promise<void> {
  const desks = openDesks(ports.channels);
  const haste: Haste = { ports, now, pause: waiting.pause, desks, until };
  try {
    await work(haste, oneAtATime(haste));
  } finally {
    await desks.close();
  }
}

/** A group has one lease: what has ended by the time that it is to be had is told together. */
function oneAtATime(haste: Haste): Ended {
  const collected = new Map<string, Hot[]>();
  const turns = new Map<string, Promise<void>>();
  const left = (id: string): Wanted => ({
    next: () => collected.get(id)?.[0]?.instanceId,
    take(isMine) {
      const all = collected.get(id) ?? [];
      collected.set(
        id,
        all.filter(({ instanceId }) => !isMine(instanceId)),
      );
      return { look: all.filter(({ instanceId }) => isMine(instanceId)), tell: [], isFirst: false };
    },
  });
  return (place, hot) => {
    const id = groupIdOf(place);
    collected.set(id, [...(collected.get(id) ?? []), hot]);
    const turn = async () => {
      await followNow(haste, place, left(id));
    };
    const mine = (turns.get(id) ?? Promise.resolve()).then(turn, turn);
    turns.set(id, mine);
    return mine;
  };
}

async function waitFor({ waiting }: HotPorts, until: number, place: Place, hot: Hot, ended: Ended): Promise<void> {
  const { instanceId, stopsBy } = hot;
  const last = Math.min(hot.until, until - tellMs);
  if (stopsBy !== undefined && stopsBy <= last) {
    const hasEnded = await waiting.ended(place, instanceId, stopsBy);
    // A look at that moment tells, too, that the stop did not take effect.
    await ended(place, hot);
    if (hasEnded) return;
  }
  if (await waiting.ended(place, instanceId, last)) await ended(place, hot);
}

async function findHot({ ports, now }: HotPorts, until: number): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let after: string | undefined; mayGoOn({ now, until }); ) {
    const page = await ports.groups.soon(now() + soonMs, after);
    for (const groupId of page.items) {
      const hot = hotOf(await readRows(ports.watches, groupId), now());
      const place = await placeOf(ports, hot[0]);
      if (place !== undefined) found.push(...hot.map((each) => ({ place, hot: each })));
    }
    if (page.next === undefined) break;
    after = page.next;
  }
  return found.sort((a, b) => b.hot.until - a.hot.until).slice(0, mostHot);
}

async function placeOf({ watches }: Ports, hot: Hot | undefined): Promise<Place | undefined> {
  const [first] = hot?.watchIds ?? [];
  return first === undefined ? undefined : watches.get(first);
}

/** All of them, then the first that failed. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  for (const each of await Promise.allSettled(work)) if (each.status === "rejected") throw each.reason;
}
