import type { Channel, Message } from "./api.ts";
import type { Table } from "./table.ts";
import { bot, directChannelId, findPerson, people, seededChannels } from "./world.ts";

export type Channels = {
  list(): readonly Channel[];
  byId(id: string): Channel | undefined;
  /** "general", "#general", an id, or "@ann" for her conversation with the bot ("@odps" for the one of `asker`). */
  find(nameOrId: string, asker?: string): Channel | undefined;
  /** The bot's conversation with this person, opened when it is not. */
  openDirect(userId: string): Channel;
  save(channel: Channel): void;
};

export function createChannels(
  table: Table<Channel>,
  changed: (channel: string) => void,
  more: readonly Channel[] = [],
): Channels {
  for (const channel of [...seededChannels, ...more]) if (table.get(channel.id) === undefined) table.put(channel.id, channel);
  const save = (channel: Channel): void => {
    table.put(channel.id, channel);
    changed(channel.id);
  };
  const openDirect = (userId: string): Channel => {
    const id = directChannelId(userId);
    const known = table.get(id);
    if (known !== undefined) return known;
    const name = `@${findPerson(userId)?.name ?? userId}`;
    const opened: Channel = { id, name, kind: "im", members: [userId, bot.userId] };
    save(opened);
    return opened;
  };
  const ofPerson = (name: string, asker: string | undefined): Channel | undefined => {
    const found = findPerson(name);
    const userId = found?.isBot === true ? asker : found?.id;
    return userId === undefined ? undefined : openDirect(userId);
  };
  return {
    list: table.list,
    byId: table.get,
    find(nameOrId, asker) {
      if (nameOrId.startsWith("@")) return ofPerson(nameOrId, asker);
      const name = nameOrId.replace(/^#/, "");
      const known = table.get(nameOrId) ?? table.list().find((channel) => channel.kind !== "im" && channel.name === name);
      return known ?? people.filter(({ id }) => directChannelId(id) === nameOrId).map(({ id }) => openDirect(id))[0];
    },
    openDirect,
    save,
  };
}

/** What a person sees of a channel: nothing of a private one without membership, of private messages only their own. */
export function sees(userId: string, channel: Channel, message: Message): boolean {
  if (channel.kind !== "public" && !channel.members.includes(userId)) return false;
  return message.visible_to === undefined || message.visible_to === userId;
}
