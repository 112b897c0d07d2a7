import type { ColumnType } from "../column-type.ts";
import type { Value } from "../table.ts";

/** A value inside an array, map or struct: JSON, but for numbers beyond the doubles, which stay whole. */
const nestedText = (value: Value | undefined, type: ColumnType): string => {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return JSON.stringify(bytesText(value));
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" ? compositeText(value, type) : String(value);
};

const compositeText = (values: readonly Value[], type: ColumnType): string => {
  switch (type.kind) {
    case "array":
    case "vector":
      return `[${values.map((item) => nestedText(item, type.item)).join(",")}]`;
    case "map":
      return `{${values.map((entry) => mapEntry(entry, type.key, type.value)).join(",")}}`;
    case "struct":
      return `{${type.fields.map((field, at) => `${JSON.stringify(field.name)}:${nestedText(values[at], field.type)}`).join(",")}}`;
    default:
      return "";
  }
};

const mapEntry = (entry: Value, keyType: ColumnType, valueType: ColumnType): string => {
  const [key = null, value = null] = Array.isArray(entry) ? entry : [];
  const name = typeof key === "string" ? key : nestedText(key, keyType);
  return `${JSON.stringify(name)}:${nestedText(value, valueType)}`;
};

/** Bytes as the Java SDK shows them: `=XX` for all but visible ASCII, and for `=` and `|`. */
const bytesText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/[^!-<>-{}~]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

/** A value that is not NULL as the inline result shows it, without quotes. The protocol says nothing of what is nested or binary. */
export const csvText = (value: Exclude<Value, null>, type: ColumnType): string => {
  if (value instanceof Uint8Array) return bytesText(value);
  return typeof value === "object" ? compositeText(value, type) : String(value);
};
