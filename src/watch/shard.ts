// What a tick hands to whoever works on a part of a group that is split.
import * as z from "zod/mini";

/** The listing of a whole project, read once for all parts: what of it concerns one. */
export const Listing = z.discriminatedUnion("kind", [
  /** `at`: when it was begun. What runs of the part, all of it; `pages` are those of the project. */
  z.object({ kind: z.literal("read"), at: z.number(), pages: z.number(), running: z.array(z.string()) }),
  z.object({ kind: z.literal("refused"), at: z.number() }),
  z.object({ kind: z.literal("silent"), at: z.number(), reason: z.string() }),
  /** It is not time for one, or each is asked more cheaply. */
  z.object({ kind: z.literal("none") }),
  /** Too much runs there to be handed on: the part lists for itself. */
  z.object({ kind: z.literal("own") }),
]);
export type Listing = z.infer<typeof Listing>;

export const ShardRequest = z.object({
  /** Of the part. */
  id: z.string(),
  /** Of the tick, in minutes since the epoch: a part is worked on once for each. */
  minute: z.number(),
  /** Only a tick hands out; what comes from anybody else is none. */
  depth: z.literal(1),
  listing: Listing,
});
export type ShardRequest = z.infer<typeof ShardRequest>;
