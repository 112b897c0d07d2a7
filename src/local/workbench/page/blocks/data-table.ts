import { h } from "preact";
import { useState } from "preact/hooks";
import { numberField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { CellView, compareCells, rowsOf } from "./cells.ts";

type Order = { readonly column: number; readonly direction: "ascending" | "descending" };

const nextOrder = (order: Order | undefined, column: number): Order =>
  order?.column === column && order.direction === "ascending"
    ? { column, direction: "descending" }
    : { column, direction: "ascending" };

function ordered(rows: readonly (readonly Fields[])[], order: Order | undefined) {
  if (order === undefined) return rows;
  const { column, direction } = order;
  const sign = direction === "ascending" ? 1 : -1;
  return rows.toSorted((a, b) => sign * compareCells(a[column], b[column]));
}

/** A data_table: a click on a column orders by it, pages hold `page_size` rows (5 when not said).
 *  https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
export function DataTableBlock({ block }: { readonly block: Fields }) {
  const [order, setOrder] = useState<Order | undefined>(undefined);
  const [wanted, setPage] = useState(0);
  const [head = [], ...rows] = rowsOf(block);
  const size = Math.min(100, Math.max(1, Math.floor(numberField(block, "page_size") ?? 5)));
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(wanted, pages - 1);
  const rowHeader = numberField(block, "row_header_column_index") ?? 0;
  const side = (column: number) => (rows[0]?.[column]?.type === "raw_number" ? "align-right" : "align-left");
  const caption = textField(block, "caption");

  const headings = head.map((cell, column) =>
    h(
      "th",
      { key: column, scope: "col", class: side(column), "aria-sort": order?.column === column ? order.direction : "none" },
      h(
        "button",
        { type: "button", class: "sort", onClick: () => setOrder(nextOrder(order, column)) },
        h(CellView, { cell }),
        h("span", { class: "sort-mark", "aria-hidden": true }),
      ),
    ),
  );
  const lines = ordered(rows, order)
    .slice(page * size, (page + 1) * size)
    .map((row, key) =>
      h(
        "tr",
        { key },
        row.map((cell, column) =>
          column === rowHeader
            ? h("th", { key: column, scope: "row", class: side(column) }, h(CellView, { cell }))
            : h("td", { key: column, class: side(column) }, h(CellView, { cell })),
        ),
      ),
    );
  const turn = (label: string, to: number) =>
    h("button", { type: "button", class: "button", disabled: to < 0 || to >= pages, onClick: () => setPage(to) }, label);

  return h(
    "div",
    { class: "block data-table" },
    h(
      "div",
      { class: "table-box", role: "region", "aria-label": caption || "Table", tabIndex: 0 },
      h("table", null, h("caption", null, caption), h("thead", null, h("tr", null, headings)), h("tbody", null, lines)),
    ),
    pages > 1 &&
      h(
        "div",
        { class: "pager" },
        turn("Previous", page - 1),
        h("span", { "aria-live": "polite" }, `Page ${page + 1} of ${pages}`),
        turn("Next", page + 1),
      ),
  );
}
