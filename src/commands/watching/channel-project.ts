// The project that is meant in a channel when nobody names one.
import * as z from "zod/mini";
import type { Channel } from "../../watch/index.ts";
import { channelPartition } from "./channels.ts";
import { type Keeping, lasting, removal, renewed } from "./items.ts";

const Stored = z.object({ schema: z.literal(1), project: z.string(), by: z.string() });

export type ChannelProject = {
  of(channel: Channel): Promise<string | undefined>;
  set(channel: Channel, project: string | undefined, by: string): Promise<void>;
};

export function createChannelProject({ store, now }: Keeping): ChannelProject {
  const keyOf = (channel: Channel) => ({ partition: channelPartition(channel), id: "project" });
  return {
    async of(channel) {
      const item = await store.get(keyOf(channel));
      if (item === undefined) return undefined;
      await renewed(store, item, now());
      return Stored.parse(item.value).project;
    },
    async set(channel, project, by) {
      const { value, expiresAt } =
        project === undefined ? removal(now()) : { value: { schema: 1, project, by }, expiresAt: now() + lasting };
      await store.put(keyOf(channel), value, expiresAt);
    },
  };
}
