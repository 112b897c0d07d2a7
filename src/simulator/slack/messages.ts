import type { Block, Message, SharedFile } from "./api.ts";
import type { Ids } from "./ids.ts";
import { isObject, type Json, ownList, ownText } from "./judge/json.ts";
import type { Store } from "./store.ts";
import { openTable, type Table } from "./table.ts";
import { bot } from "./world.ts";

/** A message and what only Slack knows of it. */
export type Entry = { readonly message: Message; readonly metadata?: Json };

export type Draft = {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly files?: readonly SharedFile[];
  readonly thread_ts?: string | undefined;
  readonly visible_to?: string | undefined;
  readonly from_slack?: boolean;
  readonly broadcast?: boolean;
  readonly metadata?: Json | undefined;
};

export type Messages = {
  post(draft: Draft): Message;
  /** Keeps what is not named; the message counts as edited. */
  edit(entry: Entry, change: { readonly text?: string; readonly blocks?: readonly unknown[]; readonly metadata?: Json }): Message;
  remove(message: Message): void;
  find(channel: string, ts: string): Entry | undefined;
  list(channel: string): readonly Entry[];
  clear(channels: readonly string[]): void;
};

// Old chatter has no reader; a long-lived workbench must not grow for ever.
const mostPerChannel = 2000;

export function createMessages(store: Store, ids: Ids, changed: (channel: string) => void): Messages {
  const channels = new Map<string, Table<Entry>>();
  const open = (channel: string): Table<Entry> => {
    const known = channels.get(channel) ?? openTable(store, `message ${channel}`, mostPerChannel, (row) => row as Entry);
    channels.set(channel, known);
    return known;
  };
  const save = (entry: Entry): Message => {
    open(entry.message.channel).put(entry.message.ts, entry);
    changed(entry.message.channel);
    return entry.message;
  };
  return {
    post({ metadata, files = [], blocks = [], ...rest }) {
      const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== false));
      const message = { ...known, ...needed(rest), ts: ids.ts(), files, blocks: withIds(blocks, ids), edited: false };
      return save({ message, ...(metadata === undefined ? {} : { metadata }) });
    },
    edit({ message, metadata }, change) {
      const blocks = change.blocks === undefined ? message.blocks : withIds(change.blocks, ids);
      const kept = change.metadata ?? metadata;
      return save({
        message: { ...message, text: change.text ?? message.text, blocks, edited: true },
        ...(kept === undefined ? {} : { metadata: kept }),
      });
    },
    remove({ channel, ts }) {
      open(channel).remove(ts);
      changed(channel);
    },
    find: (channel, ts) => open(channel).get(ts),
    list: (channel) => open(channel).list(),
    clear(known) {
      for (const channel of known) open(channel).clear();
    },
  };
}

function needed({ channel, user, text }: Draft): { readonly channel: string; readonly user: string; readonly text: string } {
  return { channel, user, text };
}

/** Slack names every block and interactive element that came without a name. */
export function withIds(blocks: readonly unknown[], ids: Ids): readonly Block[] {
  return blocks.filter(isObject).map((block) => ({
    ...block,
    type: ownText(block, "type") ?? "",
    block_id: ownText(block, "block_id") ?? ids.next("b"),
    ...named(block, ids),
  }));
}

function named(block: Json, ids: Ids): Json {
  const element = (one: unknown): unknown =>
    isObject(one) && ownText(one, "action_id") === undefined ? { ...one, action_id: ids.next("a") } : one;
  if (ownText(block, "type") === "actions") return { elements: ownList(block, "elements").map(element) };
  if (isObject(block.accessory) && ownText(block.accessory, "type") !== "image") return { accessory: element(block.accessory) };
  if (ownText(block, "type") === "input") return { element: element(block.element) };
  const children = ownList(block, "child_blocks");
  return children.length > 0 ? { child_blocks: withIds(children, ids) } : {};
}

/** A message as Slack's own JSON has it, in answers and in payloads. */
export function asSlackMessage({ message, metadata }: Entry, teamId: string): Json {
  const { channel: _, visible_to: __, broadcast, from_slack: ___, edited, files, ...rest } = message;
  return {
    type: "message",
    ...(broadcast === true ? { subtype: "thread_broadcast" } : {}),
    ...rest,
    team: teamId,
    ...(files.length > 0 ? { files } : {}),
    ...(rest.user === bot.userId ? { bot_id: bot.id, app_id: bot.appId } : {}),
    ...(edited ? { edited: { user: rest.user, ts: message.ts } } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
