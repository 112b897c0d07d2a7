// The watch engine of a local run: its state beside everything else, its clock in this process.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import { createLastingRefs } from "../commands/lasting-refs.ts";
import type { ItemStore } from "../commands/store.ts";
import { connection, type WatchBook } from "../commands/watch-book.ts";
import { createObserver, createWaiting } from "../commands/watching/observer.ts";
import { createWatchingStores } from "../commands/watching/stores.ts";
import { createWatchBook } from "../commands/watching/watch-book.ts";
import type { Log } from "../log.ts";
import type { MaxComputeClient } from "../maxcompute/index.ts";
import type { ChannelRights } from "../slack/channel-right.ts";
import { createNotifier } from "../slack/notifier.ts";
import type { Pace } from "../slack/pace.ts";
import { lookAtOnce, type Place, type Ports, type PublicEvents, tick, watchHot } from "../watch/index.ts";
import { createTicker, type Ticker } from "./ticker.ts";

type Parts = {
  readonly store: ItemStore;
  maxcompute(project: string): MaxComputeClient;
  /** Neither waits nor repeats by itself. */
  readonly slack: WebClient;
  readonly pace: Pace;
  readonly rightOf: ChannelRights;
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

export type LocalWatching = { readonly book: WatchBook; readonly ticker: Ticker; readonly groups: Ports["groups"] };

export function createLocalWatching({ store, maxcompute, slack, pace, rightOf, clock, log }: Parts): LocalWatching {
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
  const stores = createWatchingStores(store, clock.now);
  const ports: Ports = {
    ...stores,
    notifier: createNotifier({ client: slack, clock, pace, rightOf, refs: createLastingRefs(store, clock.now), log }),
    events: eventsInLog(log),
    schedule: ticker.schedule,
    observer: createObserver(clientOf, clock.now),
  };
  const { schedule, lookNow } = ticker;
  const book = createWatchBook({ ...stores, schedule, lookNow, now: clock.now, connectionOf: () => connection });
  return { book, ticker, groups: stores.groups };
}
