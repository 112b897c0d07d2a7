import * as z from "zod/mini";
import { PublicEvent } from "./events.ts";
import type { Evidence } from "./evidence.ts";
import type { Place } from "./watch.ts";

/** What is kept of an instance beside its watches. The store checks `events`; the evidence is read by whoever shows it. */
export const InstanceRecord = z.object({
  schema: z.literal(1),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  instanceId: z.string(),
  evidence: z.optional(z.custom<Evidence>()),
  /** Not published yet. */
  events: z.array(PublicEvent),
  /** Ids of all events that ever were in the outbox. */
  known: z.array(z.string()),
  version: z.number(),
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;

export const newRecord = ({ team, connection, project }: Place, instanceId: string): InstanceRecord => ({
  schema: 1,
  team,
  connection,
  project,
  instanceId,
  events: [],
  known: [],
  version: 0,
});

/** The record with what is new to it; the same record when nothing is. */
export function withFacts(
  record: InstanceRecord,
  evidence: Evidence | undefined,
  events: readonly PublicEvent[],
): InstanceRecord {
  const fresh = events.filter(({ id }) => !record.known.includes(id));
  const keeps = record.evidence === undefined && evidence !== undefined;
  if (fresh.length === 0 && !keeps) return record;
  return {
    ...record,
    ...(keeps ? { evidence } : {}),
    events: [...record.events, ...fresh],
    known: [...record.known, ...fresh.map(({ id }) => id)],
  };
}
