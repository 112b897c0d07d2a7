// A result as a file, however large: made while it is read, never whole in memory.
import type { MaxComputeClient } from "../maxcompute/index.ts";
import { formatValue } from "../maxcompute/index.ts";
import type { ResultFile } from "../view/index.ts";
import type { Masked } from "./masking.ts";
import { maskCells, maskedAt, nothingMasked } from "./masking.ts";
import { contains, csvLine, jsonObject } from "./result-csv.ts";

export type FileFormat = "csv" | "json";

export type WantedRows = {
  readonly task: string | undefined;
  /** Which, in this order; all of them when undefined. */
  readonly columns: readonly string[] | undefined;
  readonly grep: string | undefined;
  readonly masked: Masked;
};

/** Characters that are gathered before they go out as bytes. */
const pieceLength = 64 * 1024;

/** What is known whole. */
export const textFile = (name: string, content: () => string): ResultFile => ({
  name,
  async *open() {
    yield Buffer.from(content());
  },
});

/** All rows of an instance that match, read through its tunnel when the file is opened. */
export function rowsFile(
  name: string,
  format: FileFormat,
  client: () => MaxComputeClient,
  instanceId: string,
  wanted: WantedRows,
): ResultFile {
  const { task, columns, grep, masked } = wanted;
  return {
    name,
    open: () =>
      format === "csv" && grep === undefined && masked === nothingMasked
        ? client().resultCsv(instanceId, { task, columns })
        : matching(format, client(), instanceId, wanted),
  };
}

async function* matching(
  format: FileFormat,
  client: MaxComputeClient,
  instanceId: string,
  { task, columns, grep, masked }: WantedRows,
): AsyncGenerator<Uint8Array> {
  const { schema, rows } = await client.openResult(instanceId, { task, columns });
  const names = schema.map((column) => column.name);
  const hidden = maskedAt(names, masked);
  let text = format === "csv" ? csvLine(names) : "[";
  let separator = "\n";
  for await (const row of rows) {
    const read = row.map((value, index) => formatValue(value, schema[index]?.type));
    if (!contains(read, grep, hidden)) continue;
    const cells = maskCells(read, hidden);
    text += format === "csv" ? csvLine(cells) : separator + jsonObject(names, cells);
    separator = ",\n";
    if (text.length < pieceLength) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(format === "csv" ? text : `${text}\n]\n`);
}
