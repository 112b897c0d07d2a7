// In the place of the engine's stores and its notifier until they are there: both as they will be called.
import type { ItemStore } from "../../../src/commands/store.ts";
import type { Log } from "../../../src/log.ts";
import type { Budget, Notifier } from "../../../src/watch/index.ts";
import { memoryStores } from "./memory-ports.ts";

/** Forgets everything with the process. */
export function createWatchingStores(_store: ItemStore, _now: () => number) {
  const { schedule: _, ...stores } = memoryStores().ports;
  const budget: Budget = { takeEdit: async () => true };
  return { ...stores, budget };
}

/** Says in the log what a person would hear. */
export const createNotifier = ({ log }: { readonly log: Log }): Notifier => ({
  async announce({ id }, { kind, key }) {
    log.info("watch.told", { id, kind, key });
    return { kind: "told", ts: key };
  },
  async notify({ channel }, { kind }) {
    log.info("channel.told", { channel, kind });
    return { kind: "told" };
  },
});
