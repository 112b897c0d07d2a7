// References on what stands in a channel for months: the same for the same thing, so that whoever draws it again need not look them up.
import { shortHash } from "./ids.ts";
import { instancesKey, type Referred } from "./refs.ts";
import type { ItemStore } from "./store.ts";
import { days } from "./store.ts";

/** As long as what is kept of an ended instance, and the longest that one runs. */
const keptFor = days(120);
const idOf = (about: string): string => `W-${shortHash(about, 26)}`;

/** What a button about the `index`th instance of `about` carries; pressing it needs the presser's own rights. */
export const lastingRef = (about: string, index = 0): string => `r1:${idOf(about)}.${index}`;

export type LastingRefs = {
  /** Stored before they are shown; storing the same again changes nothing but how long it is kept. */
  keep(team: string, about: string, instances: readonly Referred[]): Promise<void>;
};

export function createLastingRefs(store: Pick<ItemStore, "put">, now: () => number): LastingRefs {
  return {
    keep: (team, about, instances) =>
      store.put(instancesKey(team, idOf(about)), { schema: 1, instances: [...instances] }, now() + keptFor),
  };
}
