/** A column's type, by how its values travel (protocol section 13.1). */
export type ColumnType =
  | { readonly kind: ScalarKind }
  | { readonly kind: "array" | "vector"; readonly item: ColumnType }
  | { readonly kind: "map"; readonly key: ColumnType; readonly value: ColumnType }
  | { readonly kind: "struct"; readonly fields: readonly StructField[] };

export type ScalarKind =
  | "long"
  | "boolean"
  | "double"
  | "float"
  | "text"
  | "binary"
  | "datetime"
  | "date"
  | "timestamp"
  | "interval_day_time"
  | "interval_year_month";

export type StructField = { readonly name: string; readonly type: ColumnType };

const scalars: ReadonlyMap<string, ScalarKind> = new Map<string, ScalarKind>([
  ["tinyint", "long"],
  ["smallint", "long"],
  ["int", "long"],
  ["bigint", "long"],
  ["boolean", "boolean"],
  ["double", "double"],
  ["float", "float"],
  ["string", "text"],
  ["varchar", "text"],
  ["char", "text"],
  ["json", "text"],
  ["decimal", "text"],
  ["binary", "binary"],
  ["datetime", "datetime"],
  ["date", "date"],
  ["timestamp", "timestamp"],
  ["timestamp_ntz", "timestamp"],
  ["interval_day_time", "interval_day_time"],
  ["interval_year_month", "interval_year_month"],
]);

/** `a,b<c,d>` as `a` and `b<c,d>`: commas inside brackets part nothing. */
const splitArguments = (text: string): readonly string[] => {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "<" || char === "(") depth += 1;
    if (char === ">" || char === ")") depth -= 1;
    if (char === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop()}${char}`);
  }
  return parts.map((part) => part.trim());
};

const structField = (text: string): StructField => {
  const at = text.indexOf(":");
  return { name: text.slice(0, at).trim(), type: columnType(text.slice(at + 1)) };
};

const nested = (name: string, text: string): ColumnType | undefined => {
  const [first = "", second = ""] = splitArguments(text);
  if (name === "array" || name === "vector") return { kind: name, item: columnType(first) };
  if (name === "map") return { kind: "map", key: columnType(first), value: columnType(second) };
  return name === "struct" ? { kind: "struct", fields: splitArguments(text).map(structField) } : undefined;
};

/** Reads `bigint`, `decimal(10,2)`, `map<string,array<int>>`, `vector(float,4)`. Throws for a type nobody knows. */
export const columnType = (text: string): ColumnType => {
  const [, name = "", inside = ""] = /^\s*(\w+)\s*(?:[<(](.*)[>)])?\s*$/.exec(text.toLowerCase()) ?? [];
  const kind = scalars.get(name);
  const type = kind === undefined ? nested(name, inside) : { kind };
  if (type === undefined) throw new Error(`There is no column type ${JSON.stringify(text)}`);
  return type;
};
