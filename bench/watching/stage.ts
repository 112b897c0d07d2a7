// Puts a run together: the servers, a store that is filled anew for each round, and a process for each thing that is measured.
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { ItemStore } from "../../src/commands/store.ts";
import type { ShardRequest } from "../../src/watch/index.ts";
import { inLanes } from "../../src/watch/lanes.ts";
import { splitPoints } from "../../src/watch/parts.ts";
import { startDynalite } from "../faults/dynalite.ts";
import { buildChild } from "./build-child.ts";
import { dropStore, fillGroup, fillTable, fillWatches, watchesOf } from "./fill.ts";
import { openStore } from "./open-store.ts";
import type { Begin, Counts, Done, Handed, Job, Places, Size, StorePlace } from "./places.ts";

export type Round = {
  readonly store: StorePlace["kind"];
  /** Slack's limits, and the bot's own, are on. */
  readonly isPaced: boolean;
  /** Whether a minute's share of the looks is due that nobody is spared for more than ten minutes. */
  readonly hasTurns: boolean;
};

export type Measured = Counts &
  Pick<Done, "reads" | "writes" | "published" | "cpuMs"> & {
    /** From the tick's beginning to the end of the last part. */
    readonly ms: number;
    /** Of the largest process. */
    readonly peakMb: number;
    readonly processes: number;
  };

const minute = 60_000;
/** Each part has a processor of its own where it is deployed; more at once than there are here would only be in each other's way. */
const atOnce = availableParallelism();

/** What Node chooses by itself where there are 512 MB, as the functions have; on a larger machine it would let more garbage lie. */
const heap = ["--max-semi-space-size=1", "--max-old-space-size=256"];

const start = (file: string, ...args: readonly string[]): ChildProcess =>
  fork(file, args, { execArgv: ["--disable-warning=ExperimentalWarning", ...(file.endsWith(".mjs") ? heap : [])] });

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  const [answer] = await Promise.race([
    once(child, "message", { signal }),
    once(child, "exit", { signal }).then(([code]) => Promise.reject(new Error(`a process ended with ${code}`))),
  ]);
  answered.abort();
  return answer as T;
}

async function ask<T>(child: ChildProcess, question: object): Promise<T> {
  child.send(question);
  return answerOf<T>(child);
}

export type Stage = {
  /** One tick, and all parts that it hands out, each in a process of its own. */
  tick(round: Round): Promise<Measured>;
  /** The plain loop over all instances, once, so many at a time. */
  loop(atOnce: number): Promise<Loop>;
  /** The plain loop, one instance after the other, several times side by side: it waits nearly all of its time. */
  loops(count: number): Promise<readonly Loop[]>;
  close(): Promise<void>;
};

type Loop = Pick<Measured, "ms" | "calls" | "peakMb">;

export async function openStage(size: Size): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "odps-watching-"));
  const servers = start(join(import.meta.dirname, "servers.ts"));
  const places = await answerOf<Places>(servers);
  const dynalite = await startDynalite();
  const file = await buildChild(folder);
  const ids = await ask<readonly string[]>(servers, { start: size });
  const watches = await watchesOf(places, ids, size);
  const parts = splitPoints(ids).length + 1;
  const counts = (): Promise<Counts> => ask<Counts>(servers, { counts: true });
  let filled = 0;

  const ready = async (job: Job): Promise<ChildProcess> => {
    const child = start(file, JSON.stringify({ places, job }));
    await answerOf<"ready">(child);
    return child;
  };

  const filledStore = async (kind: StorePlace["kind"]): Promise<StorePlace> => {
    filled += 1;
    const store: StorePlace =
      kind === "sqlite"
        ? { kind, file: join(folder, `${filled}.db`) }
        : { kind, url: dynalite.url, table: `watching-${filled}`, sealKey: randomBytes(32).toString("base64") };
    if (store.kind === "dynamo") await fillTable(store, watches);
    else await withStore(store, (opened) => fillWatches(opened, watches));
    return store;
  };

  const loopOnce = async (atOnce: number) => {
    const child = await ready({ kind: "loop", atOnce });
    const { ms, peakMb } = await ask<Done>(child, { ids } satisfies Begin);
    return { ms, peakMb };
  };

  return {
    async tick({ store: kind, isPaced, hasTurns }) {
      const store = await filledStore(kind);
      // A local run works on all parts by itself.
      const hands = kind === "dynamo" && parts > 1;
      const ticking = await ready({ kind: "tick", store, hands, isPaced });
      const idle = await Promise.all(Array.from({ length: hands ? parts : 0 }, () => ready({ kind: "shard", store, isPaced })));
      await withStore(store, (opened) => fillGroup(opened, places.project, ids, Date.now() + (hasTurns ? -minute : minute)));
      await ask(servers, { isLimited: isPaced });
      await counts();
      const from = performance.now();
      const handed: ShardRequest[] = [];
      const ticked = new Promise<Done>((resolve, reject) => {
        ticking.on("exit", (code) => reject(new Error(`the tick ended with ${code}`)));
        ticking.on("message", (said: Done | Handed) => {
          if ("handed" in said) handed.push(said.handed);
          else resolve(said);
        });
      });
      ticking.send({} satisfies Begin);
      const first = await ticked;
      const others: Done[] = [];
      await inLanes(handed, async (shard) => void others.push(await workOn(idle.pop(), shard)), atOnce);
      const ms = performance.now() - from;
      for (const child of idle) child.kill();
      await dropStore(store);
      return { ...(await counts()), ms, ...together([first, ...others]) };
    },
    async loop(atOnce) {
      await counts();
      const done = await loopOnce(atOnce);
      return { ...done, calls: (await counts()).calls };
    },
    async loops(count) {
      await counts();
      const done = await Promise.all(Array.from({ length: count }, () => loopOnce(1)));
      const { calls } = await counts();
      return done.map((each) => ({ ...each, calls: calls / count }));
    },
    async close() {
      servers.kill();
      await dynalite.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function together(done: readonly Done[]): Omit<Measured, "ms" | keyof Counts> {
  const sum = (of: (one: Done) => number): number => done.reduce((total, one) => total + of(one), 0);
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs),
    peakMb: Math.max(...done.map(({ peakMb }) => peakMb)),
    reads: sum(({ reads }) => reads),
    writes: sum(({ writes }) => writes),
    published: sum(({ published }) => published),
    processes: done.length,
  };
}

async function withStore(place: StorePlace, work: (store: ItemStore) => Promise<void>): Promise<void> {
  const opened = await openStore(place);
  await work(opened.store);
  opened.close();
}

const workOn = (child: ChildProcess | undefined, shard: ShardRequest): Promise<Done> => {
  if (child === undefined) throw new Error("more parts were handed out than there are processes");
  return ask<Done>(child, { shard } satisfies Begin);
};
