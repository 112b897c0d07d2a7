/** So many things at once: a list of hundreds must not be a burst of hundreds. */
const atOnce = 8;

/** Does the same to each item, some at a time; the answers keep the order of the items. */
export async function inLanes<Item, Found>(
  items: readonly Item[],
  work: (item: Item) => Promise<Found>,
  lanes = atOnce,
): Promise<Found[]> {
  const found: Found[] = [];
  const waiting = items.entries();
  const lane = async (): Promise<void> => {
    // One iterator for all lanes: each takes the next item that nobody has.
    for (const [index, item] of waiting) found[index] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
