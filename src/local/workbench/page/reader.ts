import { createContext } from "preact";
import type { Channel, Person, Workspace } from "./shapes.ts";

/** Whose eyes the page shows everything through: names are looked up and times are written for them. */
export type Reader = {
  readonly me: Person;
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly bot: Workspace["bot"];
  /** Epoch milliseconds. */
  now(): number;
};

const nobody: Person = { id: "", name: "nobody", real_name: "Nobody", role: "stranger", tz: "UTC", is_bot: false };

export const ReaderContext = createContext<Reader>({
  me: nobody,
  people: [],
  channels: [],
  bot: { id: "", userId: "", name: "" },
  now: () => 0,
});

/** The name to show for a user id; the id itself when nobody has it. */
export function nameOf(reader: Reader, userId: string): string {
  if (userId === reader.bot.userId || userId === reader.bot.id) return reader.bot.name;
  return reader.people.find(({ id }) => id === userId)?.name ?? userId;
}

export const channelNameOf = (reader: Reader, channelId: string): string =>
  reader.channels.find(({ id }) => id === channelId)?.name ?? channelId;

/** "general", or in a list of direct messages the other one's name. */
export function channelTitle(reader: Reader, channel: Channel): string {
  if (channel.kind !== "im") return channel.name;
  const other = channel.members.find((id) => id !== reader.me.id) ?? reader.bot.userId;
  return nameOf(reader, other);
}
