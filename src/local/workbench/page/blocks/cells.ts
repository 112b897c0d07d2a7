import { type ComponentChild, h } from "preact";
import { isFields, numberField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { RichText } from "./rich-text.ts";

/** A table's rows as lists of cells; whatever is no row or no cell is left out. */
export function rowsOf(block: Fields): readonly (readonly Fields[])[] {
  const { rows } = block;
  return Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row.filter(isFields) : [])) : [];
}

/** What a cell says: raw_number has a formatted text of its own, or the number as it is. */
export function CellView({ cell }: { readonly cell: Fields | undefined }): ComponentChild {
  if (cell === undefined) return null;
  if (cell.type === "rich_text") return h(RichText, { block: cell });
  return textField(cell, "text") || String(numberField(cell, "value") ?? "");
}

/** Orders two cells: numbers by size, texts as people order them ("a2" before "a10"). */
export function compareCells(a: Fields | undefined, b: Fields | undefined): number {
  const [left, right] = [a ?? {}, b ?? {}];
  const [x, y] = [numberField(left, "value"), numberField(right, "value")];
  if (x !== undefined && y !== undefined) return x - y;
  const words = (cell: Fields, value: number | undefined) => (value === undefined ? textField(cell, "text") : String(value));
  return words(left, x).localeCompare(words(right, y), "en", { numeric: true });
}
