// From the moment at which MaxCompute ends an instance to the one at which Slack has taken the word of it: young watches, several at
// once, through `hot` and `tick` as they are deployed, DynamoDB, MaxCompute and Slack each behind a wire.
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { aDynamoClient, makeTable } from "../test/support/dynalite.ts";
import type { Bench } from "./bench.ts";
import { startDynalite } from "./faults/dynalite.ts";
import { median, quantile } from "./median.ts";
import type { Begun, Order, Places, Told, Wish } from "./notify/orders.ts";
import { instances, mostAtOnce, type Planned, plan } from "./notify/plan.ts";

/** What the end of an instance may take, ms. */
const soonMs = 3_000;
/** EventBridge's own minute. */
const minuteMs = 60_000;
/** For those that were not told by `hot`: the next tick would tell them. */
const patienceMs = 20_000;

type World = Omit<Places, "dynamoUrl" | "table" | "sealKey"> & { readonly channels: readonly string[] };

const start = (file: string, ...args: readonly string[]): ChildProcess =>
  fork(join(import.meta.dirname, "notify", file), args, { execArgv: ["--disable-warning=ExperimentalWarning"] });

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, "exit", { signal }).then(([code]) => Promise.reject(new Error(`a process ended with ${code}`)));
  try {
    const [answer] = await Promise.race([once(child, "message", { signal }), ended]);
    return answer as T;
  } finally {
    ended.catch(() => undefined);
    over.abort();
  }
}

/** Starts every instance and its watch at its time, and calls by the minute; gives what MaxCompute did, when all of it is over. */
async function play(planned: readonly Planned[], channels: readonly string[], order: (order: Order) => void, wish: Ask) {
  const from = Date.now();
  const until = (ms: number) => sleep(Math.max(0, from + ms - Date.now()));
  order({ kind: "minute" });
  const minutes = setInterval(() => order({ kind: "minute" }), minuteMs);
  const begun: Begun[] = [];
  for (const { scenario, endsAtMs, watchedFromMs, channel } of planned) {
    await until(watchedFromMs);
    const one = await wish<Begun>({ kind: "start", life: { scenario, runsMs: from + endsAtMs - Date.now() } });
    begun.push(one);
    order({ kind: "watch", instanceId: one.id, channel: channels[channel] ?? "", startedBy: "U0BOB0001" });
  }
  await until(Math.max(...planned.map(({ endsAtMs }) => endsAtMs)) + patienceMs);
  clearInterval(minutes);
  return begun;
}

type Ask = <T>(wish: Wish) => Promise<T>;

const ms = (value: number): string => `${value.toFixed(0)} ms`;

export const notify: Bench = {
  about: "the end of a watched instance, from MaxCompute to Slack",
  async run(say) {
    const dynalite = await startDynalite();
    const servers = start("servers.ts");
    try {
      const { channels, ...world } = await answerOf<World>(servers);
      const table = `notify-${randomUUID()}`;
      await makeTable(aDynamoClient(dynalite.url), table);
      const places: Places = { ...world, dynamoUrl: dynalite.url, table, sealKey: randomBytes(32).toString("base64") };
      const engine = start("engine.ts", JSON.stringify(places));
      try {
        await answerOf(engine);
        const wish: Ask = (asked) => {
          servers.send(asked);
          return answerOf(servers);
        };
        const planned = plan(channels.length);
        say(`${instances} instances, ${mostAtOnce(planned)} of them at once at most; about six minutes`);
        const begun = await play(planned, channels, (order) => engine.send(order), wish);
        const told = await wish<readonly Told[]>({ kind: "told" });
        return reportOf(begun, told);
      } finally {
        engine.kill();
      }
    } finally {
      servers.kill();
      await dynalite.close();
    }
  },
};

/** An end that was never told took for ever. */
function reportOf(begun: readonly Begun[], told: readonly Told[]) {
  const by = new Map(told.map((each) => [each.id, each]));
  const after = (at: number | undefined, endsAt: number): number => (at === undefined ? Number.POSITIVE_INFINITY : at - endsAt);
  const replies = begun.map(({ id, endsAt }) => after(by.get(id)?.replyAt, endsAt));
  const cards = begun.map(({ id, endsAt }) => after(by.get(id)?.cardAt, endsAt));
  const repeated = told.filter((each) => each.replies > 1).length;
  const row = (what: string, times: readonly number[]) => ({
    what,
    values: {
      told: `${times.filter(Number.isFinite).length} of ${instances}`,
      p50: ms(median(times)),
      p95: ms(quantile(times, 0.95)),
      most: ms(quantile(times, 1)),
    },
  });
  return {
    title: `The end of ${instances} young watches, from MaxCompute's end to Slack's acceptance`,
    rows: [row("reply", replies), row("card, as its edits last", cards)],
    bars: [
      { what: `p95 of the reply, of ${soonMs / 1000} s`, measured: quantile(replies, 0.95) / soonMs, limit: 1 },
      { what: "ends that were told more than once", measured: repeated, limit: 0 },
    ],
  };
}
