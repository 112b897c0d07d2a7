// The blocks that are one line of drawing each.
import { h } from "preact";
import { ImageElement } from "../elements/image.ts";
import { ElementView } from "../elements/index.ts";
import { listField, numberField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { Mrkdwn, TextObject } from "../text/text-view.ts";

type BlockProps = { readonly block: Fields };

/** A message's author and day are headings above it, so a header block begins one level below them. */
export function HeaderBlock({ block }: BlockProps) {
  const level = Math.min(3, Math.max(1, numberField(block, "level") ?? 1));
  return h(`h${level + 2}`, { class: "block header" }, h(TextObject, { of: objectField(block, "text") }));
}

export const DividerBlock = () => h("hr", { class: "block" });

export function ContextBlock({ block }: BlockProps) {
  const elements = listField(block, "elements").map((element, key) => {
    const isPicture = element.type === "image";
    return isPicture
      ? h(ImageElement, { key, element, class: "small" })
      : h("div", { key, class: "context-text" }, h(ElementView, { element }));
  });
  return h("div", { class: "block context" }, elements);
}

export function ActionsBlock({ block }: BlockProps) {
  return h(
    "div",
    { class: "block actions" },
    listField(block, "elements").map((element, key) => h(ElementView, { key: textField(element, "action_id") || key, element })),
  );
}

export function ImageBlock({ block }: BlockProps) {
  const title = objectField(block, "title");
  return h(
    "figure",
    { class: "block" },
    title !== undefined && h("figcaption", null, h(TextObject, { of: title })),
    h(ImageElement, { element: block, class: "large" }),
  );
}

const marks: Readonly<Record<string, string>> = {
  info: "information_source",
  warning: "warning",
  error: "octagonal_sign",
  success: "white_check_mark",
};

export function AlertBlock({ block }: BlockProps) {
  const level = textField(block, "level") || "default";
  const mark = Object.hasOwn(marks, level) ? marks[level] : undefined;
  return h(
    "div",
    { class: `block alert alert-${level}`, role: "note", "aria-label": `${level} note` },
    mark !== undefined && h("span", { class: "alert-mark" }, h(Mrkdwn, { text: `:${mark}:` })),
    h("div", null, h(TextObject, { of: objectField(block, "text") })),
  );
}

/** A remote file, of which a message carries no more than its id. */
export function FileBlock({ block }: BlockProps) {
  return h(
    "div",
    { class: "block file" },
    h("span", { class: "file-icon", "aria-hidden": true }),
    h("span", null, textField(block, "external_id") || "file"),
  );
}

export function UnsupportedBlock({ block }: BlockProps) {
  return h("div", { class: "block unsupported" }, `unsupported block: ${textField(block, "type") || "unknown"}`);
}
