import { type ComponentChildren, h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { focusedElement, keepTabInside } from "./focus.ts";

type DialogProps = {
  readonly label: string;
  readonly class?: string;
  readonly alert?: boolean;
  onClose(): void;
  readonly children?: ComponentChildren;
};

/** A dialog over everything: the rest is inert, Escape closes it, and the focus goes back to where it was. */
export function Dialog({ label, class: extra = "", alert = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = focusedElement();
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      shown?.close();
      before?.focus();
    };
  }, []);
  return h(
    "dialog",
    {
      ref: dialog,
      class: `dialog ${extra}`,
      "aria-label": label,
      role: alert ? "alertdialog" : "dialog",
      onCancel: (event: Event) => {
        event.preventDefault();
        onClose();
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (dialog.current !== null) keepTabInside(dialog.current, event);
      },
    },
    children,
  );
}
