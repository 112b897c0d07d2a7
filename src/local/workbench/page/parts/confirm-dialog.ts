import { h } from "preact";
import { objectField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { TextObject, wordsOf } from "../text/text-view.ts";
import { Dialog } from "./dialog.ts";

type ConfirmProps = { readonly confirm: Fields; onConfirm(): void; onDeny(): void };

/** A confirm object of Block Kit with its own words. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function ConfirmDialog({ confirm, onConfirm, onDeny }: ConfirmProps) {
  const title = wordsOf(objectField(confirm, "title")) || "Are you sure?";
  const isDanger = confirm.style === "danger";
  return h(
    Dialog,
    { label: title, alert: true, class: "confirm", onClose: onDeny },
    h("h2", null, title),
    h("div", { class: "dialog-body" }, h(TextObject, { of: objectField(confirm, "text") })),
    h(
      "div",
      { class: "dialog-foot" },
      h(
        "button",
        { type: "button", class: "button", onClick: onDeny, "data-first": true },
        wordsOf(objectField(confirm, "deny")) || "Cancel",
      ),
      h(
        "button",
        { type: "button", class: `button ${isDanger ? "danger" : "primary"} filled`, onClick: onConfirm },
        wordsOf(objectField(confirm, "confirm")) || "Yes",
      ),
    ),
  );
}
