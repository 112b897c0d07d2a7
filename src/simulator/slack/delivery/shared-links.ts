// link_shared: Slack tells an app of links to the hosts that its manifest names, in whichever conversation they are posted, and also
// while they are still being written.
import type { Channel, Message } from "../api.ts";
import type { Json } from "../judge/json.ts";
import type { Workspace } from "../workspace.ts";
import { bot } from "../world.ts";

/** The links that concern the bot; the address stays escaped as it is in the message. */
function linksIn(text: string, { scopes, options }: Workspace): readonly { readonly domain: string; readonly url: string }[] {
  const domains = scopes.has("links:read") ? (options.unfurlDomains ?? []) : [];
  return [...text.matchAll(/<(https?:\/\/[^<>|\s]+)(?:\|[^<>]*)?>/gi)].flatMap(([, url = ""]) => {
    const host = URL.canParse(url) ? new URL(url).hostname : "";
    const domain = domains.find((known) => host === known || host.endsWith(`.${known}`));
    return domain === undefined ? [] : [{ domain, url }];
  });
}

/** The event of a posted message, and the one before it that names neither message nor conversation; none where no link concerns the bot. */
export function sharedLinks(message: Message, channel: Channel, workspace: Workspace): readonly Json[] {
  const { ts, user, text, thread_ts } = message;
  const links = linksIn(text, workspace);
  if (links.length === 0) return [];
  const common = { type: "link_shared", user, links, event_ts: ts };
  const thread = thread_ts === undefined ? {} : { thread_ts };
  const isMember = channel.members.includes(bot.userId);
  const written = { channel: "COMPOSER", is_bot_user_member: true, message_ts: `${ts}-draft`, source: "composer" };
  const posted = {
    channel: channel.id,
    is_bot_user_member: isMember,
    message_ts: ts,
    source: "conversations_history",
    ...thread,
  };
  return [
    { ...common, ...posted, unfurl_id: `${channel.id}.${ts}` },
    { ...common, ...written, unfurl_id: `COMPOSER.${ts}` },
  ];
}
