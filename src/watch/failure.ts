// How an instance failed, and how its job ended before.
import * as z from "zod/mini";

/** Why an instance failed. `cause` and `next` are ours, a sentence each; the rest is the service's and may be hostile. */
export const Failure = z.object({
  taskName: z.string(),
  code: z.optional(z.string()),
  message: z.string(),
  cause: z.optional(z.string()),
  next: z.optional(z.string()),
});
export type Failure = z.infer<typeof Failure>;

/** How the same job ended before. */
export const Streak = z.object({
  /** This one included. */
  failuresInRow: z.number(),
  /** Of those, the newest that failed with the same error code. */
  sameError: z.number(),
  /** Epoch ms; absent when no success is remembered. */
  lastOkAt: z.optional(z.number()),
});
export type Streak = z.infer<typeof Streak>;
