// Slack's many shapes of a command, a message, a click, a menu being typed into and a submitted modal, reduced to what the bot needs; undefined where something
// essential is missing.
import type { Incoming } from "../commands/accept.ts";
import type { SlashCommand, TypedMessage } from "./incoming.ts";
import { fromPress, fromSubmission, fromTyping } from "./incoming.ts";
import type { SharedLinks } from "./shared-links.ts";

type Loose = Readonly<Record<string, unknown>>;
const record = (value: unknown): Loose => (typeof value === "object" && value !== null ? { ...value } : {});
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
/** No id of Slack's is longer, and no request with a longer one would be taken by whoever runs it. */
const longestId = 255;
const idOf = (value: unknown): string | undefined => {
  const id = textOf(value);
  return id === undefined || id.length > longestId ? undefined : id;
};

/** The workspace of whoever wrote: in a conversation shared with another one it is theirs, and they have no role here. */
export const authorTeam = (event: unknown): string | undefined => {
  const { user_team, source_team, team } = record(event);
  return idOf(user_team) ?? idOf(source_team) ?? idOf(team);
};

/** `installed` is the workspace that the event came from, where it does not say whose its author is. */
export function messageOf(event: unknown, installed: unknown): TypedMessage | undefined {
  const body = record(event);
  const team = authorTeam(event) ?? idOf(installed);
  const [channel, user, ts] = [body.channel, body.user, body.ts].map(idOf);
  if (team === undefined || channel === undefined || user === undefined || ts === undefined) return undefined;
  return { team, channel, user, ts, text: textOf(body.text) ?? "", thread_ts: idOf(body.thread_ts) };
}

export function sharedOf(event: unknown, installed: unknown): SharedLinks | undefined {
  const { links, source, message_ts } = record(event);
  const message = messageOf({ ...record(event), ts: message_ts }, installed);
  if (message === undefined || !Array.isArray(links)) return undefined;
  const { ts, text: _, ...place } = message;
  const urls = links.flatMap((link) => textOf(record(link).url) ?? []);
  return { ...place, message_ts: ts, links: urls.map((url) => ({ url })), source: textOf(source) };
}

export function slashOf(payload: unknown): SlashCommand | undefined {
  const { team_id, channel_id, user_id, text, response_url, trigger_id } = record(payload);
  const [team, channel, user, trigger] = [team_id, channel_id, user_id, trigger_id].map(idOf);
  if (team === undefined || channel === undefined || user === undefined || trigger === undefined) return undefined;
  return {
    ...{ team_id: team, channel_id: channel, user_id: user, trigger_id: trigger },
    ...{ text: textOf(text) ?? "", response_url: responseUrlOf(response_url) },
  };
}

const longestUrl = 2_000;
const responseUrlOf = (value: unknown): string | undefined => {
  const url = textOf(value);
  return url === undefined || url.length > longestUrl ? undefined : url;
};

/** Who did it; where, unless a modal stands between. */
function placeOf(body: Loose) {
  const { user, team, channel, container } = body;
  return {
    user: idOf(record(user).id),
    team: idOf(record(user).team_id) ?? idOf(record(team).id),
    channel: idOf(record(channel).id) ?? idOf(record(container).channel_id),
  };
}

export function pressOf(payload: unknown, action: unknown): Incoming | undefined {
  const body = record(payload);
  const { container, message, trigger_id, response_url } = body;
  const { action_id, value, selected_option } = record(action);
  const { user, team, channel } = placeOf(body);
  const actionId = textOf(action_id);
  const triggerId = textOf(trigger_id);
  if (user === undefined || team === undefined || channel === undefined || actionId === undefined || triggerId === undefined)
    return undefined;
  return fromPress({
    team,
    user,
    channel,
    actionId,
    value: textOf(value) ?? textOf(record(selected_option).value),
    triggerId,
    responseUrl: responseUrlOf(response_url),
    isPrivate: record(container).is_ephemeral === true,
    thread: idOf(record(container).thread_ts) ?? idOf(record(message).thread_ts),
  });
}

export function typingOf(payload: unknown): Incoming | undefined {
  const body = record(payload);
  const { user, team, channel } = placeOf(body);
  if (body.action_id !== "list.pick" || user === undefined || team === undefined || channel === undefined) return undefined;
  return fromTyping({ team, user, channel, typed: textOf(body.value) ?? "" });
}

export function submissionOf(payload: unknown): Incoming | undefined {
  const body = record(payload);
  const view = record(body.view);
  const { user, team } = placeOf(body);
  const triggerId = textOf(body.trigger_id);
  const callbackId = textOf(view.callback_id);
  if (user === undefined || team === undefined || triggerId === undefined || callbackId === undefined) return undefined;
  const metadata = textOf(view.private_metadata) ?? "";
  return fromSubmission({ team, user, triggerId, callbackId, metadata, values: valuesIn(record(record(view.state).values)) });
}

/** What each element of a submitted modal holds; those that were left empty are left out. */
function valuesIn(blocks: Loose): ReadonlyMap<string, string> {
  const held = Object.values(blocks).flatMap((block) => Object.entries(record(block)));
  return new Map(
    held.flatMap(([action, element]) => {
      const { type, value, selected_option, selected_options } = record(element);
      const chosen = Array.isArray(selected_options) ? selected_options.flatMap((each) => textOf(record(each).value) ?? []) : [];
      const text = (textOf(value) ?? "").trim() || textOf(record(selected_option).value) || chosen.join(",");
      if (text === "") return [];
      // A box that is ticked is a flag without a value.
      return [[action, type === "checkboxes" ? "" : text] as const];
    }),
  );
}
