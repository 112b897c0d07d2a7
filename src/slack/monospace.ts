// A table where Slack has none: aligned columns in monospace, for older clients and as the second try.
import type { DataTableBlock, RichTextBlock, TableBlock } from "@slack/types";
import { oneLine } from "./clean.ts";
import { clip, takeWithin } from "./fit.ts";
import { richTextOf } from "./flatten.ts";
import { plural } from "./format.ts";
import { shown } from "./limits.ts";

type Cell = TableBlock["rows"][number][number] | DataTableBlock["rows"][number][number];

/** The header and as many rows as fit into `max` characters; says how many rows it left out. Numbers are right aligned. */
export const monospace = (rows: readonly (readonly Cell[])[], max: number): string => {
  const texts = rows.map((row) => row.map(cellWords));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const lines = texts.map((row, index) =>
    row
      .map((text, column) => align(text, widths[column] ?? 0, rows[index]?.[column]?.type === "raw_number"))
      .join(" | ")
      .trimEnd(),
  );
  const noteLength = 40;
  const { taken, rest } = takeWithin(lines, max - noteLength, (line) => line.length + 1);
  return clip([...taken, ...(rest > 0 ? [`(${plural(rest, "more row")})`] : [])].join("\n"), max);
};

const cellWords = (cell: Cell): string => clip(oneLine(cell.type === "rich_text" ? richTextOf(cell) : cell.text), shown.cell);

const align = (text: string, width: number, isNumber: boolean): string => (isNumber ? text.padStart(width) : text.padEnd(width));

/** The same cells as a preformatted block. */
export const monospaceBlock = (rows: readonly (readonly Cell[])[], max: number): RichTextBlock => ({
  type: "rich_text",
  elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: monospace(rows, max) || " " }] }],
});
