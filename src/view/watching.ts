// What is watched, and what a channel is subscribed to.
import type { InstanceLink } from "./link.ts";

/** A watch that was started, or the one there was: then with its own options, whatever was asked for. */
export type WatchingView = {
  readonly kind: "watching";
  readonly link: InstanceLink;
  readonly isNew: boolean;
  /** Where the card is or will be, and the card itself once it is posted. */
  readonly channel: string;
  readonly cardTs?: string;
  /** The deadline. */
  readonly by?: number;
  /** In words: "stuck after 10 m". */
  readonly options: readonly string[];
};

/** What is watched in a channel, and what is silenced there. */
export type WatchesView = {
  readonly kind: "watches";
  readonly rows: readonly {
    readonly link: InstanceLink;
    /** The first word of its card. */
    readonly word: string;
    readonly percent?: number;
    readonly startedBy: string;
    readonly startedAt: number;
    readonly options: readonly string[];
  }[];
  readonly mutes: readonly { readonly id: string; readonly what: string; readonly until: number; readonly by: string }[];
};

/** What a channel is subscribed to. */
export type SubscriptionsView = {
  readonly kind: "subscriptions";
  readonly rows: readonly {
    readonly id: string;
    readonly project: string;
    readonly on: readonly string[];
    /** In words: "name etl_*". */
    readonly filters: readonly string[];
    readonly createdBy: string;
  }[];
  /** The channel's quiet hours, in words. */
  readonly quiet?: string;
};
