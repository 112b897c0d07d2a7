// What is kept, unreadable to whoever can merely read the table: a waiting request holds a response_url and what a person typed.
import type { Item, ItemKey, ItemStore } from "../commands/store.ts";
import { open, type SealKey, seal } from "./envelope.ts";

export type SealedReaderPorts = {
  readonly store: Pick<ItemStore, "get">;
  /** Newest first: the first seals, all of them open, so that what was sealed before a rotation can still be read. */
  keys(): Promise<readonly SealKey[]>;
  /** Called when none opens a value: the next `keys` may be newer ones (production rule 29). */
  doubt?(): void;
};

export type SealedStorePorts = SealedReaderPorts & { readonly store: ItemStore; now(): number };

/** Part of what is authenticated, so that a value cannot be moved to another item. */
const kindOf = ({ partition }: ItemKey): string => `item ${partition}`;

type Open = (item: Item) => Promise<Item>;

/** Under the id it was found under, whatever the envelope says of itself. */
const opener =
  ({ keys, doubt }: SealedReaderPorts): Open =>
  async (item) => {
    const envelope = typeof item.value === "object" ? { ...item.value, id: item.key.id } : undefined;
    const value = open(kindOf(item.key), envelope, await keys());
    if (value !== undefined) return { ...item, value };
    doubt?.();
    return { ...item, value: open(kindOf(item.key), envelope, await keys()) };
  };

const opening =
  (store: Pick<ItemStore, "get">, opened: Open): ItemStore["get"] =>
  async (key) => {
    const item = await store.get(key);
    return item === undefined ? undefined : opened(item);
  };

/** Single items of a sealed store, for whoever only reads. */
export const createSealedReader = (ports: SealedReaderPorts): Pick<ItemStore, "get"> => ({
  get: opening(ports.store, opener(ports)),
});

/**
 * The store with every value sealed; keys, versions and expiries stay as they are. A value that no key opens comes out as undefined:
 * whoever reads it treats it as one that a later or a broken version wrote.
 */
export function createSealedStore(ports: SealedStorePorts): ItemStore {
  const { store, keys, now } = ports;
  const opened = opener(ports);
  async function sealed(key: ItemKey, value: unknown): Promise<unknown> {
    const [newest] = await keys();
    if (newest === undefined) throw new Error("there is no key to seal with");
    return seal(kindOf(key), key.id, now(), value, newest);
  }
  return {
    get: opening(store, opened),
    create: async (key, value, expiresAt) => store.create(key, await sealed(key, value), expiresAt),
    put: async (key, value, expiresAt) => store.put(key, await sealed(key, value), expiresAt),
    replace: async (key, value, expiresAt, version) => store.replace(key, await sealed(key, value), expiresAt, version),
    async list(partition, page) {
      return Promise.all((await store.list(partition, page)).map(opened));
    },
  };
}
