import { h } from "preact";
import type { Pending } from "../pending.ts";

/** What somebody typed and is not answered yet; only they see it. */
export function PendingLine({ line, onDismiss }: { readonly line: Pending; onDismiss(id: number): void }) {
  const isRefused = line.refused !== undefined;
  return h(
    "div",
    { class: `pending${isRefused ? " refused" : ""}`, role: isRefused ? "alert" : undefined },
    !isRefused && h("span", { class: "spinner", "aria-hidden": true }),
    h("span", { class: "dim" }, isRefused ? "Not sent: " : "You typed "),
    h("code", null, line.text),
    isRefused && h("span", null, line.refused),
    isRefused && h("button", { type: "button", class: "button", onClick: () => onDismiss(line.id) }, "Dismiss"),
  );
}
