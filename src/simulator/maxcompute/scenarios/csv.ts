import { type ColumnType, columnType } from "../column-type.ts";
import type { ResultPlan } from "../plan.ts";
import { type Column, type Row, rowAt, rowLimit, type Table, type Value } from "../table.ts";
import { csvText } from "./csv-text.ts";

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const cell = (value: Value, type: ColumnType): string => {
  if (value === null) return "\\N";
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
    ? String(value)
    : quoted(csvText(value, type));
};

const lineOf = (cells: readonly string[]): string => `${cells.join(",")}\n`;

/** The inline form of a SELECT: quoted header and strings, bare numbers, NULL as `\N`, line feeds (protocol section 7.1). */
const csv = (table: Table): string => {
  const types = table.columns.map(({ type }) => columnType(type));
  const rows = Array.from({ length: Math.min(table.rowCount, rowLimit) }, (_, n) => rowAt(table, n));
  const lines = rows.map((row) => lineOf(types.map((type, at) => cell(row[at] ?? null, type))));
  return [lineOf(table.columns.map(({ name }) => quoted(name))), ...lines].join("");
};

/** A SELECT's result: whole through the tunnel, inline as far as the row limit. Its text is made when it is first read. */
export const tableResult = (table: Table): ResultPlan => {
  let made: string | undefined;
  return {
    format: "csv",
    get text() {
      made ??= csv(table);
      return made;
    },
    base64: true,
    descriptor: JSON.stringify({
      IsSelect: true,
      SelectResultStatus: table.rowCount > rowLimit ? "TRUNCATED" : "COMPLETE",
      Schema: { Columns: table.columns.map(({ name, type }) => ({ Name: name, Type: type })) },
    }),
    table,
  };
};

export const csvResult = (columns: readonly Column[], rows: readonly Row[]): ResultPlan =>
  tableResult({ columns, rows, rowCount: rows.length });
