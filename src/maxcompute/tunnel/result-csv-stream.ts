import type { Readable } from "node:stream";
import type { Api } from "../api.ts";
import { type CsvLook, CsvWriter } from "./csv-writer.ts";
import { type LocatedResult, locateResult, type ResultOptions } from "./locate-result.ts";
import { pullReadable } from "./pull-readable.ts";
import { readRecords } from "./read-records.ts";

export type ResultCsvOptions = ResultOptions & CsvLook;

/** Rows of an inline result that go into one chunk. */
const rowsAtOnce = 500;

const chunksOf = (api: Api, located: LocatedResult, writer: CsvWriter, signal: AbortSignal) =>
  located.via === "tunnel"
    ? readRecords(api, located.range, writer, () => writer.take(), signal)
    : inlineChunks(located.rows, writer);

function* inlineChunks(rows: readonly (readonly (string | null)[])[], writer: CsvWriter): Generator<Buffer> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    for (const row of rows.slice(at, at + rowsAtOnce)) writer.addRow(row);
    yield writer.take();
  }
}

async function* csvOf(api: Api, id: string, options: ResultCsvOptions, signal: AbortSignal): AsyncGenerator<Buffer> {
  const located = await locateResult(api, id, options);
  const writer = new CsvWriter(
    located.schema.map(({ name }) => name),
    options,
  );
  const header = writer.take();
  if (header.byteLength > 0) yield header;
  yield* chunksOf(api, located, writer, signal);
}

/**
 * An instance's rows as a CSV of UTF-8 bytes, which never holds more than a few chunks of them in memory. Nothing is asked before the
 * first read; fails with MaxComputeError, as `openResult` does.
 */
export function resultCsv(api: Api, id: string, options: ResultCsvOptions = {}): Readable {
  return pullReadable((signal) => csvOf(api, id, options, signal));
}
