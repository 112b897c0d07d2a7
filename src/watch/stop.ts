// A stop that somebody asked for: told on the card until the instance has ended, or the stop has turned out to do nothing.
import * as z from "zod/mini";
import { seconds } from "./time.ts";

/** Who asked, when MaxCompute was told (epoch ms), why, and who approved it. */
export const Stop = z.object({
  by: z.string(),
  at: z.number(),
  reason: z.optional(z.string()),
  approvedBy: z.optional(z.string()),
});
export type Stop = z.infer<typeof Stop>;

/** Stopping takes its time (protocol section 6): an instance that still runs after so long was not stopped. */
export const stopTakesMs = seconds(60);

export const isUnderWay = (stop: Pick<Stop, "at"> | undefined, now: number): boolean =>
  stop !== undefined && now < stop.at + stopTakesMs;
