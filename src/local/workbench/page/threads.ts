// Which messages stand in the channel and which in a thread. Pure.
import type { Message } from "./shapes.ts";

export const isReply = ({ ts, thread_ts }: Message): boolean => thread_ts !== undefined && thread_ts !== ts;

/** What the channel shows: everything but replies, and those replies that were also sent to the channel. */
export const inChannel = (messages: readonly Message[]): readonly Message[] =>
  messages.filter((message) => !isReply(message) || message.broadcast === true);

/** The parent and its replies, oldest first. */
export const inThread = (messages: readonly Message[], ts: string): readonly Message[] =>
  messages.filter((message) => message.ts === ts || message.thread_ts === ts);

/** How many replies each parent has, and when the last one came. */
export function repliesOf(
  messages: readonly Message[],
): ReadonlyMap<string, { readonly count: number; readonly lastTs: string }> {
  const replies = new Map<string, { count: number; lastTs: string }>();
  for (const message of messages) {
    if (!isReply(message) || message.thread_ts === undefined) continue;
    const before = replies.get(message.thread_ts);
    replies.set(message.thread_ts, { count: (before?.count ?? 0) + 1, lastTs: message.ts });
  }
  return replies;
}

const closeMs = 5 * 60_000;

/** Whether a message reads on from the one before it: same author, same readers, within five minutes. */
export function isContinued(message: Message, before: Message | undefined): boolean {
  if (before === undefined || before.user !== message.user || before.from_slack !== message.from_slack) return false;
  const isPlain = message.blocks.length === 0 && message.visible_to === undefined && before.visible_to === undefined;
  return isPlain && message.broadcast !== true && (Number(message.ts) - Number(before.ts)) * 1000 < closeMs;
}
