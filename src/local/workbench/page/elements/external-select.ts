import { h } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { numberField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { SurfaceContext } from "../surface.ts";
import { wordsOf } from "../text/text-view.ts";
import { useField } from "./use-field.ts";

const pauseMs = 120;

/** An external_select: type, and the bot suggests. Slack asks from the third letter on unless min_query_length says otherwise. */
export function ExternalSelectElement({ element, label }: { readonly element: Fields; readonly label?: string }) {
  const surface = useContext(SurfaceContext);
  const field = useField(element);
  const [query, setQuery] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [options, setOptions] = useState<readonly Fields[] | undefined>(undefined);
  const [at, setAt] = useState(0);
  const actionId = textField(element, "action_id");
  const enough = query.length >= (numberField(element, "min_query_length") ?? 3);
  const listId = `suggestions-${actionId}`;

  useEffect(() => {
    if (!isOpen || !enough) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      surface.suggest(element, query).then(
        (found) => isCurrent && setOptions(found),
        () => isCurrent && setOptions([]),
      );
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, isOpen, enough]);

  const shown = isOpen && enough ? options : undefined;
  const choose = (option: Fields | undefined) => {
    if (option === undefined) return;
    setOpen(false);
    setQuery(wordsOf(objectField(option, "text")));
    if (field === undefined) surface.act(element, textField(option, "value"));
    else field.fill(textField(option, "value"));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      return setOpen(false);
    }
    if (shown === undefined || shown.length === 0) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((at + step + shown.length) % shown.length);
    else if (event.key === "Enter") choose(shown[at]);
    else return;
    event.preventDefault();
  };

  return h(
    "div",
    { class: "external" },
    h("input", {
      class: "input",
      id: field?.id,
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": shown !== undefined,
      "aria-controls": listId,
      "aria-activedescendant": shown === undefined || shown.length === 0 ? undefined : `${listId}-${at}`,
      "aria-label": label ?? (wordsOf(objectField(element, "placeholder")) || "Search"),
      placeholder: wordsOf(objectField(element, "placeholder")),
      value: query,
      onFocus: () => setOpen(true),
      onBlur: () => setOpen(false),
      onInput: (event: Event) => {
        if (!(event.currentTarget instanceof HTMLInputElement)) return;
        setQuery(event.currentTarget.value);
        setAt(0);
        setOpen(true);
      },
      onKeyDown,
    }),
    shown !== undefined &&
      h(
        "div",
        { class: "menu", role: "listbox", id: listId, "aria-label": "Suggestions" },
        shown.length === 0 && h("div", { class: "menu-empty" }, "No results"),
        shown.map((option, index) =>
          h(
            "div",
            {
              key: textField(option, "value"),
              id: `${listId}-${index}`,
              role: "option",
              class: "menu-item",
              "aria-selected": index === at,
              // The pointer must not take the focus, or the list closes before it is chosen from.
              onMouseDown: (event: Event) => {
                event.preventDefault();
                choose(option);
              },
            },
            wordsOf(objectField(option, "text")),
          ),
        ),
      ),
  );
}
