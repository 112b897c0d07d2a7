// What the bot remembers of a conversation with one person in one channel, so that `last`, `#2` and short suffixes work.
import * as z from "zod/mini";
import type { Caller } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { days, minutes } from "./store.ts";

const Named = z.object({ project: z.string(), instanceId: z.string() });
export type Named = z.infer<typeof Named>;
const Stored = z.object({
  schema: z.literal(1),
  /** Newest first; the first is `last`. */
  recent: z.array(Named),
  list: z.optional(z.object({ shownAt: z.number(), rows: z.array(Named) })),
});

/** `#n` names a row of the last list for this long: numbers of a list nobody sees any more are a trap. */
export const listNumbersLive = minutes(15);
const remembered = 50;

export type Recall = {
  last(): Promise<Named | undefined>;
  /** Row `number` (from 1) of the list shown last; `expired` when that was too long ago. */
  row(number: number): Promise<Named | "expired" | "no-list" | "no-row">;
  /** Instances named or shown here whose id ends so, newest first. */
  endingWith(suffix: string): Promise<readonly Named[]>;
  named(instance: Named): Promise<void>;
  listed(rows: readonly Named[]): Promise<void>;
};

export type RecallBook = { of(caller: Caller, channel: string): Recall };

export function createRecallBook(store: ItemStore, now: () => number): RecallBook {
  const of = (caller: Caller, channel: string): Recall => {
    const key = { partition: `recall/${caller.team}/${caller.user}`, id: channel };
    // What cannot be read (another version's, or sealed with a key that is gone) is forgotten: it is a convenience.
    const read = async () => Stored.safeParse((await store.get(key))?.value).data ?? { schema: 1 as const, recent: [] };
    const write = (value: z.infer<typeof Stored>) => store.put(key, value, now() + days(30));
    const same = (a: Named) => (b: Named) => a.project === b.project && a.instanceId === b.instanceId;
    return {
      last: async () => (await read()).recent[0],
      async row(number) {
        const { list } = await read();
        if (list === undefined) return "no-list";
        if (now() - list.shownAt > listNumbersLive) return "expired";
        return list.rows[number - 1] ?? "no-row";
      },
      endingWith: async (suffix) => (await read()).recent.filter(({ instanceId }) => instanceId.endsWith(suffix)),
      async named(instance) {
        const value = await read();
        await write({
          ...value,
          recent: [instance, ...value.recent.filter((other) => !same(instance)(other))].slice(0, remembered),
        });
      },
      async listed(rows) {
        const value = await read();
        const older = value.recent.filter((instance) => !rows.some(same(instance)));
        await write({ schema: 1, recent: [...rows, ...older].slice(0, remembered), list: { shownAt: now(), rows: [...rows] } });
      },
    };
  };
  return { of };
}
