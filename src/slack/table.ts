// A result as a table that Slack accepts. The ladder: all of it; narrower cells; fewer rows. More than 20 columns: the first 20.
import type { DataTableBlock, RawNumberElement, RawTextElement } from "@slack/types";
import { plain } from "./blocks.ts";
import { clean } from "./clean.ts";
import { clip, takeWithin } from "./fit.ts";
import { limits, shown } from "./limits.ts";

export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] };

export type FittedTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly RawCell[])[];
  readonly hiddenColumns: number;
  readonly clippedCells: number;
};

type RawCell = RawTextElement | RawNumberElement;

/** The most of a table that fits into `max` characters over all its cells and into the limits of a data table block. */
export const fitTable = ({ columns, rows }: Table, max: number): FittedTable => {
  const names = columns.slice(0, limits.dataTableColumns);
  const texts = rows.slice(0, limits.dataTableRows).map((row) => names.map((_, column) => cellText(row[column] ?? null)));
  const hiddenColumns = columns.length - names.length;
  const lastWidth = shown.resultCells.at(-1) ?? shown.cell;
  const width = shown.resultCells.find((cells) => sizeOf([names, ...texts], cells) <= max) ?? lastWidth;
  const header = names.map((name) => clip(name === "" ? " " : clean(name), width));
  const room = max - sizeOf([names], width);
  const { taken } = takeWithin(texts, room, (row) => sizeOf([row], width));
  return {
    columns: header,
    rows: taken.map((row) => row.map((text) => cell(text, width))),
    hiddenColumns,
    clippedCells: taken.flat().filter((text) => text.length > width).length,
  };
};

const sizeOf = (rows: readonly (readonly string[])[], width: number): number =>
  rows.reduce((sum, row) => sum + row.reduce((length, text) => length + Math.max(1, Math.min(width, text.length)), 0), 0);

const looksLikeNull = /^"*NULL"*$/;

/** NULL stands for null alone: a text that would look like it gets quotes. Slack refuses an empty cell, so that is a space. */
export const cellText = (value: string | null): string => {
  if (value === null) return "NULL";
  if (value === "") return " ";
  return looksLikeNull.test(value) ? `"${value}"` : clean(value, 2 * limits.tableText);
};

const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const exactDigits = 15;

/** A number cell sorts and aligns as one. Beyond 15 digits a double is no longer the number MaxCompute sent: that stays text. */
const cell = (text: string, width: number): RawCell => {
  const isExact = plainNumber.test(text) && text.replace(/[-.]/g, "").length <= exactDigits;
  return isExact && text.length <= width
    ? { type: "raw_number", value: Number(text), text }
    : { type: "raw_text", text: clip(text, width) };
};

/** The data table block, or nothing when there is no row: Slack wants at least one below the header. */
export const dataTable = (table: FittedTable, caption: string): DataTableBlock[] =>
  table.rows.length === 0 || table.columns.length === 0
    ? []
    : [
        {
          type: "data_table",
          caption: plain(caption, limits.headerText).text,
          page_size: shown.pageSize,
          row_header_column_index: 0,
          rows: [table.columns.map((text): RawCell => ({ type: "raw_text", text })), ...table.rows.map((row) => [...row])],
        },
      ];
