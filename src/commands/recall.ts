// What the bot remembers of a conversation with one person in one channel, so that `last`, `#2` and short suffixes work.
import * as z from "zod/mini";
import type { ShownInstance } from "../view/index.ts";
import { UserError } from "./errors.ts";
import type { Caller } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { days, minutes } from "./store.ts";
import { update } from "./update.ts";

export const Named = z.object({ project: z.string(), instanceId: z.string() });
export type Named = z.infer<typeof Named>;
/** A row of a list, as it was shown. What an older version wrote has no reference, and cannot be picked. */
const Listed = z.object({
  project: z.string(),
  instanceId: z.string(),
  ref: z.optional(z.string()),
  owner: z.optional(z.string()),
  status: z._default(z.string(), ""),
  outcome: z.optional(z.enum(["running", "suspended", "success", "failed", "cancelled", "unknown"])),
  waits: z._default(z.boolean(), false),
});
export type Listed = z.infer<typeof Listed>;
const Stored = z.object({
  schema: z.literal(1),
  /** Newest first; the first is `last`. */
  recent: z.array(Named),
  list: z.optional(z.object({ shownAt: z.number(), rows: z.array(Listed) })),
});
type Stored = z.infer<typeof Stored>;

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
  listed(rows: readonly Listed[]): Promise<void>;
};

/** What a person was shown last in a channel, for a menu to pick from; nothing when that was never, or was forgotten. */
export type Shown = (caller: Caller, channel: string) => Promise<readonly ShownInstance[]>;

export type RecallBook = { of(caller: Caller, channel: string): Recall };

const keyOf = (caller: Caller, channel: string) => ({ partition: `recall/${caller.team}/${caller.user}`, id: channel });

/** Apart from the book, since it only reads: it is all that the door has of the store. */
export function createShown(store: Pick<ItemStore, "get">, now: () => number): Shown {
  return async (caller, channel) => {
    const { list } = Stored.safeParse((await store.get(keyOf(caller, channel)))?.value).data ?? {};
    if (list === undefined) return [];
    const isNumbered = now() - list.shownAt <= listNumbersLive;
    return list.rows.flatMap(({ project: _, ref, owner, outcome, ...row }, index) =>
      ref === undefined
        ? []
        : [
            {
              ...row,
              ref,
              ...(isNumbered ? { number: index + 1 } : {}),
              ...(owner === undefined ? {} : { owner }),
              ...(outcome === undefined ? {} : { outcome }),
            },
          ],
    );
  };
}

/** A conversation in which only one thing was ever named: what was asked is done again, and means what it meant. Remembers nothing. */
export function recallOf(named: Named | undefined): Recall {
  const it = async (): Promise<Named> => {
    if (named !== undefined) return named;
    throw new UserError("I no longer know which instance this was.", { next: "Ask again, with its id." });
  };
  return {
    last: it,
    row: it,
    endingWith: async () => [await it()],
    named: async () => undefined,
    listed: async () => undefined,
  };
}

export function createRecallBook(store: ItemStore, now: () => number): RecallBook {
  const of = (caller: Caller, channel: string): Recall => {
    const key = keyOf(caller, channel);
    // What cannot be read (another version's, or sealed with a key that is gone) is forgotten: it is a convenience.
    const known = (value: unknown): Stored => Stored.safeParse(value).data ?? { schema: 1, recent: [] };
    const read = async () => known((await store.get(key))?.value);
    // Two commands of one person may run at once, and neither may forget what the other named.
    const change = async (by: (stored: Stored) => Stored): Promise<void> => {
      await update(store, key, (value) => ({ value: by(known(value)), expiresAt: now() + days(30) }));
    };
    const same = (a: Named) => (b: Named) => a.project === b.project && a.instanceId === b.instanceId;
    return {
      last: async () => (await read()).recent[0],
      async row(number) {
        const { list } = await read();
        if (list === undefined) return "no-list";
        if (now() - list.shownAt > listNumbersLive) return "expired";
        const row = list.rows[number - 1];
        return row === undefined ? "no-row" : { project: row.project, instanceId: row.instanceId };
      },
      endingWith: async (suffix) => (await read()).recent.filter(({ instanceId }) => instanceId.endsWith(suffix)),
      named: (instance) =>
        change((stored) => ({
          ...stored,
          recent: [instance, ...stored.recent.filter((other) => !same(instance)(other))].slice(0, remembered),
        })),
      listed: (rows) =>
        change(({ recent }) => {
          const older = recent.filter((instance) => !rows.some(same(instance)));
          const newest = rows.map(({ project, instanceId }) => ({ project, instanceId }));
          const all = [...newest, ...older].slice(0, remembered);
          return { schema: 1, recent: all, list: { shownAt: now(), rows: [...rows] } };
        }),
    };
  };
  return { of };
}
