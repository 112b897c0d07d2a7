// How a View reaches people on Slack: the response_url while it lives, then a private post where they are, then a direct message.
import type { WebClient } from "@slack/web-api";
import type { Clock, Responder } from "../bot.ts";
import type { CommandRequest } from "../commands/request.ts";
import type { Log } from "../log.ts";
import type { ResultFile, View } from "../view.ts";
import { renderLadder } from "./ladder.ts";
import type { Message } from "./message.ts";
import { errorOf, postOnce } from "./outlet.ts";

export type MessengerPorts = {
  readonly client: WebClient;
  /** Posts to a response_url. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
};

/** A response_url lives 30 minutes (Slack facts section 1); it is not tried in its last five. */
const responseUrlLives = 25 * 60_000;

export function createMessenger({ client, fetch, clock, log }: MessengerPorts): Responder {
  const outlet = postOnce({ fetch, clock });

  async function toResponseUrl(
    request: CommandRequest,
    message: Message,
    how: "private" | "replace" | "public",
  ): Promise<boolean> {
    const { responseUrl, thread } = request.replyTo;
    if (responseUrl === undefined || clock.now() - request.requestedAt > responseUrlLives) return false;
    const body = {
      response_type: how === "public" ? "in_channel" : "ephemeral",
      replace_original: how === "replace",
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...message,
    };
    return outlet.responseUrl(responseUrl, body).then(
      () => true,
      (error: unknown) => {
        if (errorOf(error) === "invalid_blocks") throw error;
        log.warn("reply.response_url_dead", { requestId: request.id, slackError: errorOf(error) });
        return false;
      },
    );
  }

  async function directChannel(user: string): Promise<string> {
    const { channel } = await outlet.call(() => client.conversations.open({ users: user }));
    if (channel?.id === undefined) throw new Error("Slack opened no direct message");
    return channel.id;
  }

  const post = (channel: string, message: Message, thread?: string) =>
    outlet.call(() =>
      client.chat.postMessage({ channel, ...posted(message), ...(thread === undefined ? {} : { thread_ts: thread }) }),
    );

  async function privately(request: CommandRequest, message: Message, how: "private" | "replace" = "private"): Promise<void> {
    const { channel, direct, thread } = request.replyTo;
    const { user } = request.caller;
    if (await toResponseUrl(request, message, how)) return;
    if (direct) {
      await post(channel, message, thread);
      return;
    }
    try {
      const where = thread === undefined ? { channel, user } : { channel, user, thread_ts: thread };
      await outlet.call(() => client.chat.postEphemeral({ ...where, ...posted(message) }));
    } catch (error) {
      if (errorOf(error) === "invalid_blocks") throw error;
      log.info("reply.by_direct_message", { requestId: request.id, slackError: errorOf(error) });
      await post(await directChannel(user), message);
    }
  }

  async function publicly(request: CommandRequest, message: Message): Promise<void> {
    const { channel, thread } = request.replyTo;
    if (await toResponseUrl(request, message, "public")) return; // works in channels the bot has not joined
    await post(channel, message, thread);
  }

  async function sendFiles(request: CommandRequest, channel: string, files: readonly ResultFile[]): Promise<void> {
    for (const { name, content } of files) {
      if (content === "") continue; // Slack refuses an empty file
      await outlet.call(() => client.filesUploadV2({ channel_id: channel, filename: name, title: name, content }));
      log.info("file.sent", { requestId: request.id, bytes: Buffer.byteLength(content) });
    }
  }

  async function filesOf(request: CommandRequest, view: View, isPublic: boolean): Promise<void> {
    if (view.kind !== "result" || view.files.length === 0) return;
    const { channel, direct } = request.replyTo;
    const target = isPublic || direct ? channel : await directChannel(request.caller.user);
    await sendFiles(request, target, view.files);
  }

  return {
    async reply(request, view) {
      const how = replaces(request, view) ? "replace" : "private";
      await renderLadder(view, "private", (message) => privately(request, message, how));
      await filesOf(request, view, false).catch(async (error: unknown) => {
        log.error("file.not_sent", { requestId: request.id, slackError: errorOf(error), error });
        await renderLadder(fileNotSent(request), "private", (message) => privately(request, message));
      });
    },
    async announce(request, view) {
      if (request.replyTo.direct && view.kind === "acted") return; // there is nobody else to tell
      await renderLadder(view, request.replyTo.direct ? "private" : "channel", (message) => publicly(request, message));
      await filesOf(request, view, true);
    },
  };
}

/** A pressed confirmation always gives way to its outcome; a refreshed card only to a card, never to an error. */
const replaces = ({ ask, replyTo }: CommandRequest, view: View): boolean =>
  replyTo.replaceable && (ask.kind === "intent" || view.kind === "instance");

const posted = ({ text, blocks }: Message) => ({ text, blocks: [...blocks], unfurl_links: false, unfurl_media: false });

const fileNotSent = (request: CommandRequest): View => ({
  kind: "error",
  tone: "trouble",
  title: "Slack did not take the file.",
  next: "Ask again, or look at the rows here with `result`.",
  errorId: request.id,
  suggestions: [],
});
