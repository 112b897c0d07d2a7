import { h } from "preact";
import { numberField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { wordsOf } from "../text/text-view.ts";
import { useField } from "./use-field.ts";

/** A plain_text_input, of one line or several. */
export function TextInputElement({ element }: { readonly element: Fields }) {
  const field = useField(element);
  const shared = {
    class: "input",
    id: field?.id,
    "aria-describedby": field?.describedBy,
    placeholder: wordsOf(objectField(element, "placeholder")),
    // Slack's own ceiling when the app sets none.
    maxLength: numberField(element, "max_length") ?? 3000,
    value: typeof field?.value === "string" ? field.value : textField(element, "initial_value"),
    onInput: (event: Event) => {
      const box = event.currentTarget;
      if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) field?.fill(box.value);
    },
  };
  return element.multiline === true
    ? h("textarea", { ...shared, rows: 5 })
    : h("input", { ...shared, type: "text", autocomplete: "off" });
}
