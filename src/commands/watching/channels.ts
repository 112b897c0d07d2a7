// What is known of a channel, and what waits there for a summary. The channels where something waits are marked in one partition, so that
// they are found by one list.
import * as z from "zod/mini";
import type { Channel, Channels } from "../../watch/index.ts";
import { ChannelState, Held, newChannelState } from "../../watch/index.ts";
import { inLanes } from "../lanes.ts";
import { days } from "../store.ts";
import { allOf, change, type Keeping, lasting, pagesOf, readable, removal, renewed, shortId } from "./items.ts";
import { createWaitingChannels } from "./waiting-channels.ts";

const Dropped = z.object({ schema: z.literal(1), isDropped: z.literal(true) });
const HeldItem = z.object({ schema: z.literal(1), held: Held });
const Stored = z.union([HeldItem, Dropped]);

/** Beyond the moment it is due: a channel may be left in peace for a while. */
const heldLives = days(30);
/** Longer than the watch can be told again that put it aside. */
const droppedLives = days(2);

export const channelPartition = ({ team, channel }: Channel): string => `channel/${team}/${channel}`;
const heldPartition = ({ team, channel }: Channel): string => `held/${team}/${channel}`;
const heldKey = (channel: Channel, id: string) => ({ partition: heldPartition(channel), id: shortId(id) });

export type ChannelShelf = Channels & {
  /** Changes what is set up for a channel, whoever else writes its state. */
  revise(channel: Channel, revise: (state: ChannelState) => ChannelState): Promise<void>;
};

export function createChannels(keeping: Keeping): ChannelShelf {
  const { store, now } = keeping;
  const stateKey = (channel: Channel) => ({ partition: channelPartition(channel), id: "state" });
  const kept = (state: ChannelState) => {
    const next: ChannelState = { ...state, version: state.version + 1 };
    return { value: next, expiresAt: now() + lasting, answer: next };
  };
  const state = async (channel: Channel): Promise<ChannelState> => {
    const item = await store.get(stateKey(channel));
    if (item === undefined) return newChannelState(channel);
    await renewed(store, item, now());
    return ChannelState.parse(item.value);
  };
  const marks = createWaitingChannels(keeping);
  const heldIn = async (channel: Channel): Promise<Held[]> =>
    (await allOf(keeping, heldPartition(channel), HeldItem)).map(({ held }) => held);

  /** Whether anything is held until `at`, and whether anything is held at all. */
  const looksWaiting = async (channel: Channel, at: number) => {
    let isAny = (await state(channel)).sending !== undefined;
    if (isAny) return { isDue: true, isAny };
    for await (const items of pagesOf(keeping, heldPartition(channel))) {
      const held = readable(items, HeldItem);
      isAny ||= held.length > 0;
      if (held.some(({ held: { until } }) => until <= at)) return { isDue: true, isAny };
    }
    return { isDue: false, isAny };
  };

  return {
    state,
    save: (wanted) =>
      change(store, stateKey(wanted), ChannelState, (found) =>
        (found?.version ?? 0) === wanted.version ? kept(wanted) : undefined,
      ),
    async revise(channel, revise) {
      await change(store, stateKey(channel), ChannelState, (found) => kept(revise(found ?? newChannelState(channel))));
    },
    async hold(held) {
      await store.create(heldKey(held, held.id), { schema: 1, held }, Math.max(held.until, now()) + heldLives);
      await marks.mark(held);
    },
    async due(channel, at, limit) {
      const due = (await heldIn(channel)).filter(({ until }) => until <= at);
      return due.sort((a, b) => a.announcement.at - b.announcement.at || (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    async takeBack(channel, id) {
      await change(store, heldKey(channel, id), Stored, (found) =>
        found === undefined || "isDropped" in found ? undefined : { ...removal(now()), answer: true },
      );
    },
    async drop(channel, ids) {
      await inLanes(ids, (id) =>
        change(store, heldKey(channel, id), Stored, (found) =>
          found === undefined || "isDropped" in found
            ? undefined
            : { value: { schema: 1, isDropped: true }, expiresAt: now() + droppedLives, answer: true },
        ),
      );
    },
    async waiting(at) {
      const due: Channel[] = [];
      for (const channel of await marks.all()) {
        const { isDue, isAny } = await looksWaiting(channel, at);
        if (isDue) due.push(channel);
        if (!isAny) await marks.clear(channel, async () => !(await looksWaiting(channel, at)).isAny);
      }
      return due;
    },
  };
}
