// Bolt wiring: what Slack delivers goes to the bot, acknowledged as soon as it cannot be lost. No decisions here.
import type { AllMiddlewareArgs, AnyMiddlewareArgs, App, SlackCommandMiddlewareArgs } from "@slack/bolt";
import type { Accept, Accepted } from "../commands/accept.ts";
import type { Log } from "../log.ts";
import { fromMessage, fromSlashCommand } from "./incoming.ts";
import { wordsModal } from "./modal.ts";
import { instanceOptions } from "./options.ts";
import { messageOf, pressOf, sharedOf, slashOf, submissionOf, typingOf } from "./payloads.ts";
import { renderAtOnce } from "./render-at-once.ts";
import { fromOpenMessage, fromSharedLinks } from "./shared-links.ts";

export type SlackIdentity = { readonly teamId: string; readonly botId: string; readonly botUserId: string };

/** What Bolt knows of an event besides. */
type Context = { readonly botUserId?: string; readonly teamId?: string };

/** Registers every listener on a Bolt app. Who the bot is comes with each event's context, from `authorize`. */
export function listen(app: App, { accept }: { readonly accept: Accept }, teamId: string, log: Log): void {
  /** A message is a command, and may give something away besides. Both go at once: Slack waits for the slower one only. */
  async function take(event: unknown, origin: "mention" | "direct", { botUserId, teamId: its = teamId }: Context): Promise<void> {
    const message = messageOf(event, its);
    if (message === undefined) return;
    const exposed = fromOpenMessage(message);
    await Promise.all([accept(fromMessage(message, origin, botUserId)), ...(exposed === undefined ? [] : [accept(exposed)])]);
  }

  // Bolt tries every listener on all that comes. Most of what comes is a command: taken here, it passes none of the others.
  app.use(async (delivery) => {
    if (!isCommand(delivery)) return delivery.next();
    const typed = slashOf(delivery.command);
    const accepted = typed === undefined ? undefined : await accept(fromSlashCommand(typed));
    await delivery.ack(accepted === undefined ? undefined : acknowledgement(accepted));
  });

  app.event("app_mention", async ({ event, context }) => {
    if (event.bot_id === undefined) await take(event, "mention", context);
  });

  app.message(async ({ message, context }) => {
    if (message.subtype !== undefined && message.subtype !== "file_share") return;
    if (message.channel_type !== "im" || ("bot_id" in message && message.bot_id !== undefined)) return;
    await take(message, "direct", context);
  });

  app.event("link_shared", async ({ event, context }) => {
    const shared = sharedOf(event, context.teamId ?? teamId);
    const incoming = shared === undefined ? undefined : fromSharedLinks(shared);
    if (incoming !== undefined) await accept(incoming);
  });

  app.action(/.*/, async ({ body, action, ack }) => {
    const incoming = pressOf(body, action);
    if (incoming !== undefined) await accept(incoming);
    await ack();
  });

  app.options(/.*/, async ({ body, ack }) => {
    const incoming = typingOf(body);
    const accepted = incoming === undefined ? undefined : await accept(incoming);
    await ack({ options: accepted?.kind === "options" ? [...instanceOptions(accepted.options)] : [] });
  });

  app.view({ callback_id: /.*/, type: "view_submission" }, async ({ body, ack }) => {
    const incoming = submissionOf(body);
    const accepted = incoming === undefined ? undefined : await accept(incoming);
    if (accepted?.kind === "answer") await ack({ response_action: "update", view: wordsModal(renderAtOnce(accepted.view)) });
    else await ack({ response_action: "clear" });
  });

  // Nothing of ours asks for these yet. Left unmatched, each would show the person an error that nobody can explain.
  app.view({ callback_id: /.*/, type: "view_closed" }, async ({ ack }) => ack());
  app.shortcut(/.*/, async ({ ack }) => ack());

  app.error(async (error) => {
    log.error("slack.listener_failed", { error });
    // Bolt acknowledges an event before its listener runs. Only a failure of the whole delivery makes Slack bring it again.
    throw error;
  });
}

const isCommand = (delivery: AnyMiddlewareArgs & AllMiddlewareArgs): delivery is SlackCommandMiddlewareArgs & AllMiddlewareArgs =>
  "command" in delivery;

const acknowledgement = (accepted: Accepted) =>
  accepted.kind === "answer"
    ? { response_type: "ephemeral" as const, ...withMutableBlocks(renderAtOnce(accepted.view)) }
    : undefined;

/** Bolt types blocks as a mutable array. */
const withMutableBlocks = ({ text, blocks }: ReturnType<typeof renderAtOnce>) => ({ text, blocks: [...blocks] });
