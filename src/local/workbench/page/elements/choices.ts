import { h } from "preact";
import { useContext } from "preact/hooks";
import { listField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { SurfaceContext } from "../surface.ts";
import { TextObject } from "../text/text-view.ts";
import { InputContext, useField } from "./use-field.ts";

const choiceOf = (option: Fields) => textField(option, "value");

/** Values an element starts with: initial_options of checkboxes, initial_option of radio buttons. */
export const initialChoices = (element: Fields): readonly string[] => {
  const single = objectField(element, "initial_option");
  return single === undefined ? listField(element, "initial_options").map(choiceOf) : [choiceOf(single)];
};

/** checkboxes and radio_buttons. */
export function ChoicesElement({ element }: { readonly element: Fields }) {
  const surface = useContext(SurfaceContext);
  const blockId = useContext(InputContext);
  const field = useField(element);
  const isRadio = element.type === "radio_buttons";
  const filled = typeof field?.value === "string" ? [field.value] : field?.value;
  const chosen = filled ?? initialChoices(element);
  const toggle = (value: string) => {
    if (field === undefined) return surface.act(element, value);
    if (isRadio) return field.fill(value);
    field.fill(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return h(
    "div",
    { class: "choices" },
    listField(element, "options").map((option) =>
      h(
        "label",
        { key: choiceOf(option), class: "choice" },
        h("input", {
          type: isRadio ? "radio" : "checkbox",
          name: `${blockId}-${textField(element, "action_id")}`,
          checked: chosen.includes(choiceOf(option)),
          onChange: () => toggle(choiceOf(option)),
        }),
        h(
          "span",
          null,
          h(TextObject, { of: objectField(option, "text") }),
          h("span", { class: "dim" }, h(TextObject, { of: objectField(option, "description") })),
        ),
      ),
    ),
  );
}
