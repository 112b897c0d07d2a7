import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResultValue } from "../../../src/maxcompute/index.ts";
import { MalformedBody } from "../../../src/maxcompute/malformed-body.ts";
import { CsvWriter } from "../../../src/maxcompute/tunnel/csv-writer.ts";
import { parseType } from "../../../src/maxcompute/tunnel/parse-type.ts";
import { RecordDecoder, type RecordSink } from "../../../src/maxcompute/tunnel/record-decoder.ts";
import { TooLong } from "../../../src/maxcompute/tunnel/wire-reader.ts";
import { checkedTable, scalarTypes, type Table, type TunnelType, table } from "../../support/tunnel-types.ts";
import { partsOf, streamOf } from "./a-tunnel.ts";

const cellByCell = (writer: CsvWriter): RecordSink => ({
  field: (reader, index, type) => writer.field(reader, index, type),
  endRecord: () => writer.endRecord(),
  undoRecord: () => writer.undoRecord(),
});

type How = { readonly sink?: (writer: CsvWriter) => RecordSink; readonly cuts?: readonly number[]; readonly nullText?: string };

/** The CSV of a stream that comes in pieces, or as far as it can be read. */
const csvOf = ({ types }: Table, stream: Uint8Array, { sink = (writer) => writer, cuts = [], nullText }: How = {}) => {
  const columns = types.map(({ name }) => parseType(name));
  const names = types.map((_, index) => `c${index}`);
  const writer = new CsvWriter(names, { header: false, nullText });
  const decoder = new RecordDecoder(columns, sink(writer), 1024 * 1024);
  try {
    let from = 0;
    for (const cut of [...cuts, stream.byteLength]) {
      decoder.push(stream.subarray(from, cut));
      from = cut;
    }
    decoder.finish();
  } catch (error) {
    if (!(error instanceof MalformedBody || error instanceof TooLong)) throw error;
  }
  return { csv: writer.take().toString("latin1"), isComplete: decoder.isComplete };
};

const named = (...names: readonly string[]) => names.flatMap((name) => scalarTypes.filter((each) => each.name === name));

const date = (days: number): ResultValue => ({ kind: "date", days });
const datetime = (epochMs: number): ResultValue => ({ kind: "datetime", epochMs });

const mixed: Table = {
  types: named("bigint", "string", "double", "date", "datetime", "boolean", "decimal(38,9)", "timestamp", "INT", "float"),
  rows: [
    [1n, "plain", 0.1 + 0.2, date(20_000), datetime(Date.UTC(2026, 10, 22, 10, 20, 30)), true, "1.500000000", null, 7, 0.5],
    [null, null, null, null, null, null, null, null, null, null],
    [
      -(2n ** 63n),
      "",
      -0,
      date(-719_528),
      datetime(-1),
      false,
      "-2.000000000",
      { kind: "timestamp", seconds: 1, nanos: 5 },
      -7,
      0.1,
    ],
    [2n ** 53n, 'say "so", 東京', Number.NaN, date(-719_529), datetime(-62_167_219_200_001), null, "0.000000001", null, 0, null],
    [2n ** 53n - 1n, "=1+1", Number.NEGATIVE_INFINITY, date(2_932_896), datetime(253_402_300_799_999), true, null, null, 1, 1],
    [null, "x".repeat(20_000), 5e-324, date(2_932_897), datetime(253_402_300_800_000), true, "3.000000000", null, null, 2],
    [2n ** 53n + 1n, "\u00e9", 1 / 3, null, null, false, null, null, null, null],
    [3n, "-2", 1 / 3, null, null, null, null, null, 2 ** 31 - 1, null],
  ],
};

describe("rows written as whole records", () => {
  const expected = csvOf(mixed, streamOf(mixed), { sink: cellByCell });

  it("are those written cell by cell", () => {
    expect(expected.isComplete).toBe(true);
    expect(csvOf(mixed, streamOf(mixed))).toEqual(expected);
    const nullText = "n,".repeat(100);
    expect(csvOf(mixed, streamOf(mixed), { nullText })).toEqual(csvOf(mixed, streamOf(mixed), { sink: cellByCell, nullText }));
  });

  it("are written so, but for the last", () => {
    const usual: Table = {
      types: named("bigint", "string", "double", "datetime", "date", "boolean", "decimal(38,9)", "INT"),
      rows: Array.from({ length: 100 }, (_, index) => [
        BigInt(index) ** 8n - 1000n,
        "x".repeat(index),
        index / 7,
        datetime(index * 1e10),
        date(index * 1000),
        index % 2 === 0,
        `${index}.5`,
        index % 3 === 0 ? null : -index,
      ]),
    };
    let single = 0;
    const sink = (writer: CsvWriter): RecordSink => ({
      ...cellByCell(writer),
      records: (reader, types, most) => writer.records(reader, types, most),
      endRecord: () => {
        single += 1;
        writer.endRecord();
      },
    });
    expect(csvOf(usual, streamOf(usual), { sink }).isComplete).toBe(true);
    expect(single).toBeLessThan(3);
  });

  it("are the same wherever the bytes are cut in two", () => {
    const short: Table = { ...mixed, rows: mixed.rows.filter(([, text]) => (text as string | null)?.length !== 20_000) };
    const stream = streamOf(short);
    const whole = csvOf(short, stream, { sink: cellByCell });
    for (let cut = 1; cut < stream.byteLength; cut += 1) expect(csvOf(short, stream, { cuts: [cut] })).toEqual(whole);
  });

  it("are the same for any schema", () => {
    fc.assert(
      fc.property(table, fc.nat({ max: 2000 }), (written, cut) => {
        const stream = streamOf(written);
        const cuts = [Math.min(cut, stream.byteLength)];
        expect(csvOf(written, stream, { cuts })).toEqual(csvOf(written, stream, { sink: cellByCell }));
      }),
      { numRuns: 150 },
    );
  });

  it("are the same for more columns than a tag of two bytes has room for", () => {
    const [bigint] = named("bigint");
    if (bigint === undefined) throw new Error("no bigint");
    const types = new Array(2100).fill(bigint);
    const rows = [1n, null, 3n].map((value) => types.map((_, index) => (index % 700 === 0 ? value : null)));
    const late = types.map((_, index) => (index > 2000 ? 9n : null));
    const wide: Table = { types, rows: [...rows, late, ...rows] };
    expect(csvOf(wide, streamOf(wide))).toEqual(csvOf(wide, streamOf(wide), { sink: cellByCell }));
  });

  it("are never others than were written, when a bit of the stream is turned", () => {
    fc.assert(
      fc.property(checkedTable, fc.nat(), fc.integer({ min: 0, max: 7 }), (written, place, bit) => {
        const bytes = Buffer.from(streamOf(written));
        const whole = csvOf(written, bytes).csv;
        const at = place % bytes.byteLength;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const { csv, isComplete } = csvOf(written, bytes);
        expect(isComplete).toBe(false);
        expect(whole.startsWith(csv)).toBe(true);
        expect(csv).toBe(csvOf(written, bytes, { sink: cellByCell }).csv);
      }),
      { numRuns: 150 },
    );
  });

  it("end before a record whose fields are out of order, of another type, or whose flag is none", () => {
    const [first, ...others] = partsOf(mixed).records;
    const rest = Buffer.concat(others);
    const wrong = [
      [0x10, 2, 0x08, 2],
      [0x0a, 1, 65],
      [0x30, 2],
      [0x08, ...new Array(10).fill(0xff), 1],
      [0xa0, 0x80, 1],
    ];
    for (const bytes of wrong) {
      const { csv, isComplete } = csvOf(mixed, Buffer.concat([first ?? Buffer.alloc(0), Buffer.from(bytes), rest]));
      expect(isComplete).toBe(false);
      expect(csv).toBe(expected.csv.slice(0, expected.csv.indexOf("\r\n") + 2));
    }
  });
});

describe("records that are wrong though their checksum is right", () => {
  const [bigint, boolean, integer] = named("bigint", "boolean", "INT");
  if (bigint === undefined || boolean === undefined || integer === undefined) throw new Error("no such type");
  const right: TunnelType = bigint;
  const flag: TunnelType = { ...boolean, encode: () => ({ wire: [2], summed: [2] }) };
  const beyond: TunnelType = { ...integer, encode: () => bigint.encode(2n ** 54n + 1n) };
  const twice: TunnelType = {
    ...bigint,
    encode: (value) => {
      const { wire, summed } = bigint.encode(value);
      return { wire: [...wire, 0x10, ...wire], summed: [...summed, 2, 0, 0, 0, ...summed] };
    },
  };

  it.each([
    ["a flag that is neither yes nor no", flag],
    ["a number beyond its type", beyond],
    ["a column that comes twice", twice],
  ])("are refused, with %s", (_, wrong) => {
    const good: Table = { types: [right, bigint], rows: [[1n, null]] };
    const after: Table = { ...good, rows: new Array(9).fill([2n, 3n]) };
    const bad: Table = { types: [right, wrong], rows: [[7n, 7n]] };
    const named = { ...bad, types: [right, { ...wrong }] };
    const stream = Buffer.concat([...partsOf(good).records, ...partsOf(bad).records, ...partsOf(after).records]);
    expect(csvOf(named, stream)).toEqual({ csv: "1,\r\n", isComplete: false });
  });
});

describe("bytes at hand that end within a value", () => {
  it("are not read beyond, though memory ends there too", () => {
    const types = named("string", "double");
    const { records } = partsOf({ types, rows: Array.from({ length: 16_000 }, (_, index) => [null, index / 7]) });
    const rest = Buffer.concat(records);
    // The memory for what comes in begins with 256 KiB, and is filled to its last byte: here at every byte of a record.
    for (let shift = 0; shift < 20; shift += 1) {
      const [first = Buffer.alloc(0)] = partsOf({ types, rows: [["x".repeat(shift), null]] }).records;
      const stream = Buffer.concat([first, rest]);
      expect(stream.byteLength).toBeGreaterThan(256 * 1024);
      expect(csvOf({ types, rows: [] }, stream, { cuts: [1, 256 * 1024] }).csv.length).toBe(
        csvOf({ types, rows: [] }, stream, { sink: cellByCell }).csv.length,
      );
    }
  });
});

describe("texts written as whole records", () => {
  const textOf = (unit: fc.Arbitrary<string>, maxLength: number) => fc.string({ unit, maxLength });
  const pieces = fc.oneof(
    textOf(fc.constantFrom(..."abc XYZ09~!#$%&*()/:;<>?[]^_{|}"), 40),
    textOf(fc.constantFrom(...'ab",\r\n\t\0\x1f\x7f'), 12),
    textOf(fc.constantFrom(..."+-=@.eE0123456789"), 8),
    textOf(fc.constantFrom(..."aéß東𝄞\ufeff\u0080\uffff"), 12),
  );
  const [string] = named("string");
  const [binary] = named("binary");
  if (string === undefined || binary === undefined) throw new Error("no such type");

  it("are those written cell by cell, of every length and character", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(pieces, pieces), { minLength: 1, maxLength: 12 }), (rows) => {
        const written: Table = { types: [string, string], rows };
        expect(csvOf(written, streamOf(written))).toEqual(csvOf(written, streamOf(written), { sink: cellByCell }));
      }),
      { numRuns: 150 },
    );
  });

  it("are repaired like those written cell by cell when they are no UTF-8", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 12 })), { minLength: 1, maxLength: 12 }), (rows) => {
        const written: Table = { types: [{ ...binary, name: "string" }], rows };
        expect(csvOf(written, streamOf(written))).toEqual(csvOf(written, streamOf(written), { sink: cellByCell }));
      }),
      { numRuns: 100 },
    );
  });

  it.each([127, 128, 16_383, 16_384, 70_000])("come whole when they are of %i bytes", (length) => {
    const written: Table = { types: [string], rows: [["a"], ["b".repeat(length)], ["c"], ["é".repeat(length / 2)], ["d"]] };
    const { csv, isComplete } = csvOf(written, streamOf(written));
    expect(isComplete).toBe(true);
    expect(Buffer.from(csv, "latin1").toString()).toBe(written.rows.map(([text]) => `${text}\r\n`).join(""));
  });
});
