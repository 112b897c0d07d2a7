// What others may subscribe to. Unordered, at least once: the id is the same every time, and a consumer drops what it has.
import * as z from "zod/mini";
import { Outcome } from "./announcement.ts";
import { groupIdOf, type Place } from "./watch.ts";

const about = {
  id: z.string(),
  at: z.number(),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  instanceId: z.string(),
};

export const PublicEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("InstanceFinished"),
    ...about,
    outcome: Outcome,
    owner: z.optional(z.string()),
    jobName: z.optional(z.string()),
    startTime: z.optional(z.number()),
    endTime: z.optional(z.number()),
    errorCode: z.optional(z.string()),
  }),
  z.object({
    type: z.literal("InstanceProgressed"),
    ...about,
    percent: z.optional(z.number()),
    what: z.enum(["started", "milestone"]),
  }),
]);
export type PublicEvent = z.infer<typeof PublicEvent>;

/** The same event has the same id, whoever sees it and however often. */
export const eventIdOf = (place: Place, instanceId: string, what: string): string => `${groupIdOf(place)}/${instanceId}:${what}`;
