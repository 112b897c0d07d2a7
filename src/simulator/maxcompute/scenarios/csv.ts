import type { ResultPlan } from "../plan.ts";

export type Column = { readonly name: string; readonly type: string };
export type Cell = string | number | boolean | null;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const cell = (value: Cell): string => {
  if (value === null) return "\\N";
  return typeof value === "string" ? quoted(value) : String(value);
};

/** The inline form of a SELECT: quoted header and strings, bare numbers, NULL as `\N`, line feeds (protocol section 7.1). */
export const csv = (columns: readonly Column[], rows: readonly (readonly Cell[])[]): string =>
  [columns.map(({ name }) => quoted(name)), ...rows.map((row) => row.map(cell))].map((line) => `${line.join(",")}\n`).join("");

export const csvResult = (columns: readonly Column[], rows: readonly (readonly Cell[])[]): ResultPlan => ({
  format: "csv",
  text: csv(columns, rows),
  base64: true,
  descriptor: JSON.stringify({
    IsSelect: true,
    SelectResultStatus: "COMPLETE",
    Schema: { Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })) },
  }),
});
