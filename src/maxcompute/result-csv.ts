// The inline result of a SELECT (protocol section 7.1): CSV with a header row, `"` quoting with `""`, NULL as a bare \N.

import { MaxComputeError } from "./errors.ts";

export type CsvTable = { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] };

/**
 * Reads a whole inline result. An empty text has no columns. Quoted fields may hold commas, quotes and line ends. Throws "malformed" for a
 * row of more fields than there are columns: no field may be lost.
 */
export function parseResultCsv(text: string, instanceId?: string): CsvTable {
  const [header = [], ...rows] = records(text);
  const long = rows.findIndex((row) => row.length > header.length);
  if (long !== -1) {
    const message = `Row ${long + 1} of the result has more fields than the result has columns (${header.length})`;
    throw new MaxComputeError("malformed", message, { instanceId });
  }
  return { columns: header.map((name) => name ?? ""), rows };
}

function records(text: string): (string | null)[][] {
  const all: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at);
    record.push(field.value);
    at = field.end;
    if (text[at] === ",") {
      at += 1;
      if (at === text.length) record.push("");
      continue;
    }
    if (text.startsWith("\r\n", at)) at += 2;
    else at += 1;
    all.push(record);
    record = [];
  }
  return record.length === 0 ? all : [...all, record];
}

type Field = { readonly value: string | null; readonly end: number };

function bareField(text: string, from: number): Field {
  let end = from;
  while (end < text.length && text[end] !== "," && text[end] !== "\n" && !text.startsWith("\r\n", end)) end += 1;
  const value = text.slice(from, end);
  return { value: value === "\\N" ? null : value, end };
}

function quotedField(text: string, from: number): Field {
  let value = "";
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return { value: value + text.slice(at), end: text.length }; // never closed: what is there is the field
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      // What stands between a closing quote and the comma belongs to the field too, as Python's reader has it.
      const rest = bareField(text, quote + 1);
      return { value: value + (rest.value ?? "\\N"), end: rest.end };
    }
    value += '"';
    at = quote + 2;
  }
}
