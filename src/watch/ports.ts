// What the engine needs of the world. Every conditional write says whether it took place: an implementation whose answer was lost reads
// consistently and says what is true. Times are epoch milliseconds.
import type { Announcement } from "./announcement.ts";
import type { Channel, ChannelState, Held, Summary } from "./channel.ts";
import type { OpenInstance } from "./discover.ts";
import type { PublicEvent } from "./events.ts";
import type { Farewell } from "./farewell.ts";
import type { History, Run } from "./history.ts";
import type { InstanceRecord } from "./instance-record.ts";
import type { Observer } from "./observer.ts";
import type { Notice, Outage } from "./outage.ts";
import type { WatchRow } from "./row.ts";
import type { ScanMemory } from "./scan.ts";
import type { ShardRequest } from "./shard.ts";
import type { Subscription } from "./subscription.ts";
import type { Place, Watch } from "./watch.ts";

/** A page; `next` is what to ask with for the one behind it, absent on the last. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string | undefined };

/** The right to work on a scan group, or a part of one, until `until`. The token grows with every lease of the group or its parts. */
export type Lease = { readonly groupId: string; readonly token: number; readonly until: number };

/** All watches and subscriptions of one project over one connection, or a part of those (parts.ts: its id says which). */
export type Group = Place & { readonly id: string; readonly memory: ScanMemory };

export type Released = {
  readonly nextScanAt?: number;
  readonly memory: ScanMemory;
  /** Instances with which new parts begin. */
  readonly splitAt?: readonly string[];
};

/** Ids are those of groups, and of the parts of a group that is split. */
export type ScanGroups = {
  /** Groups whose time has come, those first that wait longest. May be behind: `lease` decides. */
  due(now: number, after?: string): Promise<Page<string>>;
  /** Those whose time comes until `at`, with those that somebody works on at this moment. */
  soon(at: number, after?: string): Promise<Page<string>>;
  /** Undefined when another has it, or it is not due. */
  lease(groupId: string, now: number, until: number): Promise<{ readonly group: Group; readonly lease: Lease } | undefined>;
  /**
   * Ends the lease if it is still held. Without `nextScanAt` the group sleeps; but one woken since it was leased is due. Small neighbours
   * that nobody has become one part.
   */
  release(lease: Lease, next: Released): Promise<boolean>;
  /** The parts of a group in their order, or the whole one; none where there is no such group. */
  parts(groupId: string): Promise<readonly Group[]>;
  /**
   * Makes the group if there is none, and the part with the instance (or the first) due at `at` at the latest, also when it is leased now.
   * Until it was leased at `at` or later it does not sleep. Its id.
   */
  wake(place: Place & { readonly instanceId?: string | undefined }, at: number): Promise<string>;
  /** Whether any group is not asleep. Strongly consistent. */
  anyAwake(): Promise<boolean>;
};

export type Watches = {
  /** One that is there, or was closed a short time ago, is left as it is and given back. */
  addIfAbsent(watch: Watch): Promise<{ readonly added: boolean; readonly watch: Watch }>;
  /** Of a group, or of a part. Strongly consistent; in the order of their ids; made small by `rowOf`. */
  inGroup(groupId: string, after?: string): Promise<Page<WatchRow>>;
  get(id: string): Promise<Watch | undefined>;
  /** Writes if the stored version is `watch.version` and no later lease wrote; gives back what is stored now, its version one higher. */
  commit(watch: Watch, lease: Lease): Promise<Watch | undefined>;
  /** Under the same condition: the watch is over and leaves its group. For a time `addIfAbsent` still finds it. */
  close(watch: Watch, lease: Lease): Promise<boolean>;
  /** `commit` of a watch that may have been closed: it is in its group again. */
  reopen(watch: Watch, lease: Lease): Promise<Watch | undefined>;
};

export type Instances = {
  get(place: Place, instanceId: string): Promise<InstanceRecord | undefined>;
  /** Writes if the stored version is the record's (0: there is none), and says whether it did. */
  save(record: InstanceRecord): Promise<boolean>;
  /** Records of a group, or of a part, with events that are not published; some of them. */
  unpublished(groupId: string): Promise<readonly InstanceRecord[]>;
};

export type Subscriptions = {
  /** Also those that are closed. */
  ofGroup(groupId: string): Promise<readonly Subscription[]>;
  /** Closes all that a channel is subscribed to, of whatever project; one that is closed stays as it is. */
  close(channel: Channel, reason: string, at: number): Promise<void>;
  /** Of a closed one: writes `next` (undefined: it is forgotten) if it still stands as it was read, and says whether it did. */
  keep(read: Subscription, next: Subscription | undefined): Promise<boolean>;
};

/** What the discovery of a project has to keep. */
export type Discoveries = {
  /** Up to where instances are known; undefined before the first run. */
  cursor(groupId: string): Promise<number | undefined>;
  moveCursor(lease: Lease, cursor: number): Promise<void>;
  /** Of a group, or of a part. */
  open(groupId: string, after?: string): Promise<Page<OpenInstance>>;
  /** Adds or replaces, each by its id. */
  upsert(lease: Lease, instances: readonly OpenInstance[]): Promise<void>;
  remove(lease: Lease, ids: readonly string[]): Promise<void>;
};

export type Histories = {
  get(job: string): Promise<History>;
  /** `withRun`, and the history as it is then. Adding a run twice is adding it once. */
  add(job: string, run: Run): Promise<History>;
};

export type Channels = {
  state(channel: Channel): Promise<ChannelState>;
  /** Writes if the stored version is the state's (0: there is none); gives back what is stored now. */
  save(state: ChannelState): Promise<ChannelState | undefined>;
  /** Puts aside for a summary; the same id is put aside once, also after it was dropped. */
  hold(held: Held): Promise<void>;
  /** What is to be told by itself after all; it may be put aside anew. What was dropped stays so. */
  takeBack(channel: Channel, id: string): Promise<void>;
  /** What is due, oldest first, `limit` at most. */
  due(channel: Channel, now: number, limit: number): Promise<readonly Held[]>;
  /** What a summary has told: nothing of it is put aside any more. */
  drop(channel: Channel, ids: readonly string[]): Promise<void>;
  /** Channels that have something due, or a summary that was begun. */
  waiting(now: number): Promise<readonly Channel[]>;
};

export type Outages = {
  get(id: string): Promise<Outage | undefined>;
  /** Writes if the stored version is the outage's (0: there is none); gives back what is stored now. */
  save(outage: Outage): Promise<Outage | undefined>;
  end(outage: Outage): Promise<boolean>;
};

/** What became of a post. Nobody may guess: "unknown" is for an answer that was lost. */
export type Told =
  /** `ts` names a post for later replies and edits. */
  | { readonly kind: "told"; readonly ts?: string | undefined }
  /** For good: the channel is gone or archived, or the bot is not in it. */
  | { readonly kind: "refused"; readonly reason: "channel-gone" | "archived" | "left" }
  /** Certainly not told: the platform asks to slow down. */
  | { readonly kind: "later"; readonly notBefore: number }
  | { readonly kind: "unknown" };

export type News = Notice | Summary | Farewell;

export type How = { readonly isPerhapsRepeated: boolean };

export type Notifier = {
  announce(watch: Watch, announcement: Announcement, how: How): Promise<Told>;
  /** To a channel, or to one person where that is their id, for no watch of its own. */
  notify(channel: Channel, news: News, how: How): Promise<Told>;
};

export type PublicEvents = {
  /** At most ten. The ids of those that were not taken: they are put again. */
  put(events: readonly PublicEvent[]): Promise<readonly string[]>;
};

export type Budget = {
  /** Whether a card may be edited now; a part is kept for the urgent. */
  takeEdit(team: string, isUrgent: boolean): Promise<boolean>;
};

/** Other processes that work on parts of a group. */
export type Shards = { hand(request: ShardRequest): Promise<void> };

/** The rule that calls `tick` every minute. The 15-minute heartbeat is not its affair. */
export type Schedule = { enable(): Promise<void>; disable(): Promise<void> };

export type Ports = {
  readonly groups: ScanGroups;
  readonly watches: Watches;
  readonly instances: Instances;
  readonly subscriptions: Subscriptions;
  readonly discoveries: Discoveries;
  readonly histories: Histories;
  readonly channels: Channels;
  readonly outages: Outages;
  readonly notifier: Notifier;
  readonly events: PublicEvents;
  readonly budget: Budget;
  readonly schedule: Schedule;
  /** Absent where a tick works on all parts by itself. */
  readonly shards?: Shards;
  /** Every call of it ends by `deadline`. */
  readonly observer: (place: Place, deadline: number) => Observer;
};
