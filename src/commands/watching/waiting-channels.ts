// Which channels have something to wait for. A mark is set after what it marks was written, and taken away in two steps: it says that it
// is leaving, then its channel is looked at once more. Whoever sets a mark that is leaving makes it stay; so none is lost.
import * as z from "zod/mini";
import type { Channel } from "../../watch/index.ts";
import { allOf, change, type Keeping, lasting, removal } from "./items.ts";

const Mark = z.object({ schema: z.literal(1), team: z.string(), channel: z.string(), isLeaving: z.optional(z.literal(true)) });
type Mark = z.infer<typeof Mark>;

const partition = "waiting-channels";

export type WaitingChannels = {
  mark(channel: Channel): Promise<void>;
  all(): Promise<readonly Channel[]>;
  /** Takes the mark away if `isEmpty` says so once nobody can set it unnoticed. */
  clear(channel: Channel, isEmpty: () => Promise<boolean>): Promise<void>;
};

export function createWaitingChannels(keeping: Keeping): WaitingChannels {
  const { store, now } = keeping;
  const keyOf = ({ team, channel }: Channel) => ({ partition, id: `${team}/${channel}` });
  const markOf = ({ team, channel }: Channel): Mark => ({ schema: 1, team, channel });
  return {
    async mark(channel) {
      await change(store, keyOf(channel), Mark, (found) =>
        found !== undefined && found.isLeaving === undefined
          ? undefined
          : { value: markOf(channel), expiresAt: now() + lasting, answer: true },
      );
    },
    all: async () => (await allOf(keeping, partition, Mark)).map(({ team, channel }) => ({ team, channel })),
    async clear(channel, isEmpty) {
      const leaving: Mark = { ...markOf(channel), isLeaving: true };
      const isLeaving = await change(store, keyOf(channel), Mark, (found) =>
        found === undefined ? undefined : { value: leaving, expiresAt: now() + lasting, answer: true },
      );
      if (isLeaving !== true || !(await isEmpty())) return;
      await change(store, keyOf(channel), Mark, (found) =>
        found?.isLeaving === true ? { ...removal(now()), answer: true } : undefined,
      );
    },
  };
}
