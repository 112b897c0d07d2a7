// Slack's many shapes of a click, a menu being typed into and a submitted modal, reduced to what the bot needs; undefined where something
// essential is missing.
import type { Incoming } from "../commands/accept.ts";
import { fromPress, fromSubmission, fromTyping } from "./incoming.ts";

type Loose = Readonly<Record<string, unknown>>;
const record = (value: unknown): Loose => (typeof value === "object" && value !== null ? { ...value } : {});
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The workspace of whoever wrote: in a conversation shared with another one it is theirs, and they have no role here. */
export const authorTeam = (event: unknown): string | undefined => {
  const { user_team, source_team, team } = record(event);
  return textOf(user_team) ?? textOf(source_team) ?? textOf(team);
};

/** Who did it; where, unless a modal stands between. */
function placeOf(body: Loose) {
  const { user, team, channel, container } = body;
  return {
    user: textOf(record(user).id),
    team: textOf(record(user).team_id) ?? textOf(record(team).id),
    channel: textOf(record(channel).id) ?? textOf(record(container).channel_id),
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
    responseUrl: textOf(response_url),
    isPrivate: record(container).is_ephemeral === true,
    thread: textOf(record(container).thread_ts) ?? textOf(record(message).thread_ts),
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
