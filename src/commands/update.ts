import type { ItemKey, ItemStore } from "./store.ts";

const triesAgainstOthers = 8;

type Written = { readonly value: unknown; readonly expiresAt: number };

/**
 * Changes an item to what `by` makes of its value (undefined: there is none), and of nobody else's meanwhile: where another write came
 * between, it is made anew. False when others were faster each time, and nothing was written.
 */
export async function update(store: ItemStore, key: ItemKey, by: (value: unknown) => Written): Promise<boolean> {
  for (let attempt = 0; attempt < triesAgainstOthers; attempt += 1) {
    const item = await store.get(key);
    const { value, expiresAt } = by(item?.value);
    const written = item === undefined ? store.create(key, value, expiresAt) : store.replace(key, value, expiresAt, item.version);
    if (await written) return true;
  }
  return false;
}
