// The engine as the deployed functions put it together, but for the bus, whose events are counted.
import { WebClient } from "@slack/web-api";
import { createLastingRefs } from "../../src/commands/lasting-refs.ts";
import { createObserver } from "../../src/commands/watching/observer.ts";
import { createWatchingStores } from "../../src/commands/watching/stores.ts";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { clientOptions } from "../../src/slack/client-options.ts";
import { createNotifier } from "../../src/slack/notifier.ts";
import { createPace, type Pace } from "../../src/slack/pace.ts";
import { type Ports, type ShardRequest, tick, workOnShard } from "../../src/watch/index.ts";
import { countingStore } from "./counting.ts";
import { openStore } from "./open-store.ts";
import { type Begin, type Done, type Handed, type Job, type Places, place } from "./places.ts";

const free: Pace = { heldFor: async () => 0, postAfter: async () => 0, hold: async () => undefined };
const clock = {
  now: Date.now,
  after(delayMs: number, task: () => void) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** As long as the functions' time-out leaves. */
const tickMs = 55_000;

/** As long as a PutEvents takes, ms. */
const putMs = 20;

async function hand(request: ShardRequest): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, putMs));
  process.send?.({ handed: request } satisfies Handed);
}

export async function engineFor(places: Places, job: Exclude<Job, { kind: "loop" }>) {
  const { endpoint, project, accessId, accessKey, slackUrl } = places;
  const { store, counted } = countingStore((await openStore(job.store)).store);
  const maxcompute = createMaxComputeClient({ endpoint, project, accessKey: { id: accessId, secret: accessKey } });
  let published = 0;
  const ports: Ports = {
    ...createWatchingStores(store, Date.now, job.isPaced ? {} : { editsPerMinute: Number.POSITIVE_INFINITY }),
    notifier: createNotifier({
      client: new WebClient("xoxb-bench", { ...clientOptions, slackApiUrl: `${slackUrl}/api/` }),
      clock,
      pace: job.isPaced ? createPace(store, Date.now, place.team) : free,
      refs: createLastingRefs(store, Date.now),
      log,
    }),
    events: {
      async put(events) {
        published += events.length;
        return [];
      },
    },
    schedule: { enable: async () => undefined, disable: async () => undefined },
    observer: createObserver(() => maxcompute, Date.now),
    ...(job.kind === "tick" && job.hands ? { shards: { hand } } : {}),
  };
  return async ({ shard }: Begin): Promise<Pick<Done, "reads" | "writes" | "published">> => {
    const until = Date.now() + tickMs;
    if (shard === undefined) await tick(ports, Date.now, until);
    else await workOnShard(ports, Date.now, until, shard);
    return { ...counted, published };
  };
}
