import type { ColumnType, ScalarKind } from "../column-type.ts";
import type { Value } from "../table.ts";
import { dateDays, datetimeMs, dayTimeInterval, type Instant, timestamp, yearMonthInterval } from "./times.ts";
import { varint, wireTypes, zigzag } from "./wire.ts";

/** A value as it travels, and the bytes of it that the record's checksum covers: flags and sizes are not among them. */
export type Encoded = { readonly wire: Buffer; readonly checked: Buffer };

const both = (bytes: Buffer): Encoded => ({ wire: bytes, checked: bytes });

const joined = (parts: readonly Encoded[]): Encoded => ({
  wire: Buffer.concat(parts.map(({ wire }) => wire)),
  checked: Buffer.concat(parts.map(({ checked }) => checked)),
});

const unchecked = (wire: Buffer): Encoded => ({ wire, checked: Buffer.alloc(0) });

const long = (value: number | bigint): Encoded => {
  const checked = Buffer.alloc(8);
  checked.writeBigInt64LE(BigInt(value));
  return { wire: zigzag(value), checked };
};

const int = (value: number): Encoded => {
  const checked = Buffer.alloc(4);
  checked.writeInt32LE(value);
  return { wire: zigzag(value), checked };
};

const double = (value: number): Encoded => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return both(bytes);
};

const float = (value: number): Encoded => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return both(bytes);
};

const sized = (bytes: Buffer): Encoded => ({ wire: Buffer.concat([varint(bytes.length), bytes]), checked: bytes });

/** Two raw values after one tag, without a length. */
const instant = ({ seconds, nanos }: Instant): Encoded => joined([long(seconds), int(nanos)]);

const nullFlag = (isNull: boolean): Encoded => unchecked(Buffer.from([isNull ? 1 : 0]));

const nullable = (value: Value, type: ColumnType): Encoded =>
  value === null ? nullFlag(true) : joined([nullFlag(false), encodeValue(value, type)]);

const array = (values: readonly Value[], type: ColumnType): Encoded =>
  joined([unchecked(varint(values.length)), ...values.map((value) => nullable(value, type))]);

const scalar = (value: Value, kind: ScalarKind): Encoded => {
  switch (kind) {
    case "long":
      return long(typeof value === "bigint" ? value : Number(value));
    case "boolean":
      return both(Buffer.from([value === true ? 1 : 0]));
    case "double":
      return double(Number(value));
    case "float":
      return float(Number(value));
    case "text":
      return sized(Buffer.from(String(value)));
    case "binary":
      return sized(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)));
    case "datetime":
      return long(datetimeMs(String(value)));
    case "date":
      return long(dateDays(String(value)));
    case "timestamp":
      return instant(timestamp(String(value)));
    case "interval_day_time":
      return instant(dayTimeInterval(String(value)));
    case "interval_year_month":
      return long(yearMonthInterval(String(value)));
    default:
      return kind satisfies never;
  }
};

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const listOf = (value: Value | undefined): readonly Value[] => (value !== undefined && isList(value) ? value : []);

/** A value that is not NULL, without its tag. */
export const encodeValue = (value: Value, type: ColumnType): Encoded => {
  switch (type.kind) {
    case "array":
      return array(listOf(value), type.item);
    case "vector": {
      const items = listOf(value);
      return joined([unchecked(varint(items.length)), ...items.map((item) => encodeValue(item, type.item))]);
    }
    case "map": {
      const [keys, values] = [0, 1].map((at) => listOf(value).map((entry) => listOf(entry)[at] ?? null));
      return joined([array(keys ?? [], type.key), array(values ?? [], type.value)]);
    }
    case "struct": {
      const values = listOf(value);
      return joined(type.fields.map((field, at) => nullable(values[at] ?? null, field.type)));
    }
    default:
      return scalar(value, type.kind);
  }
};

/** The wire type that a value's tag names; what is nested counts as delimited although nothing gives its length. */
export const wireTypeOf = ({ kind }: ColumnType): number => {
  switch (kind) {
    case "long":
    case "boolean":
    case "datetime":
    case "date":
    case "interval_year_month":
      return wireTypes.varint;
    case "double":
      return wireTypes.fixed64;
    case "float":
      return wireTypes.fixed32;
    default:
      return wireTypes.delimited;
  }
};
