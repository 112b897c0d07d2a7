// Which boundaries are still to be died at, before and after: many deaths share a world, each at the first chance that it gets.
import type { Moment } from "../gate.ts";

export type Strikes = {
  /** Nobody dies from here on; or does again. */
  rest(isResting: boolean): void;
  /** Notes that a boundary was met by somebody who lives on. */
  note(name: string): void;
  /** Notes the same, and says whether to die there: once before and once after each. */
  take(name: string, moment: Moment): boolean;
  /** Boundaries that were met, and those of them at which somebody has died before and after. */
  met(): readonly string[];
  whole(): readonly string[];
  /** Deaths so far. */
  count(): number;
};

/** `most`: deaths at most. */
export function createStrikes(most = Number.POSITIVE_INFINITY): Strikes {
  const struck = new Map<string, Set<Moment>>();
  let isResting = false;
  let count = 0;
  const momentsOf = (name: string): Set<Moment> => {
    const known = struck.get(name) ?? new Set();
    struck.set(name, known);
    return known;
  };
  return {
    rest(next) {
      isResting = next;
    },
    note: (name) => void momentsOf(name),
    take(name, moment) {
      const moments = momentsOf(name);
      if (isResting || count >= most || moments.has(moment)) return false;
      moments.add(moment);
      count += 1;
      return true;
    },
    met: () => [...struck.keys()],
    whole: () => [...struck].filter(([, moments]) => moments.size === 2).map(([name]) => name),
    count: () => count,
  };
}
