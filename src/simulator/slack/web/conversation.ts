import type { Channel } from "../api.ts";
import type { Workspace } from "../workspace.ts";
import { bot } from "../world.ts";
import { Refusal } from "./refusal.ts";

/** The channel as the bot may know it: a private one it is not in does not exist for it. By id only. */
export function knownChannel(id: string, { channels }: Workspace): Channel {
  const channel = channels.byId(id);
  if (channel === undefined) throw new Refusal("channel_not_found");
  if (channel.kind !== "public" && !channel.members.includes(bot.userId)) throw new Refusal("channel_not_found");
  return channel;
}

/** The channel, when the bot may write there; `anyPublic` where chat:write.public opens public channels. */
export function writableChannel(channel: Channel, workspace: Workspace, anyPublic: boolean): Channel {
  if (channel.archived === true) throw new Refusal("is_archived");
  const invited = channel.members.includes(bot.userId) || (anyPublic && workspace.scopes.has("chat:write.public"));
  if (!invited) throw new Refusal("not_in_channel");
  return channel;
}

/** The root of the thread that `ts` belongs to; undefined when no thread was asked for. */
export function threadRoot(channel: string, ts: string | undefined, { messages }: Workspace): string | undefined {
  if (ts === undefined || ts === "") return undefined;
  if (!/^\d+\.\d{6}$/.test(ts)) throw new Refusal("invalid_thread_ts");
  const parent = messages.find(channel, ts)?.message;
  if (parent === undefined || parent.visible_to !== undefined) throw new Refusal("thread_not_found");
  return parent.thread_ts ?? parent.ts;
}
