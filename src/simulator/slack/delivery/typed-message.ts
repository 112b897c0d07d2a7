// A typed message: everybody in the channel sees it; the bot hears of it when it is mentioned, or in its own conversation, and of links
// that concern it.
import type { Channel, Delivery, Message } from "../api.ts";
import type { Json } from "../judge/json.ts";
import { threadRoot } from "../web/conversation.ts";
import { Refusal } from "../web/refusal.ts";
import type { Workspace } from "../workspace.ts";
import { bot, botPerson, people, team } from "../world.ts";
import { attemptEvent, envelope, retryReason, scheduleEvent } from "./events.ts";
import { notSent, timed } from "./outcome.ts";
import { resolvePlace } from "./place.ts";
import { sharedLinks } from "./shared-links.ts";
import { typedText } from "./typed-text.ts";

export async function typeMessage(
  input: { readonly user: string; readonly channel: string; readonly text: string; readonly thread_ts?: string },
  workspace: Workspace,
): Promise<Delivery> {
  const place = resolvePlace(input, workspace);
  if (typeof place === "string") return notSent(place);
  if (input.text.trim() === "") return notSent("no_text");
  // Slack does not offer slash commands in threads, and never posts one as a message.
  if (/^\/odps(\s|$)/.test(input.text))
    return notSent(input.thread_ts === undefined ? "use_command" : "not_supported_in_threads");
  const { person, channel } = place;
  const thread_ts = rootOrRefusal(channel.id, input.thread_ts, workspace);
  if (thread_ts instanceof Refusal) return notSent(thread_ts.code);
  const text = typedText(input.text, [...people, botPerson], workspace.channels.list());
  const message = workspace.messages.post({ channel: channel.id, user: person.id, text, thread_ts });
  const pending = (event: Json) => ({ ...envelope(event, workspace), attempt: 0, dueAt: workspace.clock.now() });
  const [first, ...others] = [...eventsOf(message, channel, workspace), ...sharedLinks(message, channel, workspace)];
  for (const event of others) scheduleEvent(pending(event), workspace);
  if (first === undefined) return { ok: true, ack: "", elapsedMs: 0, deliveryId: message.ts };
  return timed(message.ts, () => attemptEvent(pending(first), workspace), workspace, retryReason);
}

function rootOrRefusal(channel: string, ts: string | undefined, workspace: Workspace): string | undefined | Refusal {
  try {
    return threadRoot(channel, ts, workspace);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The event the bot is subscribed to and allowed to see, if this message is one. */
function eventsOf(message: Message, channel: Channel, workspace: Workspace): readonly Json[] {
  const { ts, user, text, thread_ts } = message;
  const thread =
    thread_ts === undefined ? {} : { thread_ts, parent_user_id: workspace.messages.find(channel.id, thread_ts)?.message.user };
  const common = { user, text, ts, event_ts: ts, channel: channel.id, team: team.id, client_msg_id: ts, ...thread };
  if (channel.kind === "im") {
    return workspace.scopes.has("im:history") ? [{ type: "message", channel_type: "im", ...common }] : [];
  }
  if (!text.includes(`<@${bot.userId}>`)) return [];
  if (!channel.members.includes(bot.userId)) {
    const hint = `You mentioned <@${bot.userId}>, but they're not in this channel.`;
    workspace.messages.post({ channel: channel.id, user: bot.userId, text: hint, visible_to: user, from_slack: true });
    return [];
  }
  return workspace.scopes.has("app_mentions:read") ? [{ type: "app_mention", ...common }] : [];
}
