// Links that somebody posted, as far as they give something away. Slack tells of those to hosts that the manifest names, in whichever
// conversation; of other hosts the bot reads only what is written to it.
import type { Incoming } from "../commands/accept.ts";
import { exposedIn } from "../commands/exposed.ts";
import { isDirect } from "./conversation.ts";
import type { TypedMessage } from "./incoming.ts";

export type SharedLinks = Pick<TypedMessage, "team" | "channel" | "user" | "thread_ts"> & {
  readonly message_ts: string;
  readonly links: readonly { readonly url: string }[];
  /** "composer" while it is being written: nobody reads it yet, and it may never be sent. */
  readonly source?: string | undefined;
};

/** Once a message, however it is heard of; undefined where nothing is given away. */
export function fromSharedLinks(shared: SharedLinks): Incoming | undefined {
  const { team, channel, user, message_ts, thread_ts, links, source } = shared;
  if (source === "composer") return undefined;
  const ask = exposedIn(links.map(({ url }) => url));
  if (ask === undefined) return undefined;
  return {
    delivery: `exposed/${team}/${channel}/${message_ts}`,
    ask,
    caller: { team, user },
    replyTo: {
      channel,
      direct: isDirect(channel),
      replaceable: false,
      ...(thread_ts === undefined ? {} : { thread: thread_ts }),
    },
    origin: "link",
  };
}

/** The same of a message to the bot. What is typed behind a slash nobody else sees, so there is nothing to caution of. */
export const fromOpenMessage = ({ text, ts, ...message }: TypedMessage): Incoming | undefined =>
  fromSharedLinks({ ...message, message_ts: ts, links: [{ url: text }] });
