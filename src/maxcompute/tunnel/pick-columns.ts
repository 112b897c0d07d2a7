import { MaxComputeError } from "../errors.ts";
import type { ResultColumn } from "../instance.ts";
import { clip } from "../text.ts";

/**
 * Where the wanted columns stand, in the order wanted; all of them when none are named. Names are found in any case, as SQL finds them.
 * Throws "invalid" for one that is not there or is named twice.
 */
export function pickColumns(schema: readonly ResultColumn[], wanted: readonly string[] | undefined): readonly number[] {
  if (wanted === undefined || wanted.length === 0) return schema.map((_, index) => index);
  const picked = wanted.map((name) => {
    const exact = schema.findIndex((column) => column.name === name);
    const index = exact === -1 ? schema.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()) : exact;
    if (index !== -1) return index;
    const there = clip(schema.map((column) => column.name).join(", "), 1000);
    throw new MaxComputeError("invalid", `The result has no column ${clip(name, 100)}; there is: ${there}`);
  });
  if (new Set(picked).size < picked.length) throw new MaxComputeError("invalid", "A column of the result is named twice");
  return picked;
}
