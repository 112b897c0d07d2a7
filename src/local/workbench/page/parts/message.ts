import { h } from "preact";
import { useContext } from "preact/hooks";
import { drawBlocks } from "../blocks/index.ts";
import { nameOf, ReaderContext } from "../reader.ts";
import type { Message } from "../shapes.ts";
import { clockTime, fullTime, nearDay } from "../text/dates.ts";
import { Mrkdwn } from "../text/text-view.ts";
import { Avatar } from "./avatar.ts";
import { FileCard } from "./file-card.ts";
import { MessageSurface } from "./message-surface.ts";

export type Replies = { readonly count: number; readonly lastTs: string };

type MessageProps = {
  readonly message: Message;
  /** Follows one of the same author closely: the name is not said again. */
  readonly isContinued?: boolean;
  readonly replies?: Replies | undefined;
  /** Opens the thread; absent inside one. */
  readonly onThread?: (() => void) | undefined;
};

export const msOf = (ts: string): number => Number(ts) * 1000;

function RepliesLink({ replies, onThread }: { readonly replies: Replies; onThread(): void }) {
  const { me, now } = useContext(ReaderContext);
  const ms = msOf(replies.lastTs);
  const day = nearDay(ms, now(), me.tz) ?? "earlier";
  return h(
    "button",
    { type: "button", class: "replies", onClick: onThread },
    h("strong", null, replies.count === 1 ? "1 reply" : `${replies.count} replies`),
    h("span", { class: "dim" }, `Last reply ${day.toLowerCase()} at ${clockTime(ms, me.tz)}`),
  );
}

/** One message as this person sees it. */
export function MessageView({ message, isContinued = false, replies, onThread }: MessageProps) {
  const reader = useContext(ReaderContext);
  const { me, bot } = reader;
  const isBot = message.user === bot.userId || message.user === bot.id;
  const name = message.from_slack === true ? "Slackbot" : nameOf(reader, message.user);
  const realName = reader.people.find(({ id }) => id === message.user)?.real_name ?? name;
  const ms = msOf(message.ts);
  const isPrivate = message.visible_to !== undefined;
  const time = h("time", { dateTime: new Date(ms).toISOString(), title: fullTime(ms, me.tz) }, clockTime(ms, me.tz));
  const edited = h("span", { class: "edited" }, "(edited)");
  const head = h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, name),
    (isBot || message.from_slack === true) && h("span", { class: "badge" }, "APP"),
    time,
    message.edited && edited,
  );
  return h(
    "article",
    {
      class: `message${isPrivate ? " private" : ""}${isContinued ? " continued" : ""}`,
      "aria-label": `${name}, ${clockTime(ms, me.tz)}`,
      "data-ts": message.ts,
    },
    isPrivate && h("div", { class: "only-you" }, h("span", { class: "eye", "aria-hidden": true }), "Only visible to you"),
    message.broadcast === true && h("div", { class: "only-you" }, "Also sent to the channel"),
    h(
      "div",
      { class: "message-side" },
      isContinued ? h("span", { class: "quiet-time" }, time) : h(Avatar, { name: realName, isBot }),
    ),
    h(
      "div",
      { class: "message-main" },
      !isContinued && head,
      h(MessageSurface, { message }, message.blocks.length > 0 ? drawBlocks(message.blocks) : h(Mrkdwn, { text: message.text })),
      message.files.map((file) => h(FileCard, { key: file.id, file })),
      isContinued && message.edited && edited,
      replies !== undefined && onThread !== undefined && h(RepliesLink, { replies, onThread }),
    ),
    onThread !== undefined &&
      !isPrivate &&
      h(
        "button",
        { type: "button", class: "thread-button", "aria-label": `Reply in thread to ${name}`, onClick: onThread },
        "Reply in thread",
      ),
  );
}
