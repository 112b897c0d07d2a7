// Scheduled rules fire anywhere in their minute, sometimes twice or late (production rule 18): one of them takes it.
import { type ItemStore, minutes } from "../store.ts";

/** What a minute is taken for; those do not get in each other's way. */
export type MinuteOf = "tick" | "heartbeat" | "hot" | `shard/${string}`;

/** Longer than the heartbeat takes, twice: `doctor` wants to know when the last one was. */
const keptMs = minutes(40);

/** The right to work for the minute that it is now, by one's own clock; false when another has it. */
export const takeMinute = (store: Pick<ItemStore, "create">, what: MinuteOf, now: number): Promise<boolean> =>
  store.create({ partition: "minutes", id: `${what}/${Math.floor(now / minutes(1))}` }, { schema: 1 }, now + keptMs);

/** The minute for which this was last taken, as epoch ms of its beginning; undefined when it was not within the last forty. */
export async function lastMinute(store: Pick<ItemStore, "list">, what: MinuteOf): Promise<number | undefined> {
  const taken = await store.list("minutes", { limit: 100, after: `${what}/` });
  const mine = taken.filter(({ key }) => key.id.startsWith(`${what}/`)).map(({ key }) => Number(key.id.slice(what.length + 1)));
  return mine.length === 0 ? undefined : Math.max(...mine) * minutes(1);
}
