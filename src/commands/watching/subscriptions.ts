// Subscriptions: those of a group in one partition, where the engine reads them, and beside them where each channel finds its own.
import * as z from "zod/mini";
import type { Channel, Place, Subscriptions } from "../../watch/index.ts";
import { groupIdOf, Subscription } from "../../watch/index.ts";
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
    async ofChannel(channel) {
      const pointers = await allOf(keeping, pointersOf(channel), Pointer);
      const found = await Promise.all(pointers.map((pointer) => store.get(keyOf(pointer, pointer.id))));
      const items = found.filter((item) => item !== undefined);
      return readable(items, Subscription).filter((each) => each.channel === channel.channel);
    },
    async remove(place, id) {
      const removed = await change(store, keyOf(place, id), Subscription, (found) =>
        found === undefined ? undefined : { ...removal(now()), answer: found },
      );
      if (removed === undefined) return false;
      await change(store, pointerKey(removed, place, id), Pointer, (found) =>
        found === undefined ? undefined : { ...removal(now()), answer: true },
      );
      return true;
    },
  };
}
