// Bolt wiring: what Slack delivers goes to the bot, acknowledged as soon as it cannot be lost. No decisions here.
import type { App } from "@slack/bolt";
import type { Accept, Accepted, Incoming } from "../commands/accept.ts";
import type { Log } from "../log.ts";
import { fromMessage, fromPress, fromSlashCommand } from "./incoming.ts";
import { render } from "./render.ts";

export type SlackIdentity = { readonly teamId: string; readonly botId: string; readonly botUserId: string };

/** Registers every listener on a Bolt app. Who the bot is comes with each event's context, from `authorize`. */
export function listen(app: App, { accept }: { readonly accept: Accept }, teamId: string, log: Log): void {
  app.command(/.*/, async ({ command, ack }) => {
    const accepted = await accept(fromSlashCommand(command));
    await ack(acknowledgement(accepted));
  });

  app.event("app_mention", async ({ event, context }) => {
    if (event.user === undefined || event.bot_id !== undefined) return;
    const team = authorTeam(event) ?? context.teamId ?? teamId;
    await accept(fromMessage({ ...event, team, user: event.user }, "mention", context.botUserId));
  });

  app.message(async ({ message, context }) => {
    if (message.subtype !== undefined && message.subtype !== "file_share") return;
    if (message.channel_type !== "im" || ("bot_id" in message && message.bot_id !== undefined)) return;
    const team = authorTeam(message) ?? context.teamId ?? teamId;
    await accept(fromMessage({ ...message, text: message.text ?? "", team }, "direct", context.botUserId));
  });

  app.action(/.*/, async ({ body, action, ack }) => {
    const incoming = pressOf(body, action);
    if (incoming !== undefined) await accept(incoming);
    await ack();
  });

  // Nothing of ours asks for these yet. Left unmatched, each would show the person an error that nobody can explain.
  app.options(/.*/, async ({ ack }) => ack({ options: [] }));
  app.view(/.*/, async ({ ack }) => ack());
  app.view({ callback_id: /.*/, type: "view_closed" }, async ({ ack }) => ack());
  app.shortcut(/.*/, async ({ ack }) => ack());

  app.error(async (error) => {
    log.error("slack.listener_failed", { error });
    // Bolt acknowledges an event before its listener runs. Only a failure of the whole delivery makes Slack bring it again.
    throw error;
  });
}

const acknowledgement = (accepted: Accepted) =>
  accepted.kind === "queued"
    ? undefined
    : { response_type: "ephemeral" as const, ...withMutableBlocks(render(accepted.view, { audience: "private" })) };

/** Bolt types blocks as a mutable array. */
const withMutableBlocks = ({ text, blocks }: ReturnType<typeof render>) => ({ text, blocks: [...blocks] });

type Loose = Readonly<Record<string, unknown>>;
const record = (value: unknown): Loose => (typeof value === "object" && value !== null ? { ...value } : {});
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The workspace of whoever wrote: in a conversation shared with another one it is theirs, and they have no role here. */
const authorTeam = (event: unknown): string | undefined => {
  const { user_team, source_team, team } = record(event);
  return textOf(user_team) ?? textOf(source_team) ?? textOf(team);
};

/** Slack's many shapes of a click, reduced to what the bot needs; undefined where something essential is missing. */
function pressOf(body: unknown, action: unknown): Incoming | undefined {
  const { user, team, channel, container, message, trigger_id, response_url } = record(body);
  const { action_id, value, selected_option } = record(action);
  const userId = textOf(record(user).id);
  const teamId = textOf(record(user).team_id) ?? textOf(record(team).id);
  const channelId = textOf(record(channel).id) ?? textOf(record(container).channel_id);
  const actionId = textOf(action_id);
  const triggerId = textOf(trigger_id);
  if (
    userId === undefined ||
    teamId === undefined ||
    channelId === undefined ||
    actionId === undefined ||
    triggerId === undefined
  ) {
    return undefined;
  }
  return fromPress({
    team: teamId,
    user: userId,
    channel: channelId,
    actionId,
    value: textOf(value) ?? textOf(record(selected_option).value),
    triggerId,
    responseUrl: textOf(response_url),
    isPrivate: record(container).is_ephemeral === true,
    thread: textOf(record(container).thread_ts) ?? textOf(record(message).thread_ts),
  });
}
