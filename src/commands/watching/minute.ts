// Scheduled rules fire anywhere in their minute, sometimes twice or late (production rule 18): one of them takes it.
import { type ItemStore, minutes } from "../store.ts";

/** What a minute is taken for; those do not get in each other's way. */
export type MinuteOf = "tick" | "heartbeat" | "hot" | `shard/${string}`;

/** The right to work for the minute that it is now, by one's own clock; false when another has it. */
export const takeMinute = (store: Pick<ItemStore, "create">, what: MinuteOf, now: number): Promise<boolean> =>
  store.create({ partition: "minutes", id: `${what}/${Math.floor(now / minutes(1))}` }, { schema: 1 }, now + minutes(10));
