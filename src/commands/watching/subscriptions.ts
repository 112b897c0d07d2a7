// Subscriptions: those of a group in one partition, where the engine reads them, and beside them where each channel finds its own.
import * as z from "zod/mini";
import type { Channel, Place, Subscriptions } from "../../watch/index.ts";
import { groupIdOf, isClosed, Subscription } from "../../watch/index.ts";
import { allOf, change, type Keeping, lasting, pagesOf, readable, removal, renewed } from "./items.ts";

const Pointer = z.object({
  schema: z.literal(1),
  id: z.string(),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
});

export type SubscriptionShelf = Subscriptions & {
  put(subscription: Subscription): Promise<void>;
  /** Without those that are closed. */
  ofChannel(channel: Channel): Promise<readonly Subscription[]>;
  /** False when there was none. */
  remove(place: Place, id: string): Promise<boolean>;
};

export function createSubscriptions(keeping: Keeping): SubscriptionShelf {
  const { store, now } = keeping;
  const partitionOf = (groupId: string) => `subscriptions/${groupId}`;
  const keyOf = (place: Place, id: string) => ({ partition: partitionOf(groupIdOf(place)), id });
  const pointersOf = ({ team, channel }: Channel) => `channel-subscriptions/${team}/${channel}`;
  const pointerKey = (channel: Channel, place: Place, id: string) => ({
    partition: pointersOf(channel),
    id: `${groupIdOf(place)}/${id}`,
  });
  /** Takes one away that may go; the pointer last, for what it leads to can be looked for and not be there. */
  async function take(place: Place, id: string, mayGo: (found: Subscription) => boolean): Promise<boolean> {
    const removed = await change(store, keyOf(place, id), Subscription, (found) =>
      found === undefined || !mayGo(found) ? undefined : { ...removal(now()), answer: found },
    );
    if (removed === undefined) return false;
    await change(store, pointerKey(removed, place, id), Pointer, (found) =>
      found === undefined ? undefined : { ...removal(now()), answer: true },
    );
    return true;
  }
  async function ofChannel(channel: Channel): Promise<readonly Subscription[]> {
    const pointers = await allOf(keeping, pointersOf(channel), Pointer);
    const found = await Promise.all(pointers.map((pointer) => store.get(keyOf(pointer, pointer.id))));
    const items = found.filter((item) => item !== undefined);
    return readable(items, Subscription).filter((each) => each.channel === channel.channel && !isClosed(each));
  }
  return {
    async ofGroup(groupId) {
      const all: Subscription[] = [];
      for await (const items of pagesOf(keeping, partitionOf(groupId))) {
        for (const item of items) await renewed(store, item, now());
        all.push(...readable(items, Subscription));
      }
      return all;
    },
    async put(subscription) {
      const { id, team, connection, project } = subscription;
      // The pointer first: what it leads to can be looked for and not be there, but nothing may be there that cannot be found.
      await store.put(
        pointerKey(subscription, subscription, id),
        { schema: 1, id, team, connection, project } satisfies z.infer<typeof Pointer>,
        // Only what it leads to is renewed.
        now() + 10 * lasting,
      );
      await store.put(keyOf(subscription, id), subscription, now() + lasting);
    },
    ofChannel,
    remove: (place, id) => take(place, id, () => true),
    async close(channel, reason, at) {
      for (const each of await ofChannel(channel)) {
        await change(store, keyOf(each, each.id), Subscription, (found) => {
          if (found === undefined || isClosed(found)) return undefined;
          const value: Subscription = { ...found, closed: { reason, at, tried: false, lost: 0 } };
          return { value, expiresAt: now() + lasting, answer: true };
        });
      }
    },
    async keep(read, next) {
      const isSame = ({ closed }: Subscription) => closed !== undefined && JSON.stringify(closed) === JSON.stringify(read.closed);
      if (next === undefined) return take(read, read.id, isSame);
      const isKept = await change(store, keyOf(read, read.id), Subscription, (found) =>
        found === undefined || !isSame(found) ? undefined : { value: next, expiresAt: now() + lasting, answer: true },
      );
      return isKept === true;
    },
  };
}
