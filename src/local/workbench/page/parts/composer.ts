import { h } from "preact";
import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Offer, offerFor, type Suggestion } from "../completion.ts";
import { ReaderContext } from "../reader.ts";
import type { Verb } from "../shapes.ts";
import { SuggestionList } from "./suggestion-list.ts";

type ComposerProps = {
  /** Names the field and its list; one page has two composers while a thread is open. */
  readonly id: string;
  readonly label: string;
  readonly draft: string;
  /** Lines sent before, oldest first, for the arrow keys. */
  readonly history: readonly string[];
  /** Verbs to offer; none in a thread, where slash commands do not work. */
  readonly verbs: readonly Verb[];
  /** Grows when the field should take the focus. */
  readonly focusRequest: number;
  onDraft(text: string): void;
  onSend(text: string): void;
};

/** The field one writes in: Enter sends, Shift+Enter breaks the line, Tab takes a suggestion, arrow-up brings the last line back. */
export function Composer({ id, label, draft, history, verbs, focusRequest, onDraft, onSend }: ComposerProps) {
  const reader = useContext(ReaderContext);
  const box = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(draft.length);
  const [isClosed, setClosed] = useState(false);
  const [moved, setMoved] = useState<number | undefined>(undefined);
  const [back, setBack] = useState(0);

  const offer: Offer = isClosed ? { suggestions: [], chosen: undefined } : offerFor(draft, caret, verbs, reader.people);
  const { suggestions } = offer;
  const chosen = moved === undefined ? offer.chosen : Math.min(moved, suggestions.length - 1);
  const isOpen = suggestions.length > 0;
  const listId = `${id}-list`;

  useLayoutEffect(() => {
    const field = box.current;
    if (field === null) return;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
    if (document.activeElement === field) field.setSelectionRange(caret, caret);
  }, [draft]);
  useLayoutEffect(() => {
    if (focusRequest === 0) return;
    box.current?.focus();
    setCaret(draft.length);
    setClosed(true);
  }, [focusRequest]);

  const write = (text: string, at: number) => {
    onDraft(text);
    setCaret(at);
    setMoved(undefined);
  };
  const take = ({ line, caret: at }: Suggestion) => {
    write(line, at);
    setClosed(false);
  };
  const send = () => {
    if (draft.trim() === "") return;
    onSend(draft);
    setBack(0);
    write("", 0);
    box.current?.focus();
  };
  const recall = (steps: number): boolean => {
    const line = steps === 0 ? "" : history.at(-steps);
    if (steps < 0 || line === undefined) return false;
    setBack(steps);
    setClosed(true);
    write(line, line.length);
    return true;
  };

  /** Whether the key was ours; then the browser must not act on it too. */
  const pressed = (event: KeyboardEvent): boolean => {
    if (event.isComposing) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (isOpen) {
      if (step !== 0) {
        const from = chosen ?? (step > 0 ? -1 : 0);
        setMoved((from + step + suggestions.length) % suggestions.length);
        return true;
      }
      if (event.key === "Escape") {
        setClosed(true);
        return true;
      }
      const suggestion = suggestions[chosen ?? (event.key === "Tab" ? 0 : -1)];
      if ((event.key === "Tab" || event.key === "Enter") && !event.shiftKey && suggestion !== undefined) {
        take(suggestion);
        return true;
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      send();
      return true;
    }
    const isBrowsing = draft === "" || back > 0;
    return step !== 0 && isBrowsing && recall(back - step);
  };

  return h(
    "div",
    { class: "composer" },
    isOpen && h(SuggestionList, { id: listId, suggestions, chosen, onTake: take }),
    h("textarea", {
      ref: box,
      id,
      rows: 1,
      "aria-label": label,
      placeholder: label,
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": isOpen,
      "aria-controls": listId,
      "aria-activedescendant": isOpen && chosen !== undefined ? `${listId}-${chosen}` : undefined,
      autocomplete: "off",
      spellcheck: false,
      maxLength: 12_000,
      value: draft,
      onInput: (event: Event) => {
        if (!(event.currentTarget instanceof HTMLTextAreaElement)) return;
        setClosed(false);
        setBack(0);
        write(event.currentTarget.value, event.currentTarget.selectionStart);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (!pressed(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onKeyUp: (event: KeyboardEvent) => {
        if (event.currentTarget instanceof HTMLTextAreaElement) setCaret(event.currentTarget.selectionStart);
      },
      onClick: (event: MouseEvent) => {
        if (event.currentTarget instanceof HTMLTextAreaElement) setCaret(event.currentTarget.selectionStart);
      },
    }),
    h(
      "button",
      { type: "button", class: "send", "aria-label": "Send", disabled: draft.trim() === "", onClick: send },
      h("span", { class: "send-mark", "aria-hidden": true }),
    ),
  );
}
