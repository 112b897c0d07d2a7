// The engine's stores as they are deployed, over SQLite in memory: what dies here dies between two accesses to the store.
import type { ItemStore } from "../../../src/commands/store.ts";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import type { Channel, ChannelState, Stop } from "../../../src/watch/index.ts";

export function itemStores(now: () => number, mortal: (store: ItemStore) => ItemStore, pageSize = 2) {
  const kept = createWatchingStores(mortal(openSqliteStore(":memory:", now)), now, { pageSize });
  let isScheduled = false;
  return {
    ports: {
      ...kept,
      schedule: {
        async enable() {
          isScheduled = true;
        },
        async disable() {
          isScheduled = false;
        },
      },
    },
    /** With what the engine does not know of. */
    kept,
    diesBelow: true,
    setQuiet: (channel: Channel, quiet: NonNullable<ChannelState["quiet"]>) =>
      kept.channels.revise(channel, (state) => ({ ...state, quiet })),
    stopping: (watchId: string, stop: Stop) => kept.watches.revise(watchId, ({ watch }) => ({ ...watch, stop })),
    isScheduled: () => isScheduled,
  };
}
