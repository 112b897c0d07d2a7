/** A reader of record streams, written from the protocol page alone: it shares nothing with the writer it judges. */
export type ReadStream = {
  readonly rows: readonly (readonly unknown[])[];
  /** What the footer says; undefined when there is none. */
  readonly count: number | undefined;
  /** Rows, counted from 0, whose checksum is wrong. */
  readonly wrongRecords: readonly number[];
  readonly isOverallRight: boolean | undefined;
};

const crcTable = Array.from({ length: 256 }, (_, byte) =>
  Array.from({ length: 8 }).reduce<number>((crc) => (crc >>> 1) ^ (crc % 2 === 0 ? 0 : 0x82f63b78), byte),
);

const checksum = () => {
  let crc = 0xffffffff;
  return {
    add(bytes: Uint8Array) {
      for (const byte of bytes) crc = ((crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0)) >>> 0;
    },
    value: (): number => (crc ^ 0xffffffff) >>> 0,
  };
};

const little = (bytes: 4 | 8, value: bigint): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn)));

const argumentsOf = (type: string): string[] => {
  const inside = type.slice(type.search(/[<(]/) + 1, -1);
  const parts: string[] = [];
  let from = 0;
  let open = 0;
  for (let at = 0; at <= inside.length; at += 1) {
    if ("<(".includes(inside[at] ?? " ")) open += 1;
    if (">)".includes(inside[at] ?? " ")) open -= 1;
    if (open > 0 || (at < inside.length && inside[at] !== ",")) continue;
    parts.push(inside.slice(from, at));
    from = at + 1;
  }
  return parts;
};

/** Reads a whole stream of these column types. Bigints stand for all integers, for times too: `[seconds, nanos]` for two of them. */
export const readRecords = (bytes: Buffer, types: readonly string[]): ReadStream => {
  let at = 0;
  let record = checksum();
  const overall = checksum();

  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError(`the stream ends within a value of ${length} bytes`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const unsigned = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(take(1)[0] ?? 0);
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) return value;
    }
  };
  const signed = (): bigint => {
    const value = unsigned();
    return value % 2n === 0n ? value / 2n : -(value + 1n) / 2n;
  };
  const checked = (value: Buffer): Buffer => {
    record.add(value);
    return value;
  };
  const integer = (size: 4 | 8): bigint => {
    const value = signed();
    record.add(little(size, value));
    return value;
  };
  const list = (type: string): unknown[] => Array.from({ length: Number(unsigned()) }, () => nullable(type));
  const nullable = (type: string): unknown => (take(1)[0] === 1 ? null : value(type));
  const value = (type: string): unknown => {
    const [, name = "", sub = "", other = ""] = [type, type.split(/[<(]/)[0], ...argumentsOf(type)];
    if (["tinyint", "smallint", "int", "bigint", "datetime", "date", "interval_year_month"].includes(name)) return integer(8);
    if (["string", "varchar", "char", "json", "decimal"].includes(name))
      return checked(take(Number(unsigned()))).toString("utf8");
    if (["timestamp", "timestamp_ntz", "interval_day_time"].includes(name)) return [integer(8), integer(4)];
    if (name === "binary") return checked(take(Number(unsigned()))).toString("hex");
    if (name === "boolean") return checked(take(1))[0] === 1;
    if (name === "double") return checked(take(8)).readDoubleLE();
    if (name === "float") return checked(take(4)).readFloatLE();
    if (name === "array") return list(sub);
    if (name === "vector") return Array.from({ length: Number(unsigned()) }, () => value(sub));
    if (name === "struct") return argumentsOf(type).map((field) => nullable(field.slice(field.indexOf(":") + 1)));
    if (name !== "map") throw new Error(`a column of type ${type}`);
    const keys = list(sub);
    const values = list(other);
    return keys.map((key, entry) => [key, values[entry]]);
  };
  const wireTypeOf = (type: string): bigint => {
    if (type === "double") return 1n;
    if (type === "float") return 5n;
    return /^(tinyint|smallint|int|bigint|datetime|date|interval_year_month|boolean)$/.test(type) ? 0n : 2n;
  };

  const rows: unknown[][] = [];
  const wrongRecords: number[] = [];
  let row: unknown[] = types.map(() => null);
  while (at < bytes.length) {
    const tag = unsigned();
    const field = Number(tag >> 3n);
    if (field === 33_554_430) {
      const count = Number(signed());
      if (unsigned() !== BigInt(33_554_431 * 8)) throw new Error("no overall checksum after the count");
      return { rows, count, wrongRecords, isOverallRight: Number(unsigned()) === overall.value() && at === bytes.length };
    }
    if (field === 33_553_408) {
      if (Number(unsigned()) !== record.value()) wrongRecords.push(rows.length);
      overall.add(little(4, BigInt(record.value())));
      record = checksum();
      rows.push(row);
      row = types.map(() => null);
      continue;
    }
    const type = types[field - 1];
    if (type === undefined || (tag & 7n) !== wireTypeOf(type)) throw new Error(`an unexpected tag ${tag}`);
    record.add(little(4, BigInt(field)));
    row[field - 1] = value(type);
  }
  return { rows, count: undefined, wrongRecords, isOverallRight: undefined };
};
