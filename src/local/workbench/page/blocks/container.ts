import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import { ImageElement } from "../elements/image.ts";
import { listField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { TextObject } from "../text/text-view.ts";
import { RichText } from "./rich-text.ts";

type ContainerProps = { readonly block: Fields; readonly draw: (blocks: readonly Fields[]) => ComponentChild };

/** A container: blocks under one title, folded away when it says so. `draw` draws its child blocks.
 *  https://docs.slack.dev/reference/block-kit/blocks/container-block */
export function ContainerBlock({ block, draw }: ContainerProps) {
  const isCollapsible = block.is_collapsible === true;
  const [isOpen, setOpen] = useState(!(isCollapsible && block.default_collapsed === true));
  const rich = objectField(block, "rich_text_title");
  const icon = objectField(block, "icon");
  const title = rich === undefined ? h(TextObject, { of: objectField(block, "title") }) : h(RichText, { block: rich });
  const subtitle = objectField(block, "subtitle");
  const head = [
    icon === undefined ? null : h(ImageElement, { key: "icon", element: icon, class: "small" }),
    h(
      "span",
      { key: "titles", class: "container-titles" },
      h("span", { class: "container-title" }, title),
      subtitle === undefined ? null : h("span", { class: "dim" }, h(TextObject, { of: subtitle })),
    ),
  ];
  return h(
    "div",
    { class: `block container width-${textField(block, "width") || "standard"}` },
    isCollapsible
      ? h(
          "button",
          { type: "button", class: "container-head", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) },
          h("span", { class: `fold ${isOpen ? "open" : ""}`, "aria-hidden": true }),
          head,
        )
      : h("div", { class: `container-head ${block.has_header_divider === true ? "divided" : ""}` }, head),
    isOpen && h("div", { class: "container-body" }, draw(listField(block, "child_blocks"))),
  );
}
