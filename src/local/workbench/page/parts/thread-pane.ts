import { type ComponentChildren, h } from "preact";
import { useContext, useRef } from "preact/hooks";
import { ReaderContext } from "../reader.ts";
import type { Message } from "../shapes.ts";
import { inThread } from "../threads.ts";
import { MessageView } from "./message.ts";
import { useStickToBottom } from "./stick-to-bottom.ts";

type ThreadPaneProps = {
  readonly ts: string;
  readonly title: string;
  readonly messages: readonly Message[];
  /** Grows when the reader sends something. */
  readonly sent: number;
  onClose(): void;
  /** The composer. */
  readonly children?: ComponentChildren;
};

/** A thread beside its channel; on a phone it covers it. */
export function ThreadPane({ ts, title, messages, sent, onClose, children }: ThreadPaneProps) {
  const { me } = useContext(ReaderContext);
  const box = useRef<HTMLDivElement>(null);
  useStickToBottom(box, `${me.id} ${ts} ${sent}`);
  const [parent, ...replies] = inThread(messages, ts);
  const words = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return h(
    "aside",
    {
      class: "side thread",
      "aria-label": "Thread",
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === "Escape") onClose();
      },
    },
    h(
      "header",
      { class: "pane-head" },
      h("h2", null, "Thread"),
      h("span", { class: "dim" }, title),
      h("button", { type: "button", class: "icon-button close", "aria-label": "Close thread", onClick: onClose }),
    ),
    h(
      "div",
      { class: "list", ref: box, tabIndex: 0, role: "log", "aria-live": "polite", "aria-label": "Messages in the thread" },
      h(
        "div",
        { class: "list-content" },
        parent === undefined ? h("div", { class: "empty" }, "This message is gone.") : h(MessageView, { message: parent }),
        replies.length > 0 && h("div", { class: "day" }, h("span", null, words)),
        replies.map((message) => h(MessageView, { key: message.ts, message })),
      ),
    ),
    children,
  );
}
