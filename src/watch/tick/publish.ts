import { mayGoOn, type Shift } from "./shift.ts";

/** As many as the bus takes at once. */
const mostEntries = 10;

/** Publishes what the instances of a group have to tell; entries that were not taken stay where they are. */
export async function publish(shift: Shift): Promise<void> {
  const { instances, events } = shift.ports;
  // What is refused again and again comes back at the next tick, not in an endless loop of this one.
  const given = new Set<string>();
  while (mayGoOn(shift)) {
    const records = (await instances.unpublished(shift.lease.groupId)).filter((record) =>
      record.events.some(({ id }) => !given.has(id)),
    );
    if (records.length === 0) return;
    const batch = records
      .flatMap((record) => record.events)
      .filter(({ id }) => !given.has(id))
      .slice(0, mostEntries);
    for (const { id } of batch) given.add(id);
    const refused = new Set(await events.put(batch));
    const taken = new Set(batch.filter(({ id }) => !refused.has(id)).map(({ id }) => id));
    for (const record of records) {
      const left = record.events.filter(({ id }) => !taken.has(id));
      if (left.length < record.events.length) await instances.save({ ...record, events: left });
    }
  }
}
