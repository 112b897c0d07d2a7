import { type ComponentChild, h } from "preact";
import { textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { InlineView, LinkView } from "../text/inline-view.ts";
import { type Part, parseMarkdown, type Span } from "../text/markdown.ts";
import { plainNodes } from "../text/text-view.ts";

const tags = { bold: "strong", italic: "em", strike: "s" } as const;

function spanView(span: Span, key: number): ComponentChild {
  switch (span.kind) {
    case "text":
      return h(InlineView, { key, nodes: plainNodes(span.text) });
    case "code":
      return h("code", { key }, span.text);
    case "link":
      return h(LinkView, { key, url: span.url, label: span.label });
    case "bold":
    case "italic":
    case "strike":
      return h(tags[span.kind], { key }, span.children.map(spanView));
    default:
      return span satisfies never;
  }
}

const spans = (of: readonly Span[]) => of.map(spanView);
const lines = (of: readonly (readonly Span[])[]) =>
  of.flatMap((line, key) => [key > 0 ? h("br", { key: `br${key}` }) : null, ...spans(line)]);

function tableOf(rows: readonly (readonly (readonly Span[])[])[], key: number): ComponentChild {
  const drawn = rows.map((row, at) =>
    h(
      "tr",
      { key: at },
      row.map((cell, column) => h(at === 0 ? "th" : "td", { key: column }, spans(cell))),
    ),
  );
  return h(
    "div",
    { key, class: "table-box", role: "region", "aria-label": "Table", tabIndex: 0 },
    h("table", null, h("tbody", null, drawn)),
  );
}

function partView(part: Part, key: number): ComponentChild {
  switch (part.kind) {
    case "heading":
      return h(`h${Math.min(6, part.level + 2)}`, { key }, spans(part.spans));
    case "pre":
      return h("pre", { key, tabIndex: 0 }, part.text);
    case "quote":
      return h("blockquote", { key }, lines(part.lines));
    case "paragraph":
      return h("p", { key }, lines(part.lines));
    case "list":
      return h(
        part.ordered ? "ol" : "ul",
        { key },
        part.items.map((item, at) => h("li", { key: at }, spans(item))),
      );
    case "table":
      return tableOf(part.rows, key);
    case "rule":
      return h("hr", { key });
    default:
      return part satisfies never;
  }
}

/** Standard markdown, up to the 12,000 characters Slack takes. */
export const MarkdownBlock = ({ block }: { readonly block: Fields }) =>
  h("div", { class: "block rich-text" }, parseMarkdown(textField(block, "text").slice(0, 12_000)).map(partView));
