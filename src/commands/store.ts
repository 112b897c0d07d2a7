// The one port behind which everything lives that must survive between two commands. It is as narrow as DynamoDB with
// conditional writes alone: a partition, an id, a JSON value, a version and an expiry.

export type ItemKey = { readonly partition: string; readonly id: string };

export type Item = {
  readonly key: ItemKey;
  readonly value: unknown;
  /** Changes with every write; `replace` and `remove` compare it. */
  readonly version: string;
  /** Epoch ms from which on the item counts as absent, whether or not it was swept yet. */
  readonly expiresAt: number;
};

export type ItemStore = {
  /** Strongly consistent. An expired item is undefined. */
  get(key: ItemKey): Promise<Item | undefined>;
  /** Writes if nobody holds the key, and says whether it did. An expired item holds nothing. */
  create(key: ItemKey, value: unknown, expiresAt: number): Promise<boolean>;
  /** Writes whatever stood there. */
  put(key: ItemKey, value: unknown, expiresAt: number): Promise<void>;
  /** Writes if the item still has this version, and says whether it did. */
  replace(key: ItemKey, value: unknown, expiresAt: number, version: string): Promise<boolean>;
  /** Unexpired items of a partition in the order of their ids, `limit` at most, from behind `after`. */
  list(partition: string, page: { readonly limit: number; readonly after?: string }): Promise<readonly Item[]>;
};

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;
