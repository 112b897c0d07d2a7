/** The types without parts (protocol section 13.1). "text" is string, varchar, char and json; "unknown" whatever the service adds tomorrow. */
export type ScalarKind =
  | "bigint"
  | "integer"
  | "boolean"
  | "double"
  | "float"
  | "text"
  | "decimal"
  | "binary"
  | "date"
  | "datetime"
  | "timestamp"
  | "timestamp_ntz"
  | "interval_day_time"
  | "interval_year_month"
  | "unknown";

export type ResultType =
  | { readonly kind: ScalarKind }
  | { readonly kind: "array" | "vector"; readonly item: ResultType }
  | { readonly kind: "map"; readonly key: ResultType; readonly value: ResultType }
  | { readonly kind: "struct"; readonly fields: readonly StructField[] };

export type StructField = { readonly name: string; readonly type: ResultType };

const kinds: ReadonlyMap<string, ScalarKind> = new Map<string, ScalarKind>([
  ["tinyint", "integer"],
  ["smallint", "integer"],
  ["int", "integer"],
  ["bigint", "bigint"],
  ["boolean", "boolean"],
  ["double", "double"],
  ["float", "float"],
  ["string", "text"],
  ["varchar", "text"],
  ["char", "text"],
  ["json", "text"],
  ["decimal", "decimal"],
  ["binary", "binary"],
  ["date", "date"],
  ["datetime", "datetime"],
  ["timestamp", "timestamp"],
  ["timestamp_ntz", "timestamp_ntz"],
  ["interval_day_time", "interval_day_time"],
  ["interval_year_month", "interval_year_month"],
]);

/** The kind a type's name stands for; lower case. */
export function scalarKind(name: string): ScalarKind {
  return kinds.get(name) ?? "unknown";
}
