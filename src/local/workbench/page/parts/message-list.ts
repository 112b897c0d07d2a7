import { h } from "preact";
import { useContext, useMemo, useRef } from "preact/hooks";
import type { Pending } from "../pending.ts";
import { ReaderContext } from "../reader.ts";
import type { Message } from "../shapes.ts";
import { longDay, nearDay } from "../text/dates.ts";
import { inChannel, isContinued, repliesOf } from "../threads.ts";
import { MessageView, msOf, type Replies } from "./message.ts";
import { PendingLine } from "./pending-line.ts";
import { useStickToBottom } from "./stick-to-bottom.ts";

type MessageListProps = {
  readonly channelId: string;
  readonly title: string;
  readonly messages: readonly Message[];
  readonly pending: readonly Pending[];
  /** Grows when the reader sends something, which they then want to see. */
  readonly sent: number;
  onThread(ts: string): void;
  onDismiss(id: number): void;
};

type RowProps = {
  readonly message: Message;
  readonly isContinued: boolean;
  readonly replies: Replies | undefined;
  onThread(ts: string): void;
};

/** Draws a message again only when it changed: a channel has hundreds, and every one that comes in is news to the list. */
function Row({ message, isContinued, replies, onThread }: RowProps) {
  return useMemo(
    () => h(MessageView, { message, isContinued, replies, onThread: () => onThread(message.thread_ts ?? message.ts) }),
    [message, isContinued, replies?.count, replies?.lastTs, onThread],
  );
}

/** A channel's messages with a line at each new day, what is on its way at the end. */
export function MessageList({ channelId, title, messages, pending, sent, onThread, onDismiss }: MessageListProps) {
  const reader = useContext(ReaderContext);
  const { me, now } = reader;
  const box = useRef<HTMLDivElement>(null);
  const { isAway, goToEnd } = useStickToBottom(box, `${me.id} ${channelId} ${sent}`);
  const shown = useMemo(() => inChannel(messages), [messages]);
  const rows = useMemo(() => {
    const replies = repliesOf(messages);
    const days = shown.map(({ ts }) => nearDay(msOf(ts), now(), me.tz) ?? longDay(msOf(ts), me.tz));
    return shown.map((message, index) => {
      const day = days[index];
      const isNewDay = days[index - 1] !== day;
      return [
        isNewDay &&
          h("div", { key: `day ${message.ts}`, class: "day", role: "separator", "aria-label": day }, h("span", null, day)),
        h(Row, {
          key: message.ts,
          message,
          isContinued: !isNewDay && isContinued(message, shown[index - 1]),
          replies: replies.get(message.ts),
          onThread,
        }),
      ];
    });
  }, [messages, reader, onThread]);
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
