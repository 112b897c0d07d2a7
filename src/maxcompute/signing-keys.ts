import { deriveSigningKey, type V4Scope } from "./sign.ts";

export type SigningKeys = (secret: string, scope: V4Scope) => Uint8Array;

/** Today's key, and yesterday's while both are in use around midnight. */
const maxKeptKeys = 4;

/**
 * Derives v4 signing keys and keeps the latest few. The whole of (secret, date, region, prefix) is the key of the cache:
 * a cache by date alone would sign for the wrong region after a change of region.
 */
export function createSigningKeys(derive: SigningKeys = deriveSigningKey): SigningKeys {
  const kept = new Map<string, Uint8Array>();
  return (secret, scope) => {
    const name = JSON.stringify([secret, scope.date, scope.region, scope.prefix]);
    const known = kept.get(name);
    if (known !== undefined) return known;
    const key = derive(secret, scope);
    const oldest = kept.size < maxKeptKeys ? undefined : kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(name, key);
    return key;
  };
}
