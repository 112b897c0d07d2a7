import type { ItemStore } from "../store.ts";
import { createChannelProject } from "./channel-project.ts";
import { createChannelWatches } from "./channel-watches.ts";
import { createChannels } from "./channels.ts";
import { createDiscoveries } from "./discoveries.ts";
import { createEditBudget, editsPerMinute } from "./edit-budget.ts";
import { createHistories } from "./histories.ts";
import { createInstances } from "./instances.ts";
import { createOutages } from "./outages.ts";
import { createScanGroups } from "./scan-groups.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { createWatches } from "./watches.ts";

export type WatchingOptions = {
  /** Edits of cards in a workspace; Infinity for no limit. */
  readonly editsPerMinute?: number;
};

/** Everything the watch engine and the watch book keep, in one item store. */
export const createWatchingStores = (store: ItemStore, now: () => number, options: WatchingOptions = {}) => ({
  groups: createScanGroups(store, now),
  watches: createWatches(store, now),
  instances: createInstances(store, now),
  subscriptions: createSubscriptions(store, now),
  discoveries: createDiscoveries(store, now),
  histories: createHistories(store, now),
  channels: createChannels(store, now),
  outages: createOutages(store, now),
  budget: createEditBudget(store, now, options.editsPerMinute ?? editsPerMinute),
  channelWatches: createChannelWatches(store, now),
  channelProject: createChannelProject(store, now),
});

export type WatchingStores = ReturnType<typeof createWatchingStores>;
