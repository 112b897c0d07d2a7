import type { CsvTable } from "../maxcompute/index.ts";

export { type CsvTable, parseResultCsv } from "../maxcompute/index.ts";

/** RFC 4180 with CRLF. A field that a spreadsheet would run as a formula is guarded with an apostrophe. NULL is an empty field. */
export function writeCsv({ columns, rows }: CsvTable): string {
  const field = (value: string | null): string => {
    if (value === null) return "";
    const guarded = /^[=+\-@\t\r]/.test(value) && !isNumber(value) ? `'${value}` : value;
    return guarded === "" || /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  };
  return [columns, ...rows].map((record) => `${record.map(field).join(",")}\r\n`).join("");
}

const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);

/** One JSON object a row; values stay text, NULL is null, so that no number loses digits. */
export function writeJson({ columns, rows }: CsvTable): string {
  const objects = rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))));
  return `[\n${objects.join(",\n")}\n]\n`;
}
