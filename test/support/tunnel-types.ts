import fc from "fast-check";
import type { ResultValue } from "../../src/maxcompute/index.ts";
import { type Encoded, type EncodedField, littleEndian, varint, zigzag } from "./tunnel-encoder.ts";

type Value = Exclude<ResultValue, null>;

/** A column type: as a session names it, some of its values as a client should read them, and how the tunnel writes them. */
export type TunnelType = {
  readonly name: string;
  readonly wireType: EncodedField["wireType"];
  readonly values: fc.Arbitrary<Value>;
  readonly encode: (value: Value) => Encoded;
};

export const encodeField = (type: TunnelType, value: ResultValue): EncodedField | null =>
  value === null ? null : { wireType: type.wireType, ...type.encode(value) };

const concat = (parts: readonly Encoded[]): Encoded => ({
  wire: parts.flatMap(({ wire }) => wire),
  summed: parts.flatMap(({ summed }) => summed),
});
const unsummed = (wire: readonly number[]): Encoded => ({ wire, summed: [] });

const int64 = (value: bigint): Encoded => ({ wire: zigzag(value), summed: littleEndian(value, 8) });
const int32 = (value: bigint): Encoded => ({ wire: zigzag(value), summed: littleEndian(value, 4) });
const bytes = (value: Uint8Array): Encoded => ({ wire: [...varint(BigInt(value.length)), ...value], summed: [...value] });
const fixed = (view: Uint8Array): Encoded => ({ wire: [...view], summed: [...view] });

type Kind = "date" | "datetime" | "timestamp" | "timestamp_ntz" | "interval_day_time" | "interval_year_month";
type Timed = { readonly kind: Kind; readonly [part: string]: unknown };

const integerType = (name: string, bits: number): TunnelType => ({
  name,
  wireType: 0,
  values: fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }),
  encode: (value) => int64(BigInt(value as number)),
});

const textType = (name: string, values: fc.Arbitrary<string>): TunnelType => ({
  name,
  wireType: 2,
  values,
  encode: (value) => bytes(Buffer.from(value as string)),
});

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", "=1+1", "-5", "+a", "@x", "\tx", "\rx", 'a"b', "a,b", "a\r\nb", "数据", "'", "\\N", "-1.5e3", "\ufeffx"),
);

const partTime = (kind: Kind, part: string, range: { min: number; max: number }): TunnelType => ({
  name: kind,
  wireType: 0,
  values: fc.integer(range).map((value) => ({ kind, [part]: value }) as unknown as Value),
  encode: (value) => int64(BigInt((value as Timed)[part] as number)),
});

const nanosTime = (kind: Kind, values: fc.Arbitrary<{ seconds: number; nanos: number }>): TunnelType => ({
  name: kind,
  wireType: 2,
  values: values.map((value) => ({ kind, ...value }) as Value),
  encode: (value) => concat([int64(BigInt((value as Timed).seconds as number)), int32(BigInt((value as Timed).nanos as number))]),
});

const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
const nanos = fc.oneof(fc.constantFrom(0, 500_000_000, 1000, 999_999_999), fc.integer({ min: 0, max: 999_999_999 }));
/** Writers do not agree: both parts of a duration may have its sign, or the fraction counts forward from the second below. */
const duration = fc.oneof(
  fc
    .tuple(fc.constantFrom(-1, 1), fc.integer({ min: 0, max: 10_000_000 }), nanos)
    .map(([sign, whole, fraction]) => ({ seconds: whole * sign + 0, nanos: fraction * sign + 0 })),
  fc.record({ seconds: fc.integer({ min: -10_000_000, max: 10_000_000 }), nanos }),
);

const double: TunnelType = {
  name: "double",
  wireType: 1,
  values: fc.oneof(
    fc.double(),
    fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100),
    fc.integer(),
  ),
  encode: (value) => fixed(new Uint8Array(Float64Array.of(value as number).buffer)),
};

const float: TunnelType = {
  name: "float",
  wireType: 5,
  values: fc.float(),
  encode: (value) => fixed(new Uint8Array(Float32Array.of(value as number).buffer)),
};

const boolean: TunnelType = {
  name: "boolean",
  wireType: 0,
  values: fc.boolean(),
  encode: (value) => ({ wire: [value ? 1 : 0], summed: [value ? 1 : 0] }),
};

const bigint: TunnelType = {
  name: "bigint",
  wireType: 0,
  values: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.integer().map(BigInt),
    fc.constantFrom(
      0n,
      -1n,
      2n ** 53n,
      -(2n ** 53n),
      2n ** 63n - 1n,
      -(2n ** 63n),
      2n ** 31n,
      -(2n ** 31n),
      10n ** 9n,
      -(10n ** 18n),
    ),
  ),
  encode: (value) => int64(value as bigint),
};

const binary: TunnelType = {
  name: "binary",
  wireType: 2,
  values: fc.uint8Array({ maxLength: 20 }),
  encode: (value) => bytes(value as Uint8Array),
};

const decimals = fc
  .tuple(fc.constantFrom("", "-"), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 10 ** 9 }))
  .map(([sign, whole, fraction]) => `${sign}${whole}.${String(fraction).padStart(9, "0")}`);

export const scalarTypes: readonly TunnelType[] = [
  bigint,
  integerType("tinyint", 8),
  integerType("smallint", 16),
  integerType("INT", 32),
  double,
  float,
  boolean,
  binary,
  textType("string", text),
  textType("varchar(20)", text),
  textType("CHAR(4)", text),
  textType("json", fc.json()),
  textType("decimal(38,9)", decimals),
  partTime("date", "days", { min: -800_000, max: 2_932_896 }),
  partTime("datetime", "epochMs", { min: -70_000_000_000_000, max: 253_402_300_799_999 }),
  partTime("interval_year_month", "months", { min: -120_000, max: 120_000 }),
  nanosTime("timestamp", fc.record({ seconds, nanos })),
  nanosTime("timestamp_ntz", fc.record({ seconds, nanos })),
  nanosTime("interval_day_time", duration),
];

const flagged = (type: TunnelType, value: ResultValue): Encoded =>
  value === null ? unsummed([1]) : concat([unsummed([0]), type.encode(value)]);

const list = (type: TunnelType, values: readonly ResultValue[]): Encoded =>
  concat([unsummed(varint(BigInt(values.length))), ...values.map((value) => flagged(type, value))]);

const some = (type: TunnelType) => fc.array(fc.option(type.values, { freq: 4 }), { maxLength: 4 });

const arrayOf = (item: TunnelType): TunnelType => ({
  name: `array<${item.name}>`,
  wireType: 2,
  values: some(item),
  encode: (value) => list(item, value as readonly ResultValue[]),
});

const vectorOf = (item: TunnelType): TunnelType => ({
  name: `vector<${item.name}, 3>`,
  wireType: 2,
  values: fc.array(item.values, { maxLength: 4 }),
  encode: (value) => {
    const items = value as readonly Value[];
    return concat([unsummed(varint(BigInt(items.length))), ...items.map(item.encode)]);
  },
});

type Entries = { readonly entries: readonly (readonly [ResultValue, ResultValue])[] };
const mapOf = (key: TunnelType, value: TunnelType): TunnelType => ({
  name: `map<${key.name},${value.name}>`,
  wireType: 2,
  values: fc
    .array(fc.tuple(key.values, fc.option(value.values, { freq: 4 })), { maxLength: 3 })
    .map((entries) => ({ kind: "map", entries }) as Value),
  encode: (map) => {
    const { entries } = map as Entries;
    return concat([
      list(
        key,
        entries.map(([each]) => each),
      ),
      list(
        value,
        entries.map(([, each]) => each),
      ),
    ]);
  },
});

type Fields = { readonly fields: readonly (readonly [string, ResultValue])[] };
const structOf = (first: TunnelType, second: TunnelType): TunnelType => ({
  name: `struct<a:${first.name}, \`b \`\`:\`:${second.name}>`,
  wireType: 2,
  values: fc.tuple(fc.option(first.values), fc.option(second.values)).map(
    ([a, b]) =>
      ({
        kind: "struct",
        fields: [
          ["a", a],
          ["b `:", b],
        ],
      }) as Value,
  ),
  encode: (struct) => {
    const [a, b] = (struct as Fields).fields;
    return concat([flagged(first, a?.[1] ?? null), flagged(second, b?.[1] ?? null)]);
  },
});

const { type } = fc.letrec<{ type: TunnelType; scalar: TunnelType }>((tie) => ({
  scalar: fc.constantFrom(...scalarTypes),
  type: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    tie("scalar"),
    tie("type").map(arrayOf),
    tie("scalar").map(vectorOf),
    fc.tuple(tie("scalar"), tie("type")).map(([key, value]) => mapOf(key, value)),
    fc.tuple(tie("type"), tie("scalar")).map(([first, second]) => structOf(first, second)),
  ),
}));

/** A type of the protocol's table, nested ones too. */
export const tunnelType: fc.Arbitrary<TunnelType> = fc
  .oneof(fc.constantFrom(...scalarTypes), type)
  .map((each) => ({ ...each, [fc.toStringMethod]: () => each.name }));

export type Table = { readonly types: readonly TunnelType[]; readonly rows: readonly (readonly ResultValue[])[] };

const tableOf = (types: fc.Arbitrary<TunnelType>): fc.Arbitrary<Table> =>
  fc.array(types, { minLength: 1, maxLength: 5 }).chain((chosen) =>
    fc.record({
      types: fc.constant(chosen),
      rows: fc.array(fc.tuple(...chosen.map(({ values }) => fc.option(values, { freq: 5 }))), { maxLength: 8 }),
    }),
  );

/** A result of a few columns and rows. */
export const table = tableOf(tunnelType);

/** One without nested values, whose flags stand outside the checksum, and without months, which may come under either of two tags. */
export const checkedTable = tableOf(fc.constantFrom(...scalarTypes.filter(({ name }) => name !== "interval_year_month")));

export const encodeRows = ({ types, rows }: Table) =>
  rows.map((row) => types.map((each, index) => encodeField(each, row[index] ?? null)));
