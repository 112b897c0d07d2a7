import { h } from "preact";
import { ElementView } from "../elements/index.ts";
import { listField, objectField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { TextObject } from "../text/text-view.ts";

export function SectionBlock({ block }: { readonly block: Fields }) {
  const accessory = objectField(block, "accessory");
  const fields = listField(block, "fields");
  return h(
    "div",
    { class: "block section" },
    h(
      "div",
      { class: "section-main" },
      h(TextObject, { of: objectField(block, "text") }),
      fields.length > 0 &&
        h(
          "div",
          { class: "fields" },
          fields.map((field, key) => h("div", { key, class: "field" }, h(TextObject, { of: field }))),
        ),
    ),
    accessory !== undefined &&
      h("div", { class: `accessory accessory-${accessory.type}` }, h(ElementView, { element: accessory })),
  );
}
