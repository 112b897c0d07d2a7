import { h } from "preact";
import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import { listField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { SurfaceContext } from "../surface.ts";
import { openableUrl } from "../text/links.ts";
import { TextObject } from "../text/text-view.ts";

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The "more actions" menu: arrow keys move, Enter or Space chooses, Escape closes. */
export function OverflowElement({ element }: { readonly element: Fields }) {
  const surface = useContext(SurfaceContext);
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const button = () => box.current?.querySelector<HTMLElement>(".overflow-button");

  useLayoutEffect(() => {
    if (!isOpen) return;
    items()[0]?.focus();
    box.current?.querySelector(".menu")?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button()?.focus();
  };
  const choose = (option: Fields) => {
    close();
    surface.act(element, textField(option, "value"));
    const href = openableUrl(textField(option, "url"));
    if (href !== undefined) window.open(href, "_blank", "noreferrer,noopener");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      if (event.key === "Escape") event.preventDefault();
      return close();
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = items();
    const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1;
    all[(at + step + all.length) % all.length]?.focus();
  };
  const onFocusOut = (event: FocusEvent) => {
    if (isOpen && !(event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget))) setOpen(false);
  };

  return h(
    "div",
    { class: "overflow", ref: box, onKeyDown, onFocusOut },
    h(
      "button",
      {
        type: "button",
        class: "button overflow-button",
        "aria-label": textField(element, "accessibility_label") || "More actions",
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        onClick: () => setOpen(!isOpen),
      },
      h("span", { class: "dots", "aria-hidden": true }),
    ),
    isOpen &&
      h(
        "div",
        { class: "menu", role: "menu" },
        listField(element, "options").map((option) =>
          h(
            "button",
            { key: textField(option, "value"), type: "button", role: "menuitem", tabIndex: -1, onClick: () => choose(option) },
            h(TextObject, { of: objectField(option, "text") }),
          ),
        ),
      ),
  );
}
