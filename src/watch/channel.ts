import * as z from "zod/mini";
import { Announcement } from "./announcement.ts";
import { QuietHours } from "./quiet.ts";

export type Channel = { readonly team: string; readonly channel: string };

/** Something that is not posted on its own but in a summary. */
export const Held = z.object({
  schema: z.literal(1),
  /** Of what it tells: the watch and the key. */
  id: z.string(),
  team: z.string(),
  channel: z.string(),
  why: z.enum(["quiet", "fold", "digest"]),
  /** When its summary is due, epoch ms. */
  until: z.number(),
  project: z.string(),
  instanceId: z.string(),
  jobName: z.optional(z.string()),
  announcement: Announcement,
  /** Whoever put it aside could not know whether it had been told by itself. */
  isPerhapsRepeated: z.optional(z.boolean()),
});
export type Held = z.infer<typeof Held>;

/** A silence: of an instance, or of all whose job names match, until then (epoch ms). */
export const Mute = z.object({
  id: z.string(),
  instanceId: z.optional(z.string()),
  glob: z.optional(z.string()),
  until: z.number(),
  by: z.string(),
});
export type Mute = z.infer<typeof Mute>;

/** A summary on its way. */
const Sending = z.object({ id: z.string(), ids: z.array(z.string()), at: z.number(), lost: z.number(), busyUntil: z.number() });

export const ChannelState = z.object({
  schema: z.literal(1),
  team: z.string(),
  channel: z.string(),
  quiet: z.optional(QuietHours),
  mutes: z.optional(z.array(Mute)),
  /** When replies were posted in the last minute, epoch ms. */
  recent: z.array(z.number()),
  sending: z.optional(Sending),
  version: z.number(),
});
export type ChannelState = z.infer<typeof ChannelState>;

export type Summary = {
  readonly kind: "summary";
  readonly key: string;
  readonly at: number;
  /** Oldest first. */
  readonly held: readonly Held[];
};

export const newChannelState = ({ team, channel }: Channel): ChannelState => ({
  schema: 1,
  team,
  channel,
  recent: [],
  version: 0,
});
