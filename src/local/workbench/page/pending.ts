// Slash commands on their way. Slack shows nothing of them; here the one who typed sees a dim line until something comes back. Pure.
import type { Message } from "./shapes.ts";

export type Pending = {
  readonly id: number;
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  /** ts and content of every message there was when it was typed. */
  readonly known: ReadonlySet<string>;
  /** Why nothing will come; such a line stays until it is dismissed. */
  readonly refused?: string;
};

/** A message that is edited is news, too. */
export const newsKey = ({ ts, text, edited, blocks }: Message): string => `${ts} ${edited} ${text} ${JSON.stringify(blocks)}`;

export const knownOf = (messages: readonly Message[]): ReadonlySet<string> => new Set(messages.map(newsKey));

/** Lines that still wait once a channel looks like this: each piece of news from somebody else answers the oldest that had not seen it. */
export function stillWaiting(pending: readonly Pending[], channel: string, messages: readonly Message[]): readonly Pending[] {
  const answered = new Set<string>();
  return pending.filter((line) => {
    if (line.channel !== channel || line.refused !== undefined) return true;
    const news = messages.find(
      (message) => message.user !== line.user && !line.known.has(newsKey(message)) && !answered.has(newsKey(message)),
    );
    if (news === undefined) return true;
    answered.add(newsKey(news));
    return false;
  });
}
