import { randomUUID } from "node:crypto";
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
  /** Items in memory at once, where many are read. */
  readonly pageSize?: number;
  /** Must never give the same text twice, in any process. */
  readonly newId?: () => string;
};

/** Everything the watch engine and the watch book keep, in one item store. */
export function createWatchingStores(store: ItemStore, now: () => number, options: WatchingOptions = {}) {
  const keeping = { store, now, pageSize: options.pageSize ?? 250 };
  return {
    groups: createScanGroups(keeping, options.newId ?? randomUUID),
    watches: createWatches(keeping),
    instances: createInstances(keeping),
    subscriptions: createSubscriptions(keeping),
    discoveries: createDiscoveries(keeping),
    histories: createHistories(keeping),
    channels: createChannels(keeping),
    outages: createOutages(keeping),
    budget: createEditBudget(keeping, options.editsPerMinute ?? editsPerMinute),
    channelWatches: createChannelWatches(keeping),
    channelProject: createChannelProject(keeping),
  };
}

export type WatchingStores = ReturnType<typeof createWatchingStores>;
