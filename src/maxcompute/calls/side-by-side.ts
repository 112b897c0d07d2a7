/**
 * What `act` makes of every item, in the items' order, at most `width` at a time. After a failure nothing more is begun; what was under way
 * is waited for, and the first failure is thrown.
 */
export async function sideBySide<Item, Made>(
  items: readonly Item[],
  width: number,
  act: (item: Item) => Promise<Made>,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  const failures: unknown[] = [];
  const left = items.entries();
  const work = async () => {
    for (const [index, item] of left) {
      try {
        made[index] = await act(item);
      } catch (failure) {
        failures.push(failure);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return made;
}
