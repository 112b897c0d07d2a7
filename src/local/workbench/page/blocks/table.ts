import { h } from "preact";
import { listField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { CellView, rowsOf } from "./cells.ts";

const alignments = new Set(["left", "center", "right"]);

/** A table scrolls inside its own box, never the page. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function TableBlock({ block }: { readonly block: Fields }) {
  const settings = listField(block, "column_settings");
  const cellClass = (cell: Fields, column: number) => {
    const setting = settings[column] ?? {};
    const align = textField(setting, "align");
    const side = alignments.has(align) ? align : cell.type === "raw_number" ? "right" : "left";
    return `align-${side}${setting.is_wrapped === true ? " wrapped" : ""}`;
  };
  const rows = rowsOf(block).map((row, key) =>
    h(
      "tr",
      { key },
      row.map((cell, column) =>
        h(key === 0 ? "th" : "td", { key: column, class: cellClass(cell, column) }, h(CellView, { cell })),
      ),
    ),
  );
  return h(
    "div",
    { class: "block table-box", role: "region", "aria-label": "Table", tabIndex: 0 },
    h("table", null, h("thead", null, rows.slice(0, 1)), h("tbody", null, rows.slice(1))),
  );
}
