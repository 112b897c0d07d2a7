// The watch engine of a local run: its state beside everything else, its clock in this process.
import { createNotifier, createWatchingStores } from "../../test/support/watch/stand-ins.ts";
import type { Clock } from "../bot.ts";
import type { ItemStore } from "../commands/store.ts";
import { createObserver, createWaiting } from "../commands/watching/observer.ts";
import type { Log } from "../log.ts";
import type { MaxComputeClient } from "../maxcompute/index.ts";
import { lookAtOnce, type Place, type Ports, type PublicEvents, tick, watchHot } from "../watch/index.ts";
import { createTicker, type Ticker } from "./ticker.ts";

type Parts = {
  readonly store: ItemStore;
  maxcompute(project: string): MaxComputeClient;
  readonly clock: Clock;
  readonly log: Log;
};

/** There is no bus here: what others would hear is said in the log. */
const eventsInLog = (log: Log): PublicEvents => ({
  async put(events) {
    for (const { id, type } of events) log.debug("event", { id, type });
    return [];
  },
});

export type LocalWatching = { readonly ports: Ports; readonly ticker: Ticker };

export function createLocalWatching({ store, maxcompute, clock, log }: Parts): LocalWatching {
  const clientOf = ({ project }: Place) => maxcompute(project);
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const hot = (signal: AbortSignal) => ({
    ports,
    now: clock.now,
    waiting: createWaiting(clientOf, clock.now, { pause, signal }),
  });
  const ticker = createTicker(clock, log, () => ({
    tick: (deadline) => tick(ports, clock.now, deadline),
    watchHot: (deadline, signal) => watchHot(hot(signal), deadline),
    lookAtOnce: (deadline, signal, place) => lookAtOnce(hot(signal), deadline, place),
  }));
  const ports: Ports = {
    ...createWatchingStores(store, clock.now),
    notifier: createNotifier({ log }),
    events: eventsInLog(log),
    schedule: ticker.schedule,
    observer: createObserver(clientOf, clock.now),
  };
  return { ports, ticker };
}
