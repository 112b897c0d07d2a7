import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeCsv } from "../../../src/commands/result-csv.ts";
import { formatValue, type ResultValue } from "../../../src/maxcompute/index.ts";
import { crc32c } from "../../../src/maxcompute/tunnel/crc32c.ts";
import { CsvWriter } from "../../../src/maxcompute/tunnel/csv-writer.ts";
import { parseType } from "../../../src/maxcompute/tunnel/parse-type.ts";
import { RecordDecoder, type RecordSink } from "../../../src/maxcompute/tunnel/record-decoder.ts";
import { createRowCollector } from "../../../src/maxcompute/tunnel/row-collector.ts";
import { readCsv } from "../../support/rfc4180.ts";
import { encodeStream, plainCrc32c } from "../../support/tunnel-encoder.ts";
import { encodeRows, type Table, table } from "../../support/tunnel-types.ts";
import { collect, instanceId } from "../a-client.ts";
import { aTunnel, columnsOf, inChunks, scriptOf, streamOf } from "./a-tunnel.ts";

const chunkSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

const decode = ({ types }: Table, stream: Uint8Array, sizes: readonly number[], sink: RecordSink) => {
  const decoder = new RecordDecoder(
    types.map(({ name }) => parseType(name)),
    sink,
    1024 * 1024,
  );
  for (let at = 0, turn = 0; at < stream.byteLength; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    decoder.push(stream.subarray(at, at + size));
    at += size;
  }
  decoder.finish();
  return decoder;
};

/** The text of a cell as a reader of the CSV should find it. */
const guarded = (text: string) =>
  /^[=+\-@\t\r]/.test(text) && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? `'${text}` : text;

const typed = (value: ResultValue, type: string | undefined) => formatValue(value, type);

describe("a record stream of any schema", () => {
  it("is read as the rows it was written from, wherever its bytes are cut", () => {
    fc.assert(
      fc.property(table, chunkSizes, fc.option(fc.json(), { nil: undefined }), (written, sizes, metrics) => {
        const { sink, take } = createRowCollector(written.types.length);
        const decoder = decode(written, encodeStream(encodeRows(written), metrics), sizes, sink);
        expect(decoder.isComplete).toBe(true);
        expect(take()).toEqual(written.rows);
      }),
      { numRuns: 150 },
    );
  });

  it("becomes the CSV of its formatted values, which a reader of RFC 4180 reads back", () => {
    fc.assert(
      fc.property(table, chunkSizes, (written, sizes) => {
        const names = written.types.map((_, index) => `c${index}`);
        const writer = new CsvWriter(names, {});
        decode(written, streamOf(written), sizes, writer);
        const csv = writer.take().toString("utf8");
        const cells = written.rows.map((row) => row.map((value, index) => typed(value, written.types[index]?.name)));
        const [header, ...rows] = readCsv(csv);
        expect(header?.map(({ text }) => text)).toEqual(names);
        expect(rows.map((row) => row.map(({ text, isQuoted }) => (text === "" && !isQuoted ? null : text)))).toEqual(
          cells.map((row) => row.map((text) => (text === null ? null : guarded(text).toWellFormed()))),
        );
        // Inline results are written by another hand, and a person should not see which it was.
        expect(csv).toBe(Buffer.from(writeCsv({ columns: names, rows: cells })).toString("utf8"));
      }),
      { numRuns: 150 },
    );
  });

  it("comes over HTTP as the same rows and the same CSV", async () => {
    await fc.assert(
      fc.asyncProperty(table, chunkSizes, async (written, sizes) => {
        const { client } = await aTunnel({ ...scriptOf(written), data: () => inChunks(streamOf(written), sizes) });
        const result = await client.openResult(instanceId);
        expect(result).toMatchObject({ via: "tunnel", rowCount: written.rows.length, isLimited: false });
        expect(result.schema).toEqual(columnsOf(written.types));
        expect(await collect(result.rows)).toEqual(written.rows);
      }),
      { numRuns: 15 },
    );
  });
});

describe("CRC32C by eight bytes", () => {
  it("is what it is bit by bit", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(crc32c(bytes)).toBe(plainCrc32c(bytes));
      }),
    );
  });
});
