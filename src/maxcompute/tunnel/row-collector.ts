import type { ResultValue, Row } from "../result-value.ts";
import { readValue } from "./read-value.ts";
import type { RecordSink } from "./record-decoder.ts";

/** Collects records as rows, to be taken away. */
export type RowCollector = {
  readonly sink: RecordSink;
  /** The rows since the last time. */
  readonly take: () => readonly Row[];
};

export function createRowCollector(columnCount: number): RowCollector {
  const blank = (): ResultValue[] => new Array<ResultValue>(columnCount).fill(null);
  let rows: Row[] = [];
  let row = blank();
  return {
    sink: {
      field(reader, index, type) {
        row[index] = readValue(reader, type);
      },
      endRecord() {
        rows.push(row);
        row = blank();
      },
      undoRecord() {
        row = blank();
      },
    },
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}
