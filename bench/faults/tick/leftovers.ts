// What the store still holds of work, once there should be none: what nobody will look at again.
import * as z from "zod/mini";
import type { ItemStore } from "../../../src/commands/store.ts";

const Watch = z.object({
  watch: z.object({ id: z.string(), instanceId: z.string(), state: z.string(), outbox: z.array(z.unknown()) }),
  isClosed: z.optional(z.boolean()),
});
const Group = z.object({
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  nextScanAt: z.optional(z.number()),
});
const Held = z.object({ held: z.object({ id: z.string() }) });
const Events = z.object({ events: z.array(z.unknown()) });
const Channel = z.object({ sending: z.optional(z.unknown()) });

export type Asked = {
  readonly groups: readonly string[];
  /** `team/channel`. */
  readonly channels: readonly string[];
  /** Instances that have not ended. */
  readonly alive: ReadonlySet<string>;
  /** The minute rule is on. */
  readonly isOn: boolean;
};

/** A sentence for each. Whatever is open and belongs to something alive is right if its group is awake, and the rule on. */
export async function leftoversIn(store: ItemStore, { groups, channels, alive, isOn }: Asked): Promise<readonly string[]> {
  const all = async <T>(partition: string, schema: z.ZodMiniType<T>): Promise<T[]> => {
    const items = await store.list(partition, { limit: 1_000 });
    return items.flatMap(({ value }) => schema.safeParse(value).data ?? []);
  };
  const known = await all("scan-groups", Group);
  const awake = new Set(
    known
      .filter(({ nextScanAt }) => nextScanAt !== undefined)
      .map(({ team, connection, project }) => `${team}/${connection}/${project}`),
  );
  const left: string[] = [];
  for (const group of groups) {
    for (const { watch, isClosed } of await all(`watches/${group}`, Watch)) {
      if (isClosed === true) continue;
      if (!alive.has(watch.instanceId)) left.push(`${watch.id} is ${watch.state} still, ${watch.outbox.length} in its outbox`);
      else if (!awake.has(group)) left.push(`${watch.id} is in a group that sleeps`);
    }
    const subscriptions = await all(`subscriptions/${group}`, z.object({ id: z.string(), channel: z.string() }));
    if (subscriptions.length > 0 && !awake.has(group)) left.push(`${group} is subscribed to and sleeps`);
    const unpublished = (await all(`unpublished/${group}`, Events)).filter(({ events }) => events.length > 0);
    if (unpublished.length > 0) left.push(`${unpublished.length} instances of ${group} have events to publish`);
  }
  for (const channel of channels) {
    const held = await all(`held/${channel}`, Held);
    if (held.length > 0) left.push(`${held.length} things are held for ${channel}`);
    const isSending = (await all(`channel/${channel}`, Channel)).some(({ sending }) => sending !== undefined);
    if (isSending) left.push(`a summary for ${channel} has no end`);
  }
  if (awake.size > 0 && !isOn) left.push(`${awake.size} groups are awake and the minute rule is off`);
  return left;
}
