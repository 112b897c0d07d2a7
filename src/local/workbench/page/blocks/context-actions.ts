import { h } from "preact";
import { ButtonElement } from "../elements/button.ts";
import { ElementView } from "../elements/index.ts";
import { listField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";

/** Thumbs up and down are two faces of one element: the chosen face's value is what the click says. */
function FeedbackButtons({ element }: { readonly element: Fields }) {
  const faces = ["positive_button", "negative_button"]
    .map((name) => objectField(element, name))
    .filter((face) => face !== undefined);
  return h(
    "span",
    { class: "feedback", role: "group", "aria-label": "Feedback" },
    faces.map((face) =>
      h(ButtonElement, {
        key: textField(face, "value"),
        element: { ...face, action_id: element.action_id },
        picks: textField(face, "value"),
      }),
    ),
  );
}

/** Small actions under a message: feedback_buttons and icon_button. */
export function ContextActionsBlock({ block }: { readonly block: Fields }) {
  const elements = listField(block, "elements").map((element, key) => {
    if (element.type === "feedback_buttons") return h(FeedbackButtons, { key, element });
    return element.type === "icon_button" ? h(ButtonElement, { key, element }) : h(ElementView, { key, element });
  });
  return h("div", { class: "block actions context-actions" }, elements);
}
