import { type ComponentChild, h } from "preact";
import { textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { TextObject } from "../text/text-view.ts";
import { ButtonElement } from "./button.ts";
import { ChoicesElement } from "./choices.ts";
import { ExternalSelectElement } from "./external-select.ts";
import { ImageElement } from "./image.ts";
import { MultiSelectElement } from "./multi-select.ts";
import { OverflowElement } from "./overflow.ts";
import { SelectElement } from "./select.ts";
import { TextInputElement } from "./text-input.ts";

/** One element of a block. `label` names it where an input block around it has one. */
export function ElementView({ element, label }: { readonly element: Fields; readonly label?: string }): ComponentChild {
  const named = label === undefined ? { element } : { element, label };
  switch (element.type) {
    case "button":
      return h(ButtonElement, { element });
    case "overflow":
      return h(OverflowElement, { element });
    case "static_select":
      return h(SelectElement, named);
    case "multi_static_select":
      return h(MultiSelectElement, named);
    case "external_select":
      return h(ExternalSelectElement, named);
    case "plain_text_input":
      return h(TextInputElement, { element });
    case "checkboxes":
    case "radio_buttons":
      return h(ChoicesElement, { element });
    case "image":
      return h(ImageElement, { element });
    case "mrkdwn":
    case "plain_text":
      return h(TextObject, { of: element });
    default:
      return h("span", { class: "unsupported" }, `unsupported element: ${textField(element, "type") || "unknown"}`);
  }
}
