import { MalformedBody } from "../malformed-body.ts";
import type { ResultTime, ResultValue } from "../result-value.ts";
import type { ResultType, StructField } from "./result-type.ts";
import type { WireReader } from "./wire-reader.ts";

const readInt64 = (reader: WireReader): bigint => {
  reader.sint64();
  const { low, high } = reader;
  // Most are small, and BigInt(number) is the cheapest way to make one.
  if (high === low >> 31) return BigInt(low);
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
};

const readInteger = (reader: WireReader): number => {
  reader.sint64();
  return reader.safeInteger();
};

const readText = (reader: WireReader): string => {
  const from = reader.span();
  return reader.bytes.toString("utf8", from, reader.at);
};

const readBinary = (reader: WireReader): Uint8Array => {
  const from = reader.span();
  return new Uint8Array(reader.bytes.subarray(from, reader.at));
};

const readSeconds = (reader: WireReader, kind: "timestamp" | "timestamp_ntz" | "interval_day_time"): ResultTime => {
  const seconds = readInteger(reader);
  const nanos = reader.sint32();
  const least = kind === "interval_day_time" ? -999_999_999 : 0;
  if (nanos < least || nanos > 999_999_999) throw new MalformedBody("a fraction of more than a second");
  return { kind, seconds, nanos };
};

const readItem = (reader: WireReader, type: ResultType): ResultValue => (reader.flag() === 1 ? null : readValue(reader, type));

const readArray = (reader: WireReader, item: ResultType): ResultValue[] => {
  const count = reader.count();
  const items: ResultValue[] = [];
  for (let at = 0; at < count; at += 1) items.push(readItem(reader, item));
  return items;
};

const readVector = (reader: WireReader, item: ResultType): ResultValue[] => {
  const count = reader.count();
  const items: ResultValue[] = [];
  for (let at = 0; at < count; at += 1) items.push(readValue(reader, item));
  return items;
};

const readMap = (reader: WireReader, key: ResultType, value: ResultType): ResultValue => {
  const keys = readArray(reader, key);
  const values = readArray(reader, value);
  if (keys.length !== values.length) throw new MalformedBody("a map with more keys than values, or less");
  return { kind: "map", entries: keys.map((each, at) => [each, values[at] ?? null] as const) };
};

const readStruct = (reader: WireReader, fields: readonly StructField[]): ResultValue => ({
  kind: "struct",
  fields: fields.map(({ name, type }) => [name, readItem(reader, type)] as const),
});

/** Reads one value of the type, which stands after its tag (protocol section 13.1). Throws MalformedBody, TooLong, or `outOfBytes`. */
export function readValue(reader: WireReader, type: ResultType): ResultValue {
  switch (type.kind) {
    case "bigint":
      return readInt64(reader);
    case "integer":
      return readInteger(reader);
    case "boolean":
      return reader.boolean();
    case "double":
      return reader.double();
    case "float":
      return reader.float();
    case "text":
    case "decimal":
    case "unknown":
      return readText(reader);
    case "binary":
      return readBinary(reader);
    case "date":
      return { kind: "date", days: readInteger(reader) };
    case "datetime":
      return { kind: "datetime", epochMs: readInteger(reader) };
    case "timestamp":
    case "timestamp_ntz":
    case "interval_day_time":
      return readSeconds(reader, type.kind);
    case "interval_year_month":
      return { kind: "interval_year_month", months: readInteger(reader) };
    case "array":
      return readArray(reader, type.item);
    case "vector":
      return readVector(reader, type.item);
    case "map":
      return readMap(reader, type.key, type.value);
    case "struct":
      return readStruct(reader, type.fields);
  }
}
