import { MalformedBody } from "../malformed-body.ts";
import type { ResultTime, ResultValue } from "../result-value.ts";
import { formatDouble, formatFloat } from "./format-number.ts";
import { formatTime } from "./format-time.ts";
import { parseType } from "./parse-type.ts";
import type { ResultType } from "./result-type.ts";

type Value = Exclude<ResultValue, null>;

const isList = (value: Value): value is readonly ResultValue[] => Array.isArray(value);

const isTime = (value: Exclude<Value, readonly ResultValue[]>): value is ResultTime =>
  typeof value === "object" && "kind" in value && value.kind !== "map" && value.kind !== "struct";

/** With the prefix, no spreadsheet takes `1e5` or `00` for a number. */
const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;

const formatNumber = (value: number, type: ResultType | undefined) =>
  type?.kind === "float" ? formatFloat(value) : formatDouble(value);

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const itemType = (type: ResultType | undefined) => (type?.kind === "array" || type?.kind === "vector" ? type.item : undefined);

/** A value within another: JSON, in which 64-bit integers and decimals are plain digits. */
const toJson = (value: ResultValue, type: ResultType | undefined): string => {
  if (value === null) return "null";
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return formatNumber(value, type);
  if (typeof value === "string" && type?.kind === "decimal" && jsonNumber.test(value)) return value;
  if (isList(value)) return `[${value.map((item) => toJson(item, itemType(type))).join(",")}]`;
  if (typeof value === "object" && !(value instanceof Uint8Array)) {
    if (value.kind === "map") return mapToJson(value.entries, type);
    if (value.kind === "struct") return structToJson(value.fields, type);
  }
  return JSON.stringify(formatCell(value, type));
};

const mapToJson = (entries: readonly (readonly [ResultValue, ResultValue])[], type: ResultType | undefined) => {
  const [keyType, valueType] = type?.kind === "map" ? [type.key, type.value] : [];
  const pairs = entries.map(
    ([key, value]) => `${JSON.stringify(formatCell(key, keyType) ?? "null")}:${toJson(value, valueType)}`,
  );
  return `{${pairs.join(",")}}`;
};

const structToJson = (fields: readonly (readonly [string, ResultValue])[], type: ResultType | undefined) => {
  const types = type?.kind === "struct" ? type.fields : [];
  const pairs = fields.map(([name, value], index) => `${JSON.stringify(name)}:${toJson(value, types[index]?.type)}`);
  return `{${pairs.join(",")}}`;
};

/** One cell as text; see `formatValue`. */
export function formatCell(value: ResultValue, type: ResultType | undefined): string | null {
  if (value === null) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value, type);
  if (typeof value !== "object") return String(value);
  if (value instanceof Uint8Array) return hex(value);
  if (!isList(value) && isTime(value)) return formatTime(value);
  return toJson(value, type);
}

const knownType = (text: string): ResultType | undefined => {
  try {
    return parseType(text);
  } catch (error) {
    // An inline result's types are only decoration: whatever stands there, the value can be shown without it.
    if (error instanceof MalformedBody) return undefined;
    throw error;
  }
};

/**
 * One cell as text, the way the CSV shows it; null for NULL. Times are `2026-11-22 10:20:30` in UTC with three, six or nine digits of a
 * fraction where there is one, binary is `0x` and hex, nested values are JSON. `type` is the column's: it tells a float from a double.
 */
export function formatValue(value: ResultValue, type?: string): string | null {
  const needsType = type !== undefined && (typeof value === "number" || typeof value === "object");
  return formatCell(value, needsType ? knownType(type) : undefined);
}
