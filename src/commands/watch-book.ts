// What the commands need of the watches: the engine runs them, this starts, finds and ends them.
import type { Mute, QuietHours, Stop, Subscription, Watch } from "../watch/index.ts";

/** MaxCompute as the bot was set up for it: the one connection there is. */
export const connection = "default";

export type ChannelOf = { readonly team: string; readonly channel: string };
export type WatchPlace = ChannelOf & { readonly project: string; readonly instanceId: string };

export type { Mute } from "../watch/index.ts";

export type WatchBook = {
  /**
   * Starts a watch, or gives back the one there is in this channel. One that only a subscription started (`only`) gives way to it. The first look
   * is on its way when this resolves.
   */
  add(watch: Watch): Promise<{ readonly added: boolean; readonly watch: Watch }>;
  find(place: WatchPlace): Promise<Watch | undefined>;
  /** Every watch of an instance that people started, in all channels. */
  ofInstance(place: Omit<WatchPlace, "channel">): Promise<readonly Pick<Watch, "startedBy" | "thread">[]>;
  ofChannel(channel: ChannelOf): Promise<readonly Watch[]>;
  /** Ends a watch without a word; false when there was none. */
  end(watchId: string): Promise<boolean>;
  subscribe(subscription: Subscription): Promise<void>;
  subscriptionsOf(channel: ChannelOf): Promise<readonly Subscription[]>;
  /** False when there was none. */
  unsubscribe(subscription: Pick<Subscription, "id" | "team" | "connection" | "project">): Promise<boolean>;
  /** Quiet hours of a channel; undefined takes them away. */
  setQuiet(channel: ChannelOf, quiet: QuietHours | undefined): Promise<void>;
  mute(channel: ChannelOf, mute: Mute): Promise<void>;
  mutesOf(channel: ChannelOf): Promise<readonly Mute[]>;
  unmute(channel: ChannelOf, muteId: string): Promise<boolean>;
  /** Somebody takes care of a failure: the card says who. False when the watch is not there, or it did not fail. */
  acknowledge(place: WatchPlace, by: string, at: number): Promise<boolean>;
  /** Nothing but its end is told of the instance until then (epoch ms). False when it is not watched here. */
  snooze(place: WatchPlace, until: number): Promise<boolean>;
  /** Somebody stopped the instance: the card says so until it has ended, or the stop has done nothing. False when it is not watched here. */
  stopping(place: WatchPlace, stop: Stop): Promise<boolean>;
  /** The project of a channel, where one was chosen. */
  projectOf(channel: ChannelOf): Promise<string | undefined>;
  setProject(channel: ChannelOf, project: string | undefined, by: string): Promise<void>;
};
