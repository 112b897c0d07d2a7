// Which watches somebody asked for in a channel: pointers only, for what a watch is can change without its channel's list.
import * as z from "zod/mini";
import type { Channel, Watch } from "../../watch/index.ts";
import { days } from "../store.ts";
import { allOf, type Keeping } from "./items.ts";

const Pointer = z.object({ schema: z.literal(1), watchId: z.string() });

/** Longer than any instance runs. */
const pointerLives = days(90);

export type ChannelWatches = {
  put(watch: Watch): Promise<void>;
  /** Ids, also of watches that are over. */
  of(channel: Channel): Promise<readonly string[]>;
};

export function createChannelWatches(keeping: Keeping): ChannelWatches {
  const { store, now } = keeping;
  const partitionOf = ({ team, channel }: Channel) => `channel-watches/${team}/${channel}`;
  return {
    async put({ id, team, thread: { channel } }) {
      const key = { partition: partitionOf({ team, channel }), id };
      await store.put(key, { schema: 1, watchId: id } satisfies z.infer<typeof Pointer>, now() + pointerLives);
    },
    of: async (channel) => (await allOf(keeping, partitionOf(channel), Pointer)).map(({ watchId }) => watchId),
  };
}
