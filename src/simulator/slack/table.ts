import type { Store } from "./store.ts";

/** Entities of one kind, in memory and written through to the store. `most` forgets the oldest beyond it. */
export type Table<T> = {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  remove(id: string): void;
  list(): readonly T[];
  clear(): void;
};

/** `kept` reads a row back as it was written; rows come from our own file only. */
export function openTable<T>(store: Store, kind: string, most: number, kept: (row: unknown) => T): Table<T> {
  const entries = new Map<string, T>(store.rows(kind).map(({ id, body }) => [id, kept(JSON.parse(body))]));
  const remove = (id: string): void => {
    if (entries.delete(id)) store.remove(kind, id);
  };
  return {
    get: (id) => entries.get(id),
    put(id, value) {
      entries.set(id, value);
      store.put(kind, id, JSON.stringify(value));
      const oldest = entries.size > most ? entries.keys().next() : undefined;
      if (oldest?.done === false) remove(oldest.value);
    },
    remove,
    list: () => [...entries.values()],
    clear() {
      for (const id of [...entries.keys()]) remove(id);
    },
  };
}
