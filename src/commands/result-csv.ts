import type { CsvTable } from "../maxcompute/index.ts";

export { type CsvTable, parseResultCsv } from "../maxcompute/index.ts";

export type Cells = readonly (string | null)[];

const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);

const csvField = (value: string | null): string => {
  if (value === null) return "";
  const guarded = /^[=+\-@\t\r]/.test(value) && !isNumber(value) ? `'${value}` : value;
  return guarded === "" || /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

/** RFC 4180 with CRLF. A field that a spreadsheet would run as a formula is guarded with an apostrophe. NULL is an empty field. */
export const csvLine = (cells: Cells): string => `${cells.map(csvField).join(",")}\r\n`;

/** A row as one JSON object; values stay text, NULL is null, so that no number loses digits. */
export const jsonObject = (columns: readonly string[], cells: Cells): string =>
  JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? null])));

export function writeCsv({ columns, rows }: CsvTable): string {
  return [columns, ...rows].map(csvLine).join("");
}

/** One JSON object a row. */
export function writeJson({ columns, rows }: CsvTable): string {
  return `[\n${rows.map((row) => jsonObject(columns, row)).join(",\n")}\n]\n`;
}

/** Whether a row contains what is sought, in any column but those that are hidden, capitals aside. */
export function contains(cells: Cells, sought: string | undefined, hidden: ReadonlySet<number>): boolean {
  const needle = sought?.toLowerCase();
  return needle === undefined || cells.some((value, index) => !hidden.has(index) && value?.toLowerCase().includes(needle));
}
