import { h } from "preact";
import type { Suggestion } from "../completion.ts";

type SuggestionListProps = {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number | undefined;
  onTake(suggestion: Suggestion): void;
};

/** What could be typed next, above the composer. */
export function SuggestionList({ id, suggestions, chosen, onTake }: SuggestionListProps) {
  return h(
    "div",
    { class: "suggestions", role: "listbox", id, "aria-label": "Suggestions" },
    suggestions.map((suggestion, index) =>
      h(
        "div",
        {
          key: suggestion.label,
          id: `${id}-${index}`,
          role: "option",
          class: "suggestion",
          "aria-selected": index === chosen,
          ref: (element: HTMLElement | null) => {
            if (index === chosen) element?.scrollIntoView({ block: "nearest" });
          },
          onMouseDown: (event: Event) => {
            event.preventDefault();
            onTake(suggestion);
          },
        },
        h("span", { class: "suggestion-label" }, suggestion.label),
        h("span", { class: "suggestion-note" }, suggestion.note),
      ),
    ),
    h(
      "div",
      { class: "suggestion-keys", "aria-hidden": true },
      h("kbd", null, "↑"),
      h("kbd", null, "↓"),
      " choose  ",
      h("kbd", null, "Tab"),
      " take  ",
      h("kbd", null, "Esc"),
      " close",
    ),
  );
}
