// What a card shows in words that change: a card is edited when one of these does, and not when only the clock went on.
import * as z from "zod/mini";
import { Failure, Streak } from "./failure.ts";
import { Stop } from "./stop.ts";

/** The first word of a card. "OPENING" until MaxCompute has answered once; "GONE" when it no longer knows the instance; "STOPPING" from a stop on, while it may
 * still take effect. */
const Word = z.enum([
  "OPENING",
  "WAITING",
  "RUNNING",
  "STOPPING",
  "SUSPENDED",
  "SUCCESS",
  "FAILED",
  "CANCELLED",
  "UNKNOWN",
  "FORBIDDEN",
  "GONE",
]);

/** When an instance may end, in epoch ms; the true end is between the two in at least 8 of 10. */
export const Forecast = z.object({ from: z.number(), likely: z.number(), to: z.number() });
export type Forecast = z.infer<typeof Forecast>;

/** How many of an XFlow's sub-instances are in each state. */
export const Counts = z.object({ waiting: z.number(), running: z.number(), done: z.number(), failed: z.number() });
export type Counts = z.infer<typeof Counts>;

/** Who takes care of a failure, and since when (epoch ms). */
export const Acked = z.object({ by: z.string(), at: z.number() });

export const Face = z.object({
  word: Word,
  /** Whole, 0 to 100. */
  percent: z.optional(z.number()),
  /** The stage at work (of an XFlow: the sub-instance), and its workers. */
  stage: z.optional(z.string()),
  workers: z.optional(z.number()),
  subs: z.optional(Counts),
  /** Place in the queue. */
  position: z.optional(z.number()),
  /** Rounded, so that it changes only when a reader would call it a change. */
  forecast: z.optional(Forecast),
  by: z.optional(z.number()),
  deadline: z.optional(z.enum(["on track", "late", "missed", "met"])),
  /** No records have moved since then (epoch ms). */
  stuckSince: z.optional(z.number()),
  /** MaxCompute has not answered since then (epoch ms): what the card says is as old. */
  silentSince: z.optional(z.number()),
  /** Between two looks, in ms. */
  every: z.optional(z.number()),
  /** Until then (epoch ms) only its end is told. */
  snoozedUntil: z.optional(z.number()),
  /** How it failed: a card that is drawn anew after the reply was told says it still. The message is cut. */
  failure: z.optional(Failure),
  streak: z.optional(Streak),
  /** Who takes care of the failure, and since when (epoch ms). */
  acked: z.optional(Acked),
  /** A stop of it; said of one that was cancelled, too. */
  stop: z.optional(Stop),
  /** That stop is older than stopping takes, and the instance runs on. */
  isUnstopped: z.optional(z.boolean()),
});
export type Face = z.infer<typeof Face>;

/** The same words: both are written by the same code, so the same facts stand in the same order. */
export const sameFace = (a: Face | undefined, b: Face | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
