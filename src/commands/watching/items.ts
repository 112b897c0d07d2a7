// What all stores of the watches are made with: reading, deciding and writing as one act, and lists that are read to their end.
import * as z from "zod/mini";
import { shortHash } from "../ids.ts";
import type { Item, ItemKey, ItemStore } from "../store.ts";
import { days, minutes } from "../store.ts";

/** What people have set up lives so long after it was last written or, where it is read all the time, renewed. */
export const lasting = days(400);

export type Keeping = {
  readonly store: ItemStore;
  /** Epoch ms. */
  readonly now: () => number;
  /** Items in memory at once, where many are read. */
  readonly pageSize: number;
};

/** As many as may write one item at the same moment: each time all begin anew, one of them is done. */
const mostTries = 50;

export type Write<Answer> = { readonly value: unknown; readonly expiresAt: number; readonly answer: Answer };

/**
 * Reads an item, lets `decide` say what it becomes, and writes that if nobody else wrote in between; otherwise begins anew. Undefined
 * when `decide` leaves the item as it is. Throws a ZodError for an item that this release cannot read.
 */
export async function change<Value, Answer>(
  store: ItemStore,
  key: ItemKey,
  schema: z.ZodMiniType<Value>,
  decide: (found: Value | undefined) => Write<Answer> | undefined,
): Promise<Answer | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const item = await store.get(key);
    const write = decide(item === undefined ? undefined : z.parse(schema, item.value));
    if (write === undefined) return undefined;
    if (await writeOver(store, key, write, item)) return write.answer;
  }
  throw new Error(`${key.partition} ${key.id} is written by too many at once`);
}

/** Writes where still stands what was read, and says whether it did. */
export const writeOver = (
  store: ItemStore,
  key: ItemKey,
  { value, expiresAt }: Omit<Write<unknown>, "answer">,
  read: Item | undefined,
): Promise<boolean> =>
  read === undefined ? store.create(key, value, expiresAt) : store.replace(key, value, expiresAt, read.version);

/** What takes an item away: a store has nothing but expiries for that. So old that it is gone for whose clock is behind, too. */
export const removal = (now: number) => ({ value: { schema: 1 }, expiresAt: now - minutes(5) });

/** All items of a partition, page by page. */
export async function* pagesOf({ store, pageSize }: Keeping, partition: string): AsyncIterable<readonly Item[]> {
  for (let after = ""; ; ) {
    const items = await store.list(partition, { limit: pageSize, after });
    if (items.length > 0) yield items;
    const last = items.at(-1);
    if (last === undefined || items.length < pageSize) return;
    after = last.key.id;
  }
}

/** An item that lasts, written again when half of its life is over: whatever is read lives on. */
export async function renewed(store: ItemStore, item: Item, now: number): Promise<void> {
  if (item.expiresAt - now < lasting / 2) await store.replace(item.key, item.value, now + lasting, item.version);
}

/** What can be read of some items: one that a later release wrote keeps nobody from the rest. */
export const readable = <Value>(items: readonly Item[], schema: z.ZodMiniType<Value>): Value[] =>
  items.flatMap(({ value }) => {
    const { data } = z.safeParse(schema, value);
    return data === undefined ? [] : [data];
  });

export async function allOf<Value>(keeping: Keeping, partition: string, schema: z.ZodMiniType<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const items of pagesOf(keeping, partition)) all.push(...readable(items, schema));
  return all;
}

/** DynamoDB takes 1 KB as an id, and names of stages can be of any length. */
const longestId = 500;

export const shortId = (id: string): string =>
  Buffer.byteLength(id) <= longestId ? id : `${id.slice(0, 100).toWellFormed()}#${shortHash(id, 32)}`;
