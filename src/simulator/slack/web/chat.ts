// chat.*: what a bot says, corrects and takes back.
import type { Channel, Message } from "../api.ts";
import { type Json, own } from "../judge/json.ts";
import { checkMessage } from "../judge/message.ts";
import { asSlackMessage, type Entry } from "../messages.ts";
import type { Workspace } from "../workspace.ts";
import { bot, findPerson, team } from "../world.ts";
import type { Arguments } from "./arguments.ts";
import { knownChannel, threadRoot, writableChannel } from "./conversation.ts";
import { readMetadata } from "./metadata.ts";
import type { Methods } from "./method.ts";
import { Refusal, refusalOf } from "./refusal.ts";

type Content = { readonly words: { readonly text: string; readonly blocks: readonly unknown[] }; readonly warning: Json };

/** Text and blocks, judged. @throws Refusal with Slack's word and the pointers of what is wrong. */
export function readContent(fields: Json): Content {
  const text = own(fields, "text") ?? own(fields, "markdown_text");
  const blocks = own(fields, "blocks");
  const problems = checkMessage({ text, blocks });
  const refusal = refusalOf(problems);
  if (refusal !== undefined) throw refusal;
  const warns = problems.some(({ code }) => code === "missing_text");
  const warning = warns ? { warning: "missing_text_in_chat_message" } : {};
  return { words: { text: typeof text === "string" ? text : "", blocks: Array.isArray(blocks) ? blocks : [] }, warning };
}

/** chat.postMessage takes an id, a channel's name, or a user's id, which means the direct conversation. */
function addressed(name: string, workspace: Workspace): Channel {
  const person = findPerson(name);
  if (person?.id === name && !person.isBot) return workspace.channels.openDirect(person.id);
  const named = workspace.channels.list().find((one) => one.kind !== "im" && one.name === name.replace(/^#/, ""));
  return knownChannel(named?.id ?? name, workspace);
}

function answer({ channel, ts }: Message, workspace: Workspace): Json {
  const entry = workspace.messages.find(channel, ts);
  return { channel, ts, message: entry === undefined ? {} : asSlackMessage(entry, team.id) };
}

function postMessage(args: Arguments, workspace: Workspace): Json {
  const channel = writableChannel(addressed(args.required("channel"), workspace), workspace, true);
  const content = readContent(args.all);
  const metadata = readMetadata(args.json("metadata"));
  const thread_ts = threadRoot(channel.id, args.text("thread_ts"), workspace);
  const broadcast = thread_ts !== undefined && args.flag("reply_broadcast");
  const message = workspace.messages.post({
    ...content.words,
    channel: channel.id,
    user: bot.userId,
    thread_ts,
    broadcast,
    metadata,
  });
  return { ...answer(message, workspace), ...content.warning };
}

function postEphemeral(args: Arguments, workspace: Workspace): Json {
  const channel = writableChannel(knownChannel(args.required("channel"), workspace), workspace, false);
  const user = args.required("user");
  if (!channel.members.includes(user)) throw new Refusal("user_not_in_channel");
  const content = readContent(args.all);
  const thread_ts = threadRoot(channel.id, args.text("thread_ts"), workspace);
  const message = workspace.messages.post({
    ...content.words,
    channel: channel.id,
    user: bot.userId,
    thread_ts,
    visible_to: user,
  });
  return { message_ts: message.ts, ...content.warning };
}

/** The bot's own message. A private one is out of reach for good: Slack does not know it by its ts. */
function ownMessage(args: Arguments, workspace: Workspace, refusal: string): Entry {
  const channel = writableChannel(knownChannel(args.required("channel"), workspace), workspace, true);
  const entry = workspace.messages.find(channel.id, args.required("ts"));
  if (entry === undefined || entry.message.visible_to !== undefined) throw new Refusal("message_not_found");
  if (entry.message.user !== bot.userId) throw new Refusal(refusal);
  return entry;
}

function update(args: Arguments, workspace: Workspace): Json {
  const entry = ownMessage(args, workspace, "cant_update_message");
  const { blocks: _, ...rest } = args.all;
  // Blocks that are not named stay; a text alone is judged alone.
  const named = args.json("blocks") !== undefined;
  const content = readContent(named ? args.all : rest);
  const metadata = readMetadata(args.json("metadata"));
  const change = { ...(named ? { blocks: content.words.blocks } : {}), ...(metadata === undefined ? {} : { metadata }) };
  const text = args.text("text");
  const message = workspace.messages.edit(entry, { ...change, ...(text === undefined ? {} : { text }) });
  return { ...answer(message, workspace), text: message.text, ...content.warning };
}

function remove(args: Arguments, workspace: Workspace): Json {
  const { message } = ownMessage(args, workspace, "cant_delete_message");
  workspace.messages.remove(message);
  return { channel: message.channel, ts: message.ts };
}

function getPermalink(args: Arguments, workspace: Workspace): Json {
  const channel = knownChannel(args.required("channel"), workspace);
  const entry = workspace.messages.find(channel.id, args.required("message_ts"));
  if (entry === undefined || entry.message.visible_to !== undefined) throw new Refusal("message_not_found");
  const { ts, thread_ts } = entry.message;
  const thread = thread_ts === undefined ? "" : `?thread_ts=${thread_ts}&cid=${channel.id}`;
  const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace(".", "")}${thread}`;
  return { channel: channel.id, permalink };
}

export const chatMethods: Methods = {
  "chat.postMessage": { scope: "chat:write", tier: "message", run: postMessage },
  "chat.postEphemeral": { scope: "chat:write", tier: "tier4", run: postEphemeral },
  "chat.update": { scope: "chat:write", tier: "tier3", run: update },
  "chat.delete": { scope: "chat:write", tier: "tier3", run: remove },
  "chat.getPermalink": { tier: "special", run: getPermalink },
};
