// A tick dies before and after every call of every port, for every kind of announcement; then others go on. Nothing may be lost, and
// nothing told twice, unless it died with the notifier's answer: then the second is marked.
import { describe, expect, it } from "vitest";
import type { Kind } from "../../src/watch/announcement.ts";
import type { Options } from "../../src/watch/index.ts";
import { itemStores } from "../support/watch/item-ports.ts";
import { memoryStores } from "../support/watch/memory-ports.ts";
import { min, oneStage, type Run, t0 } from "../support/watch/runs.ts";
import { aWorldOn, type World } from "../support/watch/world.ts";

type Case = {
  readonly run: Run;
  readonly options?: Options;
  /** Minutes until the tick that tells of it. */
  readonly at: number;
  readonly prepare?: (world: World) => Promise<void>;
  readonly change?: (world: World) => void | Promise<void>;
};

const long: Run = {
  id: "i1",
  stages: [
    { name: "M1", workers: 100, minutes: 30 },
    { name: "R2", workers: 100, minutes: 60 },
  ],
};
const forbid = (world: World) => world.look(() => ({ kind: "forbidden", at: world.now(), reason: "NoPermission" }));

const cases: Readonly<
  Record<Exclude<Kind, "card"> | "unreachable" | "recovered" | "summary" | "finished:dm" | "summary, when it is due", Case>
> = {
  opened: { run: { id: "i1" }, at: 0 },
  queued: { run: { id: "i1", queuedMin: 20 }, at: 5 },
  started: { run: { id: "i1", queuedMin: 6 }, at: 7 },
  milestone: { run: long, at: 31 },
  stage: { run: long, at: 31 },
  retried: {
    run: long,
    at: 4,
    change: (world) =>
      world.look((seen) =>
        seen.kind === "seen" ? { ...seen, tasks: seen.tasks.map((task) => ({ ...task, histories: [task] })) } : seen,
      ),
  },
  late: { run: long, options: { by: t0 + min(60) }, at: 31 },
  deadline: { run: long, options: { by: t0 + min(10) }, at: 10 },
  stuck: { run: { id: "i1", stages: oneStage(60), stuckAtMin: 2 }, options: { stuckMs: min(5) }, at: 7 },
  slow: {
    run: { ...long, jobName: "etl" },
    options: { slow: "p90" },
    at: 6,
    prepare: async (world) => {
      for (let day = 1; day <= 6; day += 1) {
        await world.stores.ports.histories.add("T1/main/prod/etl", {
          instanceId: `old${day}`,
          outcome: "success",
          endedAt: t0 - min(1440 * day),
          durationMs: min(5),
        });
      }
    },
  },
  unstopped: {
    run: long,
    at: 5,
    change: async (world) => {
      await world.stop("i1");
      world.move(min(1));
    },
  },
  capped: {
    run: { id: "i1", stages: Array.from({ length: 30 }, (_, index) => ({ name: `M${index}`, workers: 10, minutes: 2 })) },
    at: 27,
  },
  finished: { run: { id: "i1", stages: oneStage(4), ends: "FAILED", jobName: "etl" }, at: 4 },
  "finished:dm": { run: { id: "i1", stages: oneStage(4) }, options: { dm: true }, at: 4 },
  missing: { run: { id: "i1", stages: oneStage(30), vanishesAtMin: 2 }, at: 4 },
  forbidden: { run: long, at: 3, change: forbid },
  permitted: {
    run: long,
    at: 12,
    change: (world) => world.look(undefined),
    prepare: async (world) => forbid(world),
  },
  "channel-gone": {
    run: long,
    at: 4,
    change: (world) => {
      world.faults.notifier = (key) => (key === "card" ? { kind: "refused", reason: "archived" } : undefined);
    },
  },
  unreachable: {
    run: { id: "i1", stages: oneStage(90) },
    at: 15,
    prepare: async (world) => {
      world.faults.answers = false;
    },
  },
  recovered: {
    run: { id: "i1", stages: oneStage(90) },
    at: 20,
    prepare: async (world) => {
      world.faults.answers = false;
    },
    change: (world) => {
      world.faults.answers = true;
    },
  },
  summary: {
    run: { id: "i1", stages: oneStage(4) },
    at: 4,
    prepare: async (world) =>
      world.stores.setQuiet({ team: "T1", channel: "C1" }, { from: 9 * 60, to: 10 * 60 + 10, zone: "UTC" }),
  },
  "summary, when it is due": {
    run: { id: "i1", stages: oneStage(4) },
    at: 10,
    prepare: async (world) =>
      world.stores.setQuiet({ team: "T1", channel: "C1" }, { from: 9 * 60, to: 10 * 60 + 10, zone: "UTC" }),
  },
};

type OpenWorld = () => World;
const worlds: Readonly<Record<string, OpenWorld>> = {
  "the stores are in memory": () => aWorldOn(memoryStores),
  "the stores are over SQLite, and it dies at any write to it": () => aWorldOn(itemStores),
};

async function until(open: OpenWorld, { run, options = {}, at, prepare, change }: Case): Promise<World> {
  const world = open();
  world.run(run);
  await prepare?.(world);
  await world.watch(run.id, options);
  await world.minutes(at);
  await change?.(world);
  return world;
}

const after = 8;
/** At least once each. */
const endsOf = (world: World) =>
  [...new Set(world.published.filter(({ type }) => type === "InstanceFinished").map(({ id }) => id))].sort();
const keysOf = (world: World) => [...new Set(world.posts.map(({ watch, key }) => `${watch} ${key}`))].sort();

describe.each(Object.entries(worlds))("a tick that dies at any call, where %s,", (_, open) => {
  it.each(Object.entries(cases))("loses no %s, and repeats it only marked", async (title, each) => {
    const [name = ""] = title.split(",");
    const whole = await until(open, each);
    const before = whole.posts.length;
    await whole.tick();
    const calls = whole.usualCalls();
    const toldNow = whole.posts.slice(before).map(({ key, line }) => `${key} ${line}`);
    const isHeld = title === "summary";
    expect(toldNow.some((each) => each.startsWith(name) || each.startsWith(`card:${name}`) || each.includes(` ${name}`))).toBe(
      !isHeld,
    );
    whole.move(min(1));
    await whole.minutes(after);
    const expected = keysOf(whole);
    const ends = endsOf(whole);
    let ambiguous = 0;
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const world = await until(open, each);
        const died = await world.dyingTick(call, moment);
        world.move(min(1));
        await world.minutes(after);
        // The answer was lost: it died with it, or before it wrote it down.
        const wasTelling = died?.endsWith("after notifier");
        const known = { call, moment, died };
        // What progress says depends on when it is looked at; a dead tick may have looked for nothing.
        expect({ ...known, lost: expected.filter((key) => !keysOf(world).includes(key) && !isByTheMinute(key)) }).toEqual({
          ...known,
          lost: [],
        });
        expect({ ...known, ends: endsOf(world) }).toEqual({ ...known, ends });
        const unmarked = world.posts.filter(({ isRepeat }) => !isRepeat).map(({ watch, key }) => `${watch} ${key}`);
        expect({ ...known, duplicated: unmarked.length - new Set(unmarked).size }).toEqual({ ...known, duplicated: 0 });
        const twice = world.posts.length - keysOf(world).length;
        expect({ ...known, twice: wasTelling === true ? 0 : twice }).toEqual({ ...known, twice: 0 });
        ambiguous += twice;
      }
    }
    expect(ambiguous).toBeLessThanOrEqual(calls);
  });
});

describe("a tick that dies while it puts something aside", () => {
  it("leaves nothing of it to a summary when it can be told by itself after all", async () => {
    const channel = { team: "T1", channel: "C1" };
    const whole = await until(() => aWorldOn(itemStores), cases.summary);
    await whole.tick();
    const calls = whole.usualCalls();
    expect((await whole.stores.ports.channels.due(channel, Number.MAX_SAFE_INTEGER, 9)).length).toBe(1);
    const left: unknown[] = [];
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const world = await until(() => aWorldOn(itemStores), cases.summary);
        const died = await world.dyingTick(call, moment);
        await world.stores.setQuiet(channel, { from: 0, to: 1, zone: "UTC" });
        world.move(min(2));
        await world.minutes(after);
        const held = await world.stores.ports.channels.due(channel, Number.MAX_SAFE_INTEGER, 9);
        if (held.length > 0) left.push({ call, moment, died, held: held.length });
      }
    }
    expect(left).toEqual([]);
  });
});

describe("a tick that dies telling something, before hours in which it would be put aside", () => {
  it("leaves nothing to the summary after them that does not say that it may have been told", async () => {
    const channel = { team: "T1", channel: "C1" };
    const ended: Case = { run: { id: "i1", stages: oneStage(4) }, at: 4 };
    const whole = await until(() => aWorldOn(itemStores), ended);
    await whole.tick();
    const calls = whole.usualCalls();
    let repeated = 0;
    for (let call = 1; call <= calls; call += 1) {
      const world = await until(() => aWorldOn(itemStores), ended);
      const died = await world.dyingTick(call, "after");
      await world.stores.setQuiet(channel, { from: 9 * 60, to: 10 * 60 + 20, zone: "UTC" });
      world.move(min(2));
      await world.minutes(30);
      const tellings = world.posts.filter(({ key, line }) => key === "finished" || line.startsWith("summary"));
      const unmarked = tellings.filter(({ isRepeat }) => !isRepeat).length;
      repeated += tellings.length - unmarked;
      expect({ call, died, isTold: tellings.length > 0, isOnce: unmarked <= 1 }).toEqual({
        call,
        died,
        isTold: true,
        isOnce: true,
      });
    }
    expect(repeated).toBeGreaterThan(0);
  });
});

/** Keys that name the moment at which it was seen. */
const isByTheMinute = (key: string): boolean => / (stage|forbidden|permitted|unreachable|recovered|milestone|retried):/.test(key);
