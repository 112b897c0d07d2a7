// conversations.*: where the bot is and may be. History needs scopes that are not granted by default.
import type { Channel } from "../api.ts";
import type { Json } from "../judge/json.ts";
import { asSlackMessage } from "../messages.ts";
import type { Workspace } from "../workspace.ts";
import { bot, findPerson, team } from "../world.ts";
import type { Arguments } from "./arguments.ts";
import { knownChannel } from "./conversation.ts";
import type { Method, Methods } from "./method.ts";
import { Refusal } from "./refusal.ts";

const families = { public: "channels", private: "groups", im: "im" } as const;

/** The scope a method needs depends on what kind of conversation is asked about. */
const scopeFor =
  (verb: string): NonNullable<Method["scope"]> =>
  (args, { channels }) =>
    `${families[channels.byId(args.text("channel") ?? "")?.kind ?? "public"]}:${verb}`;

function asSlackChannel({ id, name, kind, members, archived }: Channel): Json {
  const common = { id, is_archived: archived === true, is_im: kind === "im" };
  if (kind === "im") return { ...common, user: members.find((member) => member !== bot.userId) };
  const membership = { is_member: members.includes(bot.userId), num_members: members.length };
  return { ...common, name, is_channel: kind === "public", is_private: kind === "private", ...membership };
}

function open(args: Arguments, { channels }: Workspace): Json {
  const users = args.required("users").split(",");
  const person = findPerson(users[0] ?? "");
  if (users.length !== 1) throw new Refusal("not_enough_users");
  if (person === undefined || person.id !== users[0] || person.isBot) throw new Refusal("user_not_found");
  const known = channels.list().some((channel) => channel.kind === "im" && channel.members.includes(person.id));
  const channel = channels.openDirect(person.id);
  return { ...(known ? { no_op: true, already_open: true } : {}), channel: { id: channel.id } };
}

function join(args: Arguments, workspace: Workspace): Json {
  const channel = knownChannel(args.required("channel"), workspace);
  if (channel.kind !== "public") throw new Refusal("method_not_supported_for_channel_type");
  if (channel.archived === true) throw new Refusal("is_archived");
  const joined = { ...channel, members: [...new Set([...channel.members, bot.userId])] };
  workspace.channels.save(joined);
  return { channel: asSlackChannel(joined) };
}

function history(args: Arguments, workspace: Workspace, inThread?: string): Json {
  const channel = knownChannel(args.required("channel"), workspace);
  if (!channel.members.includes(bot.userId)) throw new Refusal("not_in_channel");
  const limit = Math.min(Math.max(args.number("limit") ?? 100, 1), 999);
  const visible = workspace.messages.list(channel.id).filter(({ message }) => message.visible_to === undefined);
  const wanted = visible.filter(({ message: { ts, thread_ts, broadcast } }) =>
    inThread === undefined ? thread_ts === undefined || broadcast === true : ts === inThread || thread_ts === inThread,
  );
  const page = inThread === undefined ? wanted.toReversed().slice(0, limit) : wanted.slice(0, limit);
  return { messages: page.map((entry) => asSlackMessage(entry, team.id)), has_more: wanted.length > limit };
}

export const conversationMethods: Methods = {
  "conversations.open": { scope: "im:write", tier: "tier3", run: open },
  "conversations.info": {
    scope: scopeFor("read"),
    tier: "tier3",
    run: (args, workspace) => ({ channel: asSlackChannel(knownChannel(args.required("channel"), workspace)) }),
  },
  "conversations.join": { scope: "channels:join", tier: "tier3", run: join },
  "conversations.history": { scope: scopeFor("history"), tier: "tier3", run: (args, workspace) => history(args, workspace) },
  "conversations.replies": {
    scope: scopeFor("history"),
    tier: "tier3",
    run: (args, workspace) => history(args, workspace, args.required("ts")),
  },
};
