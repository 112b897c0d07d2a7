import type { Watches } from "../ports.ts";
import type { WatchRow } from "../row.ts";

/** All watches of a group, made small. */
export async function readRows(watches: Watches, groupId: string): Promise<WatchRow[]> {
  const rows: WatchRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await watches.inGroup(groupId, after);
    rows.push(...page.items);
    if (page.next === undefined) return rows;
    after = page.next;
  }
}
