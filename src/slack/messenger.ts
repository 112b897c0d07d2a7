// How a View reaches people on Slack: the response_url while it lives, then a private post where they are, then a direct message.
import type { WebClient } from "@slack/web-api";
import type { Clock, Responder } from "../bot.ts";
import { UserError } from "../commands/errors.ts";
import type { CommandRequest } from "../commands/request.ts";
import type { Log } from "../log.ts";
import type { ResultFile, View } from "../view/index.ts";
import { createFormFiller } from "./form-filler.ts";
import { renderLadder } from "./ladder.ts";
import type { Message } from "./message.ts";
import { errorOf, postOnce } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import type { Spool } from "./spool.ts";
import { upload } from "./upload.ts";

export type MessengerPorts = {
  readonly client: WebClient;
  /** Posts to a response_url. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** The workspace's rate limits, shared with everybody who posts. */
  readonly pace: Pace;
  /** Where files wait until their length is known. */
  readonly spool: Spool;
  readonly log: Log;
  /** Epoch ms at which its process ends; unknown where nobody ends it from outside. */
  readonly endsAt?: number;
};

/** A response_url lives 30 minutes (Slack facts section 1); it is not tried in its last five. */
const responseUrlLives = 25 * 60_000;

export function createMessenger(ports: MessengerPorts): Responder {
  const { client, fetch, clock, pace, spool, log, endsAt = Number.POSITIVE_INFINITY } = ports;
  const outlet = postOnce({ fetch, clock, pace });
  const intoForm = createFormFiller({ client, outlet, log });

  async function toResponseUrl(request: CommandRequest, message: Message, { how, tries }: Way): Promise<boolean> {
    const { responseUrl, thread } = request.replyTo;
    if (responseUrl === undefined || clock.now() - request.requestedAt > responseUrlLives) return false;
    const body = {
      response_type: how === "public" ? "in_channel" : "ephemeral",
      replace_original: how === "replace",
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...message,
    };
    return outlet.responseUrl(responseUrl, body, tries).then(
      () => true,
      (error: unknown) => {
        if (errorOf(error) === "invalid_blocks") throw error;
        log.warn("reply.response_url_dead", { requestId: request.id, slackError: errorOf(error) });
        return false;
      },
    );
  }

  async function directChannel(user: string): Promise<string> {
    const { channel } = await outlet.call({ method: "conversations.open" }, () => client.conversations.open({ users: user }));
    if (channel?.id === undefined) throw new Error("Slack opened no direct message");
    return channel.id;
  }

  /** Whether the conversation is the bot's own with this person: a command can also be typed where two people are alone. */
  async function isOurs({ replyTo, caller }: CommandRequest): Promise<boolean> {
    if (!replyTo.direct) return false;
    return directChannel(caller.user).then(
      (channel) => channel === replyTo.channel,
      () => false,
    );
  }

  /** Where Slack does not say, whoever posts will find out. */
  async function mayPost({ id, replyTo, caller }: CommandRequest): Promise<boolean> {
    const { channel, direct } = replyTo;
    try {
      if (direct) return (await directChannel(caller.user)) === channel;
      const info = await outlet.call({ method: "conversations.info" }, () => client.conversations.info({ channel }));
      return info.channel?.is_member !== false;
    } catch (error) {
      if (notAMember.has(errorOf(error))) return false;
      log.warn("membership.unknown", { requestId: id, slackError: errorOf(error) });
      return true;
    }
  }

  const post = (channel: string, message: Message, thread?: string) =>
    outlet.call({ method: "chat.postMessage", channel }, () =>
      client.chat.postMessage({ channel, ...posted(message), ...(thread === undefined ? {} : { thread_ts: thread }) }),
    );

  async function inPlace({ replyTo, caller }: CommandRequest, message: Message, tries: number | undefined): Promise<void> {
    const { channel, direct, thread } = replyTo;
    if (direct) {
      await post(channel, message, thread);
      return;
    }
    const where = { channel, user: caller.user, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const about = { method: "chat.postEphemeral", channel, ...(tries === undefined ? {} : { tries }) };
    await outlet.call(about, () => client.chat.postEphemeral({ ...where, ...posted(message) }));
  }

  async function privately(request: CommandRequest, message: Message, way: Way): Promise<void> {
    if (await toResponseUrl(request, message, way)) return;
    try {
      await inPlace(request, message, way.tries);
    } catch (error) {
      // A word on the way is not worth a message elsewhere.
      if (errorOf(error) === "invalid_blocks" || way.tries === once) throw error;
      log.info("reply.by_direct_message", { requestId: request.id, slackError: errorOf(error) });
      await post(await directChannel(request.caller.user), message);
    }
  }

  async function publicly(request: CommandRequest, message: Message): Promise<void> {
    const { channel, thread } = request.replyTo;
    if (await toResponseUrl(request, message, { how: "public" })) return; // works in channels the bot has not joined
    await post(channel, message, thread);
  }

  async function sendFile(
    request: CommandRequest,
    { name, open }: ResultFile,
    isShared: boolean,
    comment?: string,
  ): Promise<void> {
    await spool(open(), async (file) => {
      if (file.bytes === 0) return; // Slack refuses an empty file
      const stays = isShared && !(await isOurs(request));
      const channel = stays ? request.replyTo.channel : await directChannel(request.caller.user);
      const to = { channel, name, ...(comment === undefined ? {} : { comment }) };
      await upload({ client, outlet, leftMs: () => endsAt - clock.now() }, file, to).catch((cause: unknown) => {
        if (notAMember.has(errorOf(cause)))
          throw new UserError("I am not in this channel, so I could not put the file here.", noEntry, { cause });
        throw cause;
      });
      log.info("file.sent", { requestId: request.id, bytes: file.bytes });
    });
  }

  return {
    async reply(request, view, stage) {
      // A form says by itself that it is loading.
      if (request.replyTo.form !== undefined && stage === "interim") return;
      if (await intoForm(request, view)) return;
      const way: Way = { how: replaces(request, view) ? "replace" : "private", ...(stage === "interim" ? { tries: once } : {}) };
      await renderLadder(view, "private", (message) => privately(request, message, way)).catch((error: unknown) => {
        if (request.origin !== "link" || !nobody.has(errorOf(error))) throw error;
        log.info("reply.to_nobody", { requestId: request.id, slackError: errorOf(error) });
      });
    },
    async announce(request, view) {
      const ours = await isOurs(request);
      if (ours && view.kind === "acted") return; // there is nobody else to tell
      await renderLadder(view, ours ? "private" : "channel", (message) => publicly(request, message));
    },
    async postCard(request, view) {
      const { channel, thread } = request.replyTo;
      let posted: { readonly ts?: string | undefined } = {};
      try {
        await renderLadder(view, "channel", async (message) => {
          posted = await post(channel, message, thread);
        });
      } catch (error) {
        if (errorOf(error) !== "unknown") throw error;
      }
      return posted.ts === undefined ? undefined : { channel, ts: posted.ts };
    },
    async editCard({ channel, ts }, view) {
      await renderLadder(view, "channel", async ({ text, blocks }) => {
        await outlet.call({ method: "chat.update", channel }, () =>
          client.chat.update({ channel, ts, text, blocks: [...blocks] }),
        );
      });
    },
    mayPost,
    sendFile,
  };
}

/** `tries`: how often a call is made when Slack says it comes too fast; a word on the way is not waited for. */
type Way = { readonly how: "private" | "replace" | "public"; readonly tries?: number };
const once = 1;

/** A pressed confirmation gives way to its outcome, never to a notice beside it; a refreshed card only to a card, never to an error. */
const replaces = ({ ask, replyTo }: CommandRequest, view: View): boolean =>
  replyTo.replaceable && (ask.kind === "intent" ? view.kind !== "notice" : view.kind === "instance");

const posted = ({ text, blocks }: Message) => ({ text, blocks: [...blocks], unfurl_links: false, unfurl_media: false });

/** Who posted a link may be a program, or be gone: it waits for no word. */
const nobody = new Set(["cannot_dm_bot", "user_not_found", "user_disabled", "user_not_visible"]);

const notAMember = new Set(["not_in_channel", "channel_not_found"]);

const noEntry = { next: "Invite me, or leave out `--share`: then the file comes as a direct message." };
