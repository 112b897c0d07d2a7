import type { Api } from "../api.ts";
import type { ResultColumn } from "../instance.ts";
import type { Row } from "../result-value.ts";
import { type LocatedResult, locateResult, type ResultOptions } from "./locate-result.ts";
import { readRecords } from "./read-records.ts";
import { createRowCollector } from "./row-collector.ts";

export type InstanceResult = {
  readonly schema: readonly ResultColumn[];
  /** How many rows the result has, whatever the limit. */
  readonly rowCount: number;
  /** "inline": the plain result, of which every value is a string or null. */
  readonly via: "tunnel" | "inline";
  /** There may be more rows than `rowCount`: the project lets nobody download more, or the inline result was cut. */
  readonly isLimited: boolean;
  /** Read as they are taken, from the first each time it is begun; leaving early closes the connection. Throws MaxComputeError. */
  readonly rows: AsyncIterable<Row>;
};

async function* rowsOf(api: Api, located: LocatedResult): AsyncGenerator<Row> {
  if (located.via === "inline") {
    yield* located.rows;
    return;
  }
  const { range } = located;
  const { sink, take } = createRowCollector(range.types.length);
  for await (const rows of readRecords(api, range, sink, take, new AbortController().signal)) yield* rows;
}

/**
 * Opens the rows of an instance that has ended: through its tunnel, or inline where there is none for it. A result that is a text, as of
 * DDL, throws "unsupported" (`getTaskResult` reads it); an instance that still runs "still-running".
 */
export async function openResult(api: Api, id: string, options: ResultOptions = {}): Promise<InstanceResult> {
  const located = await locateResult(api, id, options);
  const { schema, rowCount, via, isLimited } = located;
  return { schema, rowCount, via, isLimited, rows: { [Symbol.asyncIterator]: () => rowsOf(api, located) } };
}
