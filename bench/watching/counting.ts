import type { ItemStore } from "../../src/commands/store.ts";

export type CountingStore = { readonly store: ItemStore; readonly counted: { reads: number; writes: number } };

/** The store, and how often it was asked: a page of a list is one read, a write that lost against another is one as well. */
export function countingStore(store: ItemStore): CountingStore {
  const counted = { reads: 0, writes: 0 };
  const read = <T>(asked: Promise<T>): Promise<T> => {
    counted.reads += 1;
    return asked;
  };
  const write = <T>(asked: Promise<T>): Promise<T> => {
    counted.writes += 1;
    return asked;
  };
  return {
    counted,
    store: {
      get: (key) => read(store.get(key)),
      list: (partition, page) => read(store.list(partition, page)),
      create: (...given) => write(store.create(...given)),
      put: (...given) => write(store.put(...given)),
      replace: (...given) => write(store.replace(...given)),
    },
  };
}
