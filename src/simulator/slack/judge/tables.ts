// table (August 2025) and data_table (May 2026): cells, rows, columns. The 10,000 characters over all cells are counted per message.
import { all, byType, choice, flag, integer, list, numeric, shape, text } from "./check.ts";
import { isObject, own, ownList } from "./json.ts";
import { type Check, inside, report } from "./problem.ts";
import { richTextBlock } from "./rich-text.ts";

const mostColumns = 20;
// Over all cells of a message; one cell can hardly be longer.
export const mostTableCharacters = 10_000;

// An empty raw_text makes Slack refuse the whole message: renderers pad with one space.
const rawText = shape({ text: text(mostTableCharacters) });
const rawNumber = shape({ value: numeric, text: text(mostTableCharacters) });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richTextBlock });
const headerCell = byType({ raw_text: rawText, raw_number: rawNumber });

const columnSetting: Check = (value, at) => {
  // A null leaves a column as it is.
  if (value !== null) shape({}, { align: choice("left", "center", "right"), is_wrapped: flag })(value, at);
};

export const table: Check = shape(
  { rows: list(list(cell, mostColumns), 100) },
  { block_id: text(255), column_settings: list(columnSetting, mostColumns, 0) },
);

const rowsOfOneLength: Check = (value, at) => {
  const [header, ...rows] = ownList(value, "rows");
  if (!Array.isArray(header)) return;
  const place = inside(at, "rows");
  list(headerCell, mostColumns)(header, inside(place, 0));
  rows.slice(0, 100).forEach((row, index) => {
    if (!Array.isArray(row) || row.length === header.length) return;
    report(inside(place, index + 1), "row_length", `must have ${header.length} cells like the header`);
  });
  const rowHeader = own(value, "row_header_column_index");
  if (typeof rowHeader === "number" && rowHeader >= header.length) {
    report(inside(at, "row_header_column_index"), "out_of_range", "must be a column of the table");
  }
};

export const dataTable: Check = all(
  shape(
    { rows: list(list(cell, mostColumns), 101, 2), caption: text(2000) },
    { block_id: text(255), page_size: integer(1, 100), row_header_column_index: integer(0, mostColumns - 1) },
  ),
  rowsOfOneLength,
);

/** Characters of a table's cells. */
export function cellCharacters(block: unknown): number {
  return ownList(block, "rows")
    .flatMap((row) => (Array.isArray(row) ? row : []))
    .reduce<number>((sum, one) => sum + spokenIn(one), 0);
}

function spokenIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + spokenIn(one), 0);
  if (!isObject(value)) return 0;
  const words = own(value, "text");
  return (typeof words === "string" ? words.length : 0) + spokenIn(own(value, "elements"));
}
