// Everything the simulated Slack remembers, opened once and handed to whatever acts on it.
import { type Clock, systemClock } from "../clock.ts";
import type { Channel, Modal, SharedFile, SlackOptions } from "./api.ts";
import { type Channels, createChannels } from "./channels.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createIds, type Ids } from "./ids.ts";
import { createMessages, type Messages } from "./messages.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import { createExchanges, type Exchanges, type ResponseUrl, type Trigger } from "./responses.ts";
import { memoryStore, type Store, sqliteStore } from "./store.ts";
import { openTable, type Table } from "./table.ts";
import { type Background, createBackground } from "./timers.ts";

/** A file between being announced and being shared. */
export type Upload = {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly length: number;
  readonly stage: "announced" | "uploaded" | "completed";
  readonly title?: string;
};

/** A message with files that Slack has accepted and not yet shown. */
export type Share = {
  readonly id: string;
  readonly dueAt: number;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly files: readonly SharedFile[];
};

/** An event that is not yet delivered: which attempt comes next, when, and why the last one failed. */
export type PendingEvent = {
  readonly id: string;
  readonly body: string;
  readonly attempt: number;
  readonly dueAt: number;
  readonly reason?: string;
};

/** A modal in its stack: `previous` is the one below. */
export type OpenView = Modal & { readonly root: string; readonly previous?: string };
export type HomeView = Modal;

export type Workspace = {
  readonly options: SlackOptions;
  readonly scopes: ReadonlySet<string>;
  readonly clock: Clock;
  readonly store: Store;
  readonly ids: Ids;
  readonly channels: Channels;
  readonly messages: Messages;
  readonly exchanges: Exchanges;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly background: Background;
  readonly views: Table<OpenView>;
  readonly homes: Table<HomeView>;
  readonly uploads: Table<Upload>;
  readonly shares: Table<Share>;
  readonly events: Table<PendingEvent>;
  /** Options an external select was last answered with, by person, message and element. */
  readonly suggestions: Map<string, readonly unknown[]>;
  readonly listeners: Set<(change: { channel?: string }) => void>;
  changed(channel?: string): void;
};

const grantedByDefault = ["commands", "chat:write", "app_mentions:read", "im:history", "im:write", "users:read", "files:write"];
const many = 10_000;

export function openWorkspace(options: SlackOptions): Workspace {
  const clock = options.clock ?? systemClock;
  const store = options.stateFile === undefined ? memoryStore() : sqliteStore(options.stateFile);
  const listeners: Workspace["listeners"] = new Set();
  const changed = (channel?: string): void => {
    for (const listener of [...listeners]) listener(channel === undefined ? {} : { channel });
  };
  const table = <T>(kind: string, most = many): Table<T> => openTable(store, kind, most, (row) => row as T);
  const ids = createIds(table<number>("counter"), clock, options.signingSecret);
  return {
    options,
    scopes: new Set(options.scopes ?? grantedByDefault),
    clock,
    store,
    ids,
    channels: createChannels(table<Channel>("channel"), changed, options.channels),
    messages: createMessages(store, ids, changed),
    exchanges: createExchanges(table<Trigger>("trigger"), table<ResponseUrl>("response_url"), ids, clock),
    faults: createFaults(),
    limits: createRateLimits(clock),
    background: createBackground(clock),
    views: table<OpenView>("view"),
    homes: table<HomeView>("home"),
    uploads: table<Upload>("upload"),
    shares: table<Share>("share"),
    events: table<PendingEvent>("event"),
    suggestions: new Map(),
    listeners,
    changed,
  };
}

/** Forgets what happened; people, channels and memberships stay. */
export function forget(workspace: Workspace): void {
  const { messages, channels, exchanges, faults, limits, views, homes, uploads, shares, events, suggestions, store } = workspace;
  for (const { id } of uploads.list()) store.removeBytes(id);
  messages.clear(channels.list().map(({ id }) => id));
  for (const part of [exchanges, faults, limits, views, homes, uploads, shares, events, suggestions]) part.clear();
  workspace.changed();
}
