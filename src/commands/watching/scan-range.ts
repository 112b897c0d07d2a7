// Items that lie under the ids of their instances, of a scan group or of a part of it.
import { groupOf, holds, rangeOf } from "../../watch/index.ts";
import type { Item } from "../store.ts";
import type { Keeping } from "./items.ts";

export type ItemPage = { readonly items: readonly Item[]; readonly next?: string };

/** A page of those behind `after`; the first without it. `partitionOf` names the group's partition. */
export async function pageInScan(
  { store, pageSize }: Keeping,
  partitionOf: (groupId: string) => string,
  scanId: string,
  after?: string,
): Promise<ItemPage> {
  const range = rangeOf(scanId);
  // A list begins behind what it is given: a little too early, and without what does not belong.
  const start = after ?? range.from?.slice(0, -1) ?? "";
  const listed = await store.list(partitionOf(groupOf(scanId)), { limit: pageSize, after: start });
  const items = listed.filter(({ key }) => holds(range, key.id));
  const last = listed.at(-1);
  const isEnd = last === undefined || listed.length < pageSize || !holds({ to: range.to }, last.key.id);
  return { items, ...(isEnd ? {} : { next: last.key.id }) };
}
