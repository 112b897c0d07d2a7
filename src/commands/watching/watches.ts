// The watches: those of a group in one partition, in the order of instance and channel. One that is over stays for a day where it is
// and is left out of its group. What people decide about a watch is written beside whatever the engine does with it.
import * as z from "zod/mini";
import type { Watches } from "../../watch/index.ts";
import { groupOf, rangeOf, rowOf, showsItsAck, Watch, withAckShown } from "../../watch/index.ts";
import type { ItemKey } from "../store.ts";
import { days } from "../store.ts";
import { change, type Keeping, readable, removal, writeOver } from "./items.ts";

const Stored = z.object({ schema: z.literal(1), watch: Watch, isClosed: z.optional(z.literal(true)) });
type Stored = z.infer<typeof Stored>;

export const watchLives = days(30);
export const closedLives = days(1);

const partitionOf = (groupId: string): string => `watches/${groupId}`;

/** `team/connection/project/instance/channel`: the first three name the group. */
function keyOf(watchId: string): ItemKey {
  const [team, connection, project, ...rest] = watchId.split("/");
  return { partition: partitionOf(`${team}/${connection}/${project}`), id: rest.join("/") };
}

export type Found = { readonly watch: Watch; readonly isClosed: boolean };

export type WatchShelf = Watches & {
  /** Also one that was closed a short time ago. */
  find(id: string): Promise<Found | undefined>;
  /** What people decide: `revise` says what becomes of the watch, or undefined when nothing does. Says whether it was written. */
  revise(id: string, revise: (found: Found) => Watch | undefined): Promise<boolean>;
  /** As if it had never been there. */
  remove(id: string): Promise<boolean>;
};

/** The engine may have read the watch before somebody decided: that is kept. */
const withDecisions = (watch: Watch, { snoozedUntil, acked, stop }: Watch): Watch => {
  const { snoozedUntil: _, acked: __, stop: ___, ...rest } = watch;
  return {
    ...rest,
    ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
    ...(acked === undefined ? {} : { acked }),
    ...(stop === undefined ? {} : { stop }),
  };
};

export function createWatches({ store, now, pageSize }: Keeping): WatchShelf {
  const open = (watch: Watch) => ({ value: { schema: 1, watch } satisfies Stored, expiresAt: now() + watchLives });
  const closed = (watch: Watch) => ({
    value: { schema: 1, watch, isClosed: true } satisfies Stored,
    expiresAt: now() + closedLives,
  });
  const find = async (id: string): Promise<Found | undefined> => {
    const item = await store.get(keyOf(id));
    if (item === undefined) return undefined;
    const { watch, isClosed } = z.parse(Stored, item.value);
    return { watch, isClosed: isClosed === true };
  };
  /** The watch as the engine wants it, with what people decided; undefined when it is not the engine's to write. */
  const nextOf = (watch: Watch, token: number, found: Stored | undefined, mayBeClosed = false): Watch | undefined => {
    if (found === undefined || (found.isClosed === true && !mayBeClosed)) return undefined;
    if (found.watch.version !== watch.version || found.watch.fence > token) return undefined;
    return withDecisions({ ...watch, fence: token, version: watch.version + 1 }, found.watch);
  };
  return {
    find,
    async addIfAbsent(watch) {
      const key = keyOf(watch.id);
      for (;;) {
        if (await writeOver(store, key, open(watch), undefined)) return { added: true, watch };
        const found = await find(watch.id);
        if (found !== undefined) return { added: false, watch: found.watch };
        // It expired between the two: its place is free.
      }
    },
    async inGroup(scanId, after) {
      const { from, to } = rangeOf(scanId);
      const start = after ?? (from === undefined ? "" : `${from}/`);
      const found = await store.list(partitionOf(groupOf(scanId)), { limit: pageSize, after: start });
      const items = to === undefined ? found : found.filter(({ key }) => key.id < `${to}/`);
      const last = items.length < pageSize ? undefined : items.at(-1);
      const rows = readable(items, Stored).flatMap(({ watch, isClosed }) => (isClosed === true ? [] : [rowOf(watch)]));
      return { items: rows, ...(last === undefined ? {} : { next: last.key.id }) };
    },
    async get(id) {
      const found = await find(id);
      return found?.isClosed === false ? found.watch : undefined;
    },
    commit: (watch, { token }) =>
      change(store, keyOf(watch.id), Stored, (found) => {
        const next = nextOf(watch, token, found);
        return next === undefined ? undefined : { ...open(next), answer: next };
      }),
    reopen: (watch, { token }) =>
      change(store, keyOf(watch.id), Stored, (found) => {
        const next = nextOf(watch, token, found, true);
        return next === undefined ? undefined : { ...open(next), answer: next };
      }),
    async close(watch, { token }) {
      const isOver = await change(store, keyOf(watch.id), Stored, (found) => {
        const next = nextOf(watch, token, found);
        if (next === undefined) return undefined;
        // Acknowledged while its end was being told: the card is still to say so.
        return showsItsAck(next) ? { ...closed(next), answer: true } : { ...open(withAckShown(next, now())), answer: false };
      });
      return isOver === true;
    },
    async revise(id, revise) {
      const isWritten = await change(store, keyOf(id), Stored, (found) => {
        const watch = found === undefined ? undefined : revise({ watch: found.watch, isClosed: found.isClosed === true });
        return watch === undefined ? undefined : { ...open(watch), answer: true };
      });
      return isWritten === true;
    },
    async remove(id) {
      const isGone = await change(store, keyOf(id), Stored, (found) =>
        found === undefined || found.isClosed === true ? undefined : { ...removal(now()), answer: true },
      );
      return isGone === true;
    },
  };
}
