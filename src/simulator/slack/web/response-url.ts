// What a bot may do with a response_url: answer privately or in the channel, replace or delete the message that was clicked.
import type { Message } from "../api.ts";
import type { CallFaults } from "../faults.ts";
import { isObject, type Json, own, ownText, parseJson } from "../judge/json.ts";
import type { ResponseUrl } from "../responses.ts";
import type { Workspace } from "../workspace.ts";
import { bot } from "../world.ts";
import { injected } from "./call.ts";
import { readContent } from "./chat.ts";
import { threadRoot } from "./conversation.ts";
import { Refusal } from "./refusal.ts";
import type { Reply } from "./reply.ts";

const refused = (status: number, error: string, more: Json = {}): Reply => ({ status, body: { ok: false, error, ...more } });

export function answerResponse(secret: string, body: string, faults: CallFaults, workspace: Workspace): Reply {
  const response = workspace.exchanges.responseUrl(secret);
  if (typeof response === "string") return refused(404, response);
  if (workspace.faults.takes("dead_response_url")) {
    workspace.exchanges.kill(response);
    return refused(404, "expired_url");
  }
  if (faults.instead !== undefined) return atLeast400(injected(faults.instead));
  const fields = parseJson(body);
  if (!isObject(fields)) return refused(400, "invalid_payload");
  try {
    perform(fields, response, workspace);
  } catch (error) {
    if (error instanceof Refusal) return { ...refused(400, error.code, error.more), lost: faults.lost };
    throw error;
  }
  workspace.exchanges.countUse(response);
  return { status: 200, body: { ok: true }, lost: faults.lost };
}

/** A response_url has no `ok: false` with 200: it refuses by status. */
function atLeast400(reply: Reply): Reply {
  return reply.status === 200 ? { ...reply, status: 400 } : reply;
}

const says = (fields: Json, name: string): boolean => own(fields, name) === true || own(fields, name) === "true";

function perform(fields: Json, response: ResponseUrl, workspace: Workspace): void {
  const { messages } = workspace;
  const original = response.original === undefined ? undefined : messages.find(response.channel, response.original);
  if (says(fields, "delete_original")) {
    if (original !== undefined) messages.remove(original.message);
    return;
  }
  if (says(fields, "replace_original") && response.original !== undefined) {
    if (original === undefined) throw new Refusal("message_not_found");
    messages.edit(original, readContent(fields).words);
    return;
  }
  // A command has no original: asked to replace one, Slack posts a new message.
  postAnswer(fields, response, workspace);
}

/** Posts an answer, privately unless `response_type` says in_channel. @throws Refusal in Slack's words */
export function postAnswer(fields: Json, to: Pick<ResponseUrl, "channel" | "user">, workspace: Workspace): Message {
  const { words } = readContent(fields);
  const visible_to = ownText(fields, "response_type") === "in_channel" ? undefined : to.user;
  const thread_ts = threadRoot(to.channel, ownText(fields, "thread_ts"), workspace);
  return workspace.messages.post({ ...words, channel: to.channel, user: bot.userId, visible_to, thread_ts });
}
