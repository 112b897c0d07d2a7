import type { PublicEvent } from "../events.ts";
import type { InstanceRecord } from "../instance-record.ts";
import { inLanes } from "../lanes.ts";
import { mayGoOn, type Shift } from "./shift.ts";

/** As many as the bus takes at once. */
const mostEntries = 10;

/** Publishes what the instances of a group have to tell. Entries that were not taken stay where they are; true says that there are none. */
export async function publish(shift: Shift): Promise<boolean> {
  const { instances } = shift.ports;
  // What is refused again and again comes back at the next tick, not in an endless loop of this one.
  const given = new Set<string>();
  while (mayGoOn(shift)) {
    const waiting = await instances.unpublished(shift.lease.groupId);
    const records = waiting.filter((record) => record.events.some(({ id }) => !given.has(id)));
    if (records.length === 0) return waiting.length === 0;
    const taken = await putAll(
      shift,
      records.flatMap((record) => record.events).filter(({ id }) => !given.has(id)),
    );
    for (const { id } of records.flatMap((record) => record.events)) given.add(id);
    await inLanes(records, (record) => withoutTaken(shift, record, taken));
  }
  return false;
}

/** The ids of those that were taken. */
async function putAll({ ports: { events } }: Shift, all: readonly PublicEvent[]): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (let from = 0; from < all.length; from += mostEntries) {
    const batch = all.slice(from, from + mostEntries);
    const refused = new Set(await events.put(batch));
    for (const { id } of batch) if (!refused.has(id)) taken.add(id);
  }
  return taken;
}

async function withoutTaken({ ports: { instances } }: Shift, record: InstanceRecord, taken: ReadonlySet<string>): Promise<void> {
  const left = record.events.filter(({ id }) => !taken.has(id));
  if (left.length < record.events.length) await instances.save({ ...record, events: left });
}
