// What is kept of instances. A record lies in two items: what lasts (evidence, ids of events), and what is to be published, which has a
// partition of its own for each group, so that finding it is one list. The events are written first, which decides who wins, and read last:
// whoever sees a record sees its events.
import * as z from "zod/mini";
import type { InstanceRecord, Instances, Place } from "../../watch/index.ts";
import { groupIdOf, PublicEvent } from "../../watch/index.ts";
import { days, minutes } from "../store.ts";
import { change, type Keeping, readable, writeOver } from "./items.ts";
import { PackedEvidence, packEvidence, unpackEvidence } from "./packed-evidence.ts";
import { pageInScan } from "./scan-range.ts";

const Kept = z.object({
  schema: z.literal(1),
  evidence: z.optional(PackedEvidence),
  known: z.array(z.string()),
  version: z.number(),
});
type Kept = z.infer<typeof Kept>;
const Waiting = z.object({
  schema: z.literal(1),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  instanceId: z.string(),
  events: z.array(PublicEvent),
  version: z.number(),
});

export const recordLives = days(90);
/** Longer than anybody who has read the record may still write it: until then the version is known that its last event left. */
const versionLives = minutes(20);
/** So many records are given out to be published at a time. */
const mostRecords = 50;

const keptKey = (place: Place, id: string) => ({ partition: `instances/${groupIdOf(place)}`, id });
const waitingPartition = (groupId: string): string => `unpublished/${groupId}`;
const waitingKey = (place: Place, id: string) => ({ partition: waitingPartition(groupIdOf(place)), id });

/** The same object when nothing is new to it. */
function withAll(current: Kept | undefined, kept: Kept): Kept {
  if (current === undefined) return kept;
  const known = [...new Set([...current.known, ...kept.known])];
  const gains = current.evidence === undefined && kept.evidence !== undefined;
  if (known.length === current.known.length && !gains) return current;
  return { ...kept, ...current, known, version: Math.max(current.version, kept.version) };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function createInstances(keeping: Keeping): Instances {
  const { store, now } = keeping;
  const read = async (place: Place, instanceId: string) => {
    const keptItem = await store.get(keptKey(place, instanceId));
    const waitingItem = await store.get(waitingKey(place, instanceId));
    const kept = keptItem === undefined ? undefined : z.parse(Kept, keptItem.value);
    const waiting = waitingItem === undefined ? undefined : z.parse(Waiting, waitingItem.value);
    const events = waiting?.events ?? [];
    // Whoever died between the two writes left events that the other item does not know of.
    const known = [...new Set([...(kept?.known ?? []), ...events.map(({ id }) => id)])];
    const version = Math.max(kept?.version ?? 0, waiting?.version ?? 0);
    return { keptItem, waitingItem, kept, events, known, version };
  };
  const get = async (place: Place, instanceId: string): Promise<InstanceRecord | undefined> => {
    const { kept, events, known, version } = await read(place, instanceId);
    if (version === 0) return undefined;
    const { team, connection, project } = place;
    const evidence = kept?.evidence === undefined ? {} : { evidence: unpackEvidence(kept.evidence) };
    return { schema: 1, team, connection, project, instanceId, ...evidence, events, known, version };
  };
  return {
    get,
    async save(record) {
      const { team, connection, project, instanceId, evidence, events, known } = record;
      const found = await read(record, instanceId);
      if (found.version !== record.version) return false;
      const version = record.version + 1;
      const isOutboxNew = !same(events, found.events);
      if (isOutboxNew) {
        const value = { schema: 1, team, connection, project, instanceId, events, version } satisfies z.infer<typeof Waiting>;
        const expiresAt = now() + (events.length === 0 ? versionLives : recordLives);
        if (!(await writeOver(store, waitingKey(record, instanceId), { value, expiresAt }, found.waitingItem))) return false;
      }
      const packed = evidence === undefined ? {} : { evidence: packEvidence(evidence) };
      const kept: Kept = { schema: 1, ...packed, known, version };
      const expiresAt = now() + recordLives;
      if (!isOutboxNew) return writeOver(store, keptKey(record, instanceId), { value: kept, expiresAt }, found.keptItem);
      // The events have decided: what lasts takes up what is new to it, whoever else wrote it.
      await change(store, keptKey(record, instanceId), Kept, (current) => {
        const next = withAll(current, kept);
        return next === current ? undefined : { value: next, expiresAt, answer: true };
      });
      return true;
    },
    async unpublished(scanId) {
      const records: InstanceRecord[] = [];
      for (let after: string | undefined; ; ) {
        const { items, next } = await pageInScan(keeping, waitingPartition, scanId, after);
        for (const waiting of readable(items, Waiting).filter(({ events }) => events.length > 0)) {
          const record = await get(waiting, waiting.instanceId);
          if (record !== undefined && record.events.length > 0) records.push(record);
          if (records.length >= mostRecords) return records;
        }
        if (next === undefined) return records;
        after = next;
      }
    },
  };
}
