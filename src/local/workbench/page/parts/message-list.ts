import { h } from "preact";
import { useContext, useRef } from "preact/hooks";
import type { Pending } from "../pending.ts";
import { ReaderContext } from "../reader.ts";
import type { Message } from "../shapes.ts";
import { longDay, nearDay } from "../text/dates.ts";
import { inChannel, isContinued, repliesOf } from "../threads.ts";
import { MessageView, msOf } from "./message.ts";
import { PendingLine } from "./pending-line.ts";
import { useStickToBottom } from "./stick-to-bottom.ts";

type MessageListProps = {
  readonly channelId: string;
  readonly title: string;
  readonly messages: readonly Message[];
  readonly pending: readonly Pending[];
  onThread(ts: string): void;
  onDismiss(id: number): void;
};

/** A channel's messages with a line at each new day, what is on its way at the end. */
export function MessageList({ channelId, title, messages, pending, onThread, onDismiss }: MessageListProps) {
  const { me, now } = useContext(ReaderContext);
  const box = useRef<HTMLDivElement>(null);
  const { isAway, goToEnd } = useStickToBottom(box, `${me.id} ${channelId}`);
  const shown = inChannel(messages);
  const replies = repliesOf(messages);
  const dayOf = (message: Message) => nearDay(msOf(message.ts), now(), me.tz) ?? longDay(msOf(message.ts), me.tz);

  const rows = shown.map((message, index) => {
    const before = shown[index - 1];
    const day = dayOf(message);
    const isNewDay = before === undefined || dayOf(before) !== day;
    return [
      isNewDay &&
        h("div", { key: `day ${message.ts}`, class: "day", role: "separator", "aria-label": day }, h("span", null, day)),
      h(MessageView, {
        key: message.ts,
        message,
        isContinued: !isNewDay && isContinued(message, before),
        replies: replies.get(message.ts),
        onThread: () => onThread(message.thread_ts ?? message.ts),
      }),
    ];
  });
  return h(
    "div",
    { class: "list-frame" },
    h(
      "div",
      { class: "list", ref: box, tabIndex: 0, role: "log", "aria-live": "polite", "aria-label": `Messages in ${title}` },
      h(
        "div",
        { class: "list-content" },
        shown.length === 0 &&
          h(
            "div",
            { class: "empty" },
            h("strong", null, `This is the very beginning of ${title}`),
            h("span", null, "Type ", h("code", null, "/odps help"), " to see what the bot can do."),
          ),
        rows,
        pending.map((line) => h(PendingLine, { key: line.id, line, onDismiss })),
      ),
    ),
    isAway && h("button", { type: "button", class: "to-end", onClick: goToEnd }, "Jump to latest"),
  );
}
