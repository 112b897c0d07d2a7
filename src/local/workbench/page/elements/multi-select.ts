import { h } from "preact";
import { listField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { wordsOf } from "../text/text-view.ts";
import { initialChoices } from "./choices.ts";
import { useField } from "./use-field.ts";

/** A multi_static_select in a modal. The browser's own list takes several choices by mouse, finger and keyboard. */
export function MultiSelectElement({ element, label }: { readonly element: Fields; readonly label?: string }) {
  const field = useField(element);
  const filled = typeof field?.value === "string" ? [field.value] : field?.value;
  const chosen = filled ?? initialChoices(element);
  const options = listField(element, "options");
  return h(
    "select",
    {
      class: "select several",
      multiple: true,
      size: Math.min(6, Math.max(2, options.length)),
      id: field?.id,
      "aria-label": label ?? "Choose some",
      "aria-describedby": field?.describedBy,
      onChange: (event: Event) => {
        if (!(event.currentTarget instanceof HTMLSelectElement)) return;
        field?.fill(Array.from(event.currentTarget.selectedOptions, ({ value }) => value));
      },
    },
    options.map((option) => {
      const value = textField(option, "value");
      return h("option", { key: value, value, selected: chosen.includes(value) }, wordsOf(objectField(option, "text")));
    }),
  );
}
