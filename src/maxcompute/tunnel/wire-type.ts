import type { ResultType } from "./result-type.ts";

export const varint = 0;
export const fixed64 = 1;
export const lengthDelimited = 2;
export const fixed32 = 5;

/** The wire type a column's values come with; undefined where clients do not agree, and where the type is not known. */
export function wireTypeOf({ kind }: ResultType): number | undefined {
  if (kind === "unknown" || kind === "interval_year_month" || kind === "vector") return undefined;
  if (kind === "double") return fixed64;
  if (kind === "float") return fixed32;
  const isVarint = kind === "bigint" || kind === "integer" || kind === "boolean" || kind === "date" || kind === "datetime";
  return isVarint ? varint : lengthDelimited;
}
