// MaxCompute does not answer: told once a channel, for the connection and not for each of its watches.
import * as z from "zod/mini";
import { silentMs } from "./trouble.ts";

const Notice = z.object({
  key: z.string(),
  kind: z.enum(["unreachable", "recovered"]),
  channel: z.string(),
  since: z.number(),
  /** When it answered again, epoch ms. */
  until: z.optional(z.number()),
  tried: z.boolean(),
  lost: z.number(),
});
export type Notice = z.infer<typeof Notice>;

/** Of one connection. There is none while MaxCompute answers and everybody knows. */
export const Outage = z.object({
  schema: z.literal(1),
  /** `team/connection`. */
  id: z.string(),
  since: z.number(),
  until: z.optional(z.number()),
  reason: z.string(),
  /** Channels that know. */
  noticed: z.array(z.string()),
  outbox: z.array(Notice),
  /** Somebody is telling these until then (epoch ms): nobody else may. */
  busyUntil: z.optional(z.number()),
  version: z.number(),
});
export type Outage = z.infer<typeof Outage>;

export const newOutage = (id: string, reason: string, now: number): Outage => ({
  schema: 1,
  id,
  since: now,
  reason,
  noticed: [],
  outbox: [],
  version: 0,
});

const notice = (outage: Outage, kind: Notice["kind"], channel: string): Notice => ({
  key: `${kind}:${outage.since}:${channel}`,
  kind,
  channel,
  since: outage.since,
  ...(outage.until === undefined ? {} : { until: outage.until }),
  tried: false,
  lost: 0,
});

/** It still does not answer: after 15 minutes every channel that has watches here hears of it, once. The same object when nothing is new. */
export function stillOut(outage: Outage, channels: readonly string[], now: number): Outage {
  const { until: _, ...out } = outage;
  const current: Outage = outage.until === undefined ? outage : out;
  if (now - current.since < silentMs) return current;
  const fresh = channels.filter((channel) => !current.noticed.includes(channel));
  if (fresh.length === 0) return current;
  return {
    ...current,
    noticed: [...current.noticed, ...fresh],
    outbox: [...current.outbox, ...fresh.map((channel) => notice(current, "unreachable", channel))],
  };
}

/** It answers again: whoever was told of the silence is told of its end. Undefined when nobody was, and it can be forgotten. */
export function backAgain(outage: Outage, now: number): Outage | undefined {
  if (outage.until !== undefined) return outage.outbox.length === 0 ? undefined : outage;
  if (outage.noticed.length === 0) return undefined;
  const over: Outage = { ...outage, until: now };
  return { ...over, outbox: [...outage.outbox, ...outage.noticed.map((channel) => notice(over, "recovered", channel))] };
}
