import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, Table, Value } from "../../../../src/simulator/maxcompute/table.ts";
import { recordStream } from "../../../../src/simulator/maxcompute/tunnel/record-stream.ts";
import { recordedCases } from "../../../vectors/vectors.ts";
import { readRecords } from "./record-reader.ts";

type Recorded = null | boolean | number | string | readonly Recorded[] | { readonly [kind: string]: Recorded };

/** A recorded value as a scenario writes it. */
const written = (value: Recorded): Value => {
  if (Array.isArray(value)) return value.map(written);
  if (value === null || typeof value !== "object") return value as Value;
  const [inside = null] = Object.values(value);
  return Array.isArray(inside) ? inside.map(written) : (inside as Value);
};

const everyColumn = ({ columns }: Table): number[] => columns.map((_, index) => index);
const bytesOf = (table: Table, start = 0, count = table.rowCount, columns = everyColumn(table)): Buffer =>
  Buffer.concat([...recordStream({ table, start, count, columns })]);

const cases = recordedCases<{ columns: readonly Column[]; hex: string }, { rows: readonly (readonly Recorded[])[] }>(
  "tunnel_protobuf.json",
);
describe("the stream of recorded rows", () => {
  // What was cut was never written whole.
  it.each(cases.filter(({ name }) => !name.startsWith("truncated")))("$name is the recorded one, to the byte", (recorded) => {
    const rows = recorded.expected.rows.map((row) => row.map(written));
    const table = { columns: recorded.input.columns, rows, rowCount: rows.length };
    expect(bytesOf(table).toString("hex")).toBe(recorded.input.hex);
  });
});

const values: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  bigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  string: fc.string({ unit: "binary" }),
  double: fc.double({ noNaN: true }),
  boolean: fc.boolean(),
  "array<bigint>": fc.array(fc.option(fc.bigInt({ min: -9n, max: 9n })), { maxLength: 3 }),
  "map<string,boolean>": fc
    .array(fc.tuple(fc.string(), fc.option(fc.boolean())), { maxLength: 3 })
    .map((entries): Value => entries),
};

it("any rows arrive as they are, from any of them on, in chunks of any rows", () => {
  const types = Object.keys(values);
  const row = fc.tuple(...Object.values(values).map((value) => fc.option(value)));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), fc.nat({ max: 25 }), (rows, start) => {
      const table = { columns: types.map((type, at) => ({ name: `c${at}`, type })), rows, rowCount: 1_000 };
      const { rows: read, ...footer } = readRecords(bytesOf(table, start, 30), types);
      expect(read).toEqual(Array.from({ length: 30 }, (_, n) => rows[(start + n) % rows.length]));
      expect(footer).toEqual({ count: 30, wrongRecords: [], isOverallRight: true });
    }),
    { numRuns: 60 },
  );
});

describe("numbered rows", () => {
  const types = ["string", "bigint", "double"];
  const table: Table = {
    columns: types.map((type, at) => ({ name: `c${at}`, type })),
    rows: [
      ["a", null, 1.5],
      [null, null, null],
      ["a longer text", null, 2],
    ],
    rowCount: 500_000_000,
    numbered: 1,
  };

  it.each([[[0, 1, 2]], [[1, 2, 0]], [[2, 0, 1]], [[1]], [[2, 0]]])(
    "have right checksums wherever the number stands: columns %j",
    (columns) => {
      for (const start of [0, 60, 8_190, 499_999_000]) {
        const { rows, ...footer } = readRecords(
          bytesOf(table, start, 200, columns),
          columns.map((column) => types[column] ?? ""),
        );
        const expected = Array.from({ length: 200 }, (_, n) => {
          const whole = (table.rows[(start + n) % 3] ?? []).with(1, BigInt(start + n + 1));
          return columns.map((column) => whole[column]);
        });
        expect(rows).toEqual(expected);
        expect(footer).toEqual({ count: 200, wrongRecords: [], isOverallRight: true });
      }
    },
  );

  it("are made when they are taken: the first of half a billion are there at once", () => {
    const stream = recordStream({ table, start: 0, count: table.rowCount, columns: [0, 1, 2] });
    const [first, second] = [stream.next(), stream.next()];
    expect([first.done, second.done, Number(first.value?.length) < 100_000]).toEqual([false, false, true]);
    stream.return(undefined);
  });
});
