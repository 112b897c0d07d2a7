import { h } from "preact";
import { useContext, useState } from "preact/hooks";
import { listField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { SurfaceContext } from "../surface.ts";
import { wordsOf } from "../text/text-view.ts";
import { useField } from "./use-field.ts";

const optionView = (option: Fields) =>
  h("option", { key: textField(option, "value"), value: textField(option, "value") }, wordsOf(objectField(option, "text")));

const groupView = (group: Fields) => {
  const label = wordsOf(objectField(group, "label"));
  return h("optgroup", { key: label, label }, listField(group, "options").map(optionView));
};

/** A static_select. In a message it acts when chosen, in a modal it fills its field. */
export function SelectElement({ element, label }: { readonly element: Fields; readonly label?: string }) {
  const surface = useContext(SurfaceContext);
  const field = useField(element);
  const initial = textField(objectField(element, "initial_option") ?? {}, "value");
  const [round, setRound] = useState(0);
  const placeholder = wordsOf(objectField(element, "placeholder")) || "Choose an option";
  const chosen = typeof field?.value === "string" ? field.value : initial;
  return h(
    "select",
    {
      // A choice that was sent, or taken back at the confirmation, shows as the message says again.
      key: round,
      class: "select",
      id: field?.id,
      "aria-label": label ?? (textField(element, "accessibility_label") || placeholder),
      "aria-describedby": field?.describedBy,
      value: chosen,
      onChange: (event: Event) => {
        if (!(event.currentTarget instanceof HTMLSelectElement)) return;
        const { value } = event.currentTarget;
        if (field !== undefined) return field.fill(value);
        surface.act(element, value);
        setRound(round + 1);
      },
    },
    h("option", { value: "", disabled: field === undefined }, placeholder),
    listField(element, "options").map(optionView),
    listField(element, "option_groups").map(groupView),
  );
}
