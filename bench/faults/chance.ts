// Choices that look like chance and are the same for the same seed and name.
import { createHash } from "node:crypto";

export type Chance = {
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number;
  shuffled<T>(items: readonly T[]): T[];
};

export function createChance(seed: number, name: string): Chance {
  let count = 0;
  const below = (limit: number): number => {
    count += 1;
    return createHash("sha256").update(`${seed} ${name} ${count}`).digest().readUInt32BE() % limit;
  };
  return {
    below,
    shuffled(items) {
      const left = [...items];
      return items.flatMap(() => left.splice(below(left.length), 1));
    },
  };
}
