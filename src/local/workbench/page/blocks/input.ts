import { h } from "preact";
import { useContext } from "preact/hooks";
import { ElementView } from "../elements/index.ts";
import { InputContext } from "../elements/use-field.ts";
import { objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { SurfaceContext } from "../surface.ts";
import { TextObject, wordsOf } from "../text/text-view.ts";

const groups = new Set(["checkboxes", "radio_buttons"]);

/** The id a field goes by: its block's, or its own where the block has none. */
export const inputId = (block: Fields): string =>
  textField(block, "block_id") || textField(objectField(block, "element") ?? {}, "action_id");

/** A labelled field of a modal, with its hint and what was wrong with it. */
export function InputBlock({ block }: { readonly block: Fields }) {
  const { form } = useContext(SurfaceContext);
  const element = objectField(block, "element") ?? {};
  const id = inputId(block);
  const label = wordsOf(objectField(block, "label"));
  const error = form?.errors.get(id);
  const isGroup = groups.has(textField(element, "type"));
  const name = [label, block.optional === true ? h("span", { key: "optional", class: "dim" }, " (optional)") : null];
  return h(
    "div",
    {
      class: `block input-block${error === undefined ? "" : " invalid"}`,
      ...(isGroup ? { role: "group", "aria-label": label } : {}),
    },
    isGroup ? h("div", { class: "label" }, name) : h("label", { class: "label", for: `field-${id}` }, name),
    h(InputContext.Provider, { value: id }, h(ElementView, { element, label })),
    h(
      "div",
      { id: `help-${id}`, class: "help" },
      error !== undefined && h("div", { class: "error", role: "alert" }, error),
      h(TextObject, { of: objectField(block, "hint") }),
    ),
  );
}
