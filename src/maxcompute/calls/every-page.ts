import { MaxComputeError } from "../errors.ts";

/** Ten million items, at a thousand a page: beyond it somebody is making pages up. */
const maxPages = 10_000;

export type Page<Item> = {
  readonly items: readonly Item[];
  /** Where the next page starts; undefined on the last one. */
  readonly marker: string | undefined;
  readonly requestId: string | undefined;
};

/**
 * Every item of a listing, at most `limit`, page after page in the server's order (protocol section 4). An empty page that has a marker
 * is not the end; a marker seen before would be one page after another for ever, and is thrown as "malformed", as are too many pages. The
 * error names `what`.
 */
export async function* everyPage<Item>(
  what: string,
  limit: number | undefined,
  getPage: (marker: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  const seenMarkers = new Set<string>();
  let marker: string | undefined;
  while (left > 0) {
    const page = await getPage(marker);
    for (const item of page.items.slice(0, left)) yield item;
    left -= page.items.length;
    if (page.marker === undefined) return;
    const { marker: next, requestId } = page;
    const endless = (why: string) =>
      new MaxComputeError("malformed", `MaxCompute's list of ${what} does not end: ${why}`, { requestId });
    if (seenMarkers.has(next)) throw endless("its marker comes back");
    if (seenMarkers.size >= maxPages) throw endless(`it has more than ${maxPages} pages`);
    seenMarkers.add(next);
    marker = next;
  }
}
