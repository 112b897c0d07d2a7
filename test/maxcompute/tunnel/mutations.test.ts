import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MalformedBody } from "../../../src/maxcompute/malformed-body.ts";
import { CsvWriter } from "../../../src/maxcompute/tunnel/csv-writer.ts";
import { parseType } from "../../../src/maxcompute/tunnel/parse-type.ts";
import { RecordDecoder } from "../../../src/maxcompute/tunnel/record-decoder.ts";
import { createRowCollector } from "../../../src/maxcompute/tunnel/row-collector.ts";
import { TooLong } from "../../../src/maxcompute/tunnel/wire-reader.ts";
import { varint } from "../../support/tunnel-encoder.ts";
import { checkedTable, tunnelType } from "../../support/tunnel-types.ts";
import { streamOf } from "./a-tunnel.ts";

type Recording = { input: { columns: { name: string; type: string }[]; hex: string } };
const { cases }: { cases: Recording[] } = JSON.parse(
  readFileSync(new URL("../../vectors/tunnel_protobuf.json", import.meta.url), "utf8"),
);

/** Rows, or one of the two refusals; nothing else may come out. */
const readAll = (types: readonly string[], bytes: Uint8Array, chunkSize: number) => {
  const { sink, take } = createRowCollector(types.length);
  const decoder = new RecordDecoder(types.map(parseType), sink, 64 * 1024);
  try {
    for (let at = 0; at < bytes.byteLength; at += chunkSize) decoder.push(bytes.subarray(at, at + chunkSize));
    decoder.finish();
  } catch (error) {
    if (error instanceof MalformedBody || error instanceof TooLong) return { rows: take(), error, isComplete: false };
    throw error;
  }
  return { rows: take(), error: undefined, isComplete: decoder.isComplete };
};

describe("bytes that are no record stream", () => {
  it("are refused, or wait for more, whatever they are", () => {
    fc.assert(
      fc.property(fc.array(tunnelType, { minLength: 1, maxLength: 4 }), fc.uint8Array({ maxLength: 300 }), (types, bytes) => {
        expect(
          readAll(
            types.map(({ name }) => name),
            bytes,
            7,
          ).isComplete,
        ).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it("never bring other rows than were written, when a bit of a stream is turned", () => {
    fc.assert(
      fc.property(checkedTable, fc.nat(), fc.integer({ min: 0, max: 7 }), (written, place, bit) => {
        const bytes = Buffer.from(streamOf(written));
        const at = place % bytes.byteLength;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const { rows, isComplete } = readAll(
          written.types.map(({ name }) => name),
          bytes,
          11,
        );
        expect(rows).toEqual(written.rows.slice(0, rows.length));
        expect(isComplete).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it("are refused when they are recorded ones with bytes cut out, doubled or changed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.nat(),
        fc.nat({ max: 12 }),
        fc.uint8Array({ maxLength: 6 }),
        (recording, place, length, replacement) => {
          const bytes = Buffer.from(recording.input.hex, "hex");
          const at = place % (bytes.byteLength + 1);
          const mutated = Buffer.concat([bytes.subarray(0, at), replacement, bytes.subarray(at + length)]);
          const types = recording.input.columns.map(({ type }) => type);
          const { rows } = readAll(types, mutated, 5);
          expect(rows.length).toBeLessThanOrEqual(mutated.byteLength);
          const writer = new CsvWriter(types, {});
          const decoder = new RecordDecoder(types.map(parseType), writer, 64 * 1024);
          try {
            decoder.push(mutated);
          } catch (error) {
            expect(error instanceof MalformedBody || error instanceof TooLong).toBe(true);
          }
          expect(writer.take().toString().split("\r\n").length).toBeGreaterThanOrEqual(rows.length + 1);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a claim", () => {
  const claiming = (type: string, count: bigint) => readAll([type], Uint8Array.from([0x0a, ...varint(count)]), 100);

  it.each([
    ["a string", "string"],
    ["a list", "array<bigint>"],
    ["a map", "map<string,string>"],
    ["a vector", "vector<double>"],
  ])("of 4 GiB in %s is refused before anything is reserved for it", (_, type) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(claiming(type, 0xffff_ffffn).error).toBeInstanceOf(TooLong);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  it("of less than the limit waits for the bytes, and reserves only what has come", () => {
    const before = process.memoryUsage().arrayBuffers;
    expect(claiming("string", 60_000n)).toEqual({ rows: [], error: undefined, isComplete: false });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  it("of a number longer than 64 bits is refused", () => {
    expect(readAll(["bigint"], Uint8Array.from([0x08, ...new Array(10).fill(0xff), 1]), 100).error).toBeInstanceOf(MalformedBody);
  });

  it("of many lists, each within the limit, is counted together", () => {
    const lists = Array.from({ length: 200 }, () => [0, ...varint(50_000n)]).flat();
    const bytes = Uint8Array.from([0x0a, ...varint(60_000n), ...lists]);
    expect(readAll(["array<array<string>>"], bytes, 10_000).isComplete).toBe(false);
  });

  it("of a record without an end is refused when the limit is reached", () => {
    const bytes = Buffer.alloc(200_000, Buffer.from([0x08, 0x02]));
    expect(readAll(["bigint"], bytes, 1000).error).toBeInstanceOf(MalformedBody);
    const long = Buffer.concat([
      Buffer.from([0x0a, ...varint(60_000n)]),
      Buffer.alloc(60_000, 97),
      Buffer.from([0x12, ...varint(60_000n)]),
    ]);
    expect(readAll(["string", "string"], Buffer.concat([long, Buffer.alloc(30_000, 98)]), 4000).error).toBeInstanceOf(TooLong);
  });
});
