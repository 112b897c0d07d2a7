// The same engine over a file that several processes write at once; each write is announced. Bus and schedule are the parent's here, too.
import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { WebClient } from "@slack/web-api";
import { createLookQueue } from "../../../src/aws/look-queue.ts";
import { createPublicEvents } from "../../../src/aws/public-events.ts";
import { createEnabling, createSchedule } from "../../../src/aws/schedule.ts";
import { createLastingRefs } from "../../../src/commands/lasting-refs.ts";
import type { ItemStore } from "../../../src/commands/store.ts";
import { connection } from "../../../src/commands/watch-book.ts";
import { createObserver, createWaiting } from "../../../src/commands/watching/observer.ts";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { createWatchBook } from "../../../src/commands/watching/watch-book.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { createMaxComputeClient } from "../../../src/maxcompute/index.ts";
import { clientOptions } from "../../../src/slack/client-options.ts";
import { createNotifier } from "../../../src/slack/notifier.ts";
import { createPace } from "../../../src/slack/pace.ts";
import { itemName } from "../tick/item-name.ts";
import type { TickOrder } from "../tick/orders.ts";
import { announced } from "./announced.ts";
import { childLog as log, readPlaces } from "./ports.ts";
import { watchForOrders } from "./watcher.ts";

const places = readPlaces();
const aws = { region: "eu-central-1", credentials: { accessKeyId: "child", secretAccessKey: "child" } };
const events = new EventBridgeClient({ ...aws, endpoint: places.eventsUrl, maxAttempts: 3 });
const slack = new WebClient(places.botToken, { ...clientOptions, slackApiUrl: `${places.slackUrl}/api/` });
const rule = "minute";

watchForOrders((clock) => {
  const { now } = clock;
  const clientOf = ({ project }: { readonly project: string }) =>
    createMaxComputeClient({
      endpoint: `${places.maxComputeUrl}/api`,
      project,
      accessKey: { id: places.accessId, secret: places.accessKey },
      now,
    });
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const on = async <T>({ table }: TickOrder, work: (store: ItemStore) => Promise<T>): Promise<T> => {
    const file = openSqliteStore(table, now);
    try {
      return await work(announced(file, itemName));
    } finally {
      file.close();
    }
  };
  return {
    withEngine: (order, work) =>
      on(order, (store) =>
        work({
          ports: {
            ...createWatchingStores(store, now),
            notifier: createNotifier({
              client: slack,
              clock,
              pace: createPace(store, now, places.team),
              refs: createLastingRefs(store, now),
              log,
            }),
            events: createPublicEvents({ client: events, bus: "public", log }),
            schedule: createSchedule({ client: events, rule, store, now, isTrusted: order.kind !== "heartbeat" }),
            observer: createObserver(clientOf, now),
          },
          waiting: createWaiting(clientOf, now, { pause }),
          // Here nobody keeps two of the same minute apart but the leases.
          mayWork: async () => true,
        }),
      ),
    withBook: (order, work) =>
      on(order, (store) =>
        work(
          createWatchBook({
            ...createWatchingStores(store, now),
            schedule: {
              enable: createEnabling({ client: events, rule, store, now, isTrusted: true }),
              disable: async () => Promise.reject(new Error("a command switches nothing off")),
            },
            lookNow: createLookQueue({
              client: events,
              bus: "private",
              sealKey: async () => places.sealKey,
              now,
              newId: randomUUID,
              log,
            }),
            now,
            connectionOf: () => connection,
          }),
        ),
      ),
  };
});
