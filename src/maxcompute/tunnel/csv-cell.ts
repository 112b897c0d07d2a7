import type { ByteWriter } from "./byte-writer.ts";
import { writeText, writeTextOf } from "./csv-text.ts";
import { formatCell } from "./format-value.ts";
import { readValue } from "./read-value.ts";
import type { ResultType } from "./result-type.ts";
import type { TimeWriter } from "./time-writer.ts";
import type { WireReader } from "./wire-reader.ts";

/** Years before 0 begin with a sign, as a formula does. */
const yearZeroDays = -719_528;
const yearZeroMs = yearZeroDays * 86_400_000;

const writeSpan = (reader: WireReader, out: ByteWriter) => {
  const from = reader.span();
  writeText(out, reader.bytes, from, reader.at);
};

const readInteger = (reader: WireReader): number => {
  reader.sint64();
  return reader.safeInteger();
};

const writeDouble = (value: number, out: ByteWriter) => {
  if (Number.isFinite(value)) out.double(value);
  else writeTextOf(out, String(value));
};

const writeDatetime = (epochMs: number, out: ByteWriter, times: TimeWriter) => {
  if (epochMs >= yearZeroMs) times.datetime(epochMs);
  else writeTextOf(out, formatCell({ kind: "datetime", epochMs }, undefined) ?? "");
};

/**
 * Reads one value and writes it as a field of the CSV, from bytes to bytes: the common types make no object on the way. What they write
 * is what `formatValue` says of the same value, guarded and quoted.
 */
export function writeCell(reader: WireReader, type: ResultType, out: ByteWriter, times: TimeWriter): void {
  switch (type.kind) {
    case "bigint":
      reader.sint64();
      out.int64(reader.low, reader.high);
      break;
    case "integer":
      readInteger(reader);
      out.int64(reader.low, reader.high);
      break;
    case "text":
    case "decimal":
      writeSpan(reader, out);
      break;
    case "double":
      writeDouble(reader.double(), out);
      break;
    case "boolean":
      out.ascii(reader.boolean() ? "true" : "false");
      break;
    case "datetime":
      writeDatetime(readInteger(reader), out, times);
      break;
    default:
      writeTextOf(out, formatCell(readValue(reader, type), type) ?? "");
  }
}
