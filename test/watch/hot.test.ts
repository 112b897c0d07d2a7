import { describe, expect, it } from "vitest";
import { hotMs } from "../../src/watch/cadence.ts";
import { hotOf } from "../../src/watch/hot.ts";
import { groupIdOf, leaseMs, lookAtOnce, type Waiting, watchHot } from "../../src/watch/index.ts";
import type { WatchRow } from "../../src/watch/row.ts";
import { min, oneStage, t0 } from "../support/watch/runs.ts";
import { aWorld, place, type World } from "../support/watch/world.ts";

const aRow = (over: Partial<WatchRow> = {}): WatchRow => ({
  id: `${over.instanceId ?? "i1"}/C1`,
  instanceId: "i1",
  channel: "C1",
  state: "active",
  startedAt: t0,
  faceAt: t0,
  alone: false,
  hasOutbox: false,
  ...over,
});

describe("an instance that is worth waiting for", () => {
  it("is one whose watch is young, each once, the youngest first", () => {
    const rows = [
      aRow({ instanceId: "old", startedAt: t0 - hotMs }),
      aRow({ instanceId: "i1" }),
      aRow({ instanceId: "i1", id: "i1/C2", startedAt: t0 - 5 }),
      aRow({ instanceId: "i2", startedAt: t0 + 1 }),
    ];
    expect(hotOf(rows, t0)).toEqual([
      { instanceId: "i2", watchIds: ["i2/C1"], until: t0 + 1 + hotMs },
      { instanceId: "i1", watchIds: ["i1/C1", "i1/C2"], until: t0 + hotMs },
    ]);
  });

  it("is one that was stopped a moment ago, however old its watch", () => {
    const row = aRow({ startedAt: t0 - min(300), stop: { at: t0 - 1_000 } });
    const hot = { instanceId: "i1", watchIds: ["i1/C1"], until: t0 - 1_000 + hotMs };
    expect(hotOf([row], t0)).toEqual([{ ...hot, stopsBy: t0 - 1_000 + min(1) }]);
    expect(hotOf([row], t0 + min(1))).toEqual([hot]);
    expect(hotOf([row], t0 + hotMs)).toEqual([]);
  });

  it.each<[string, Partial<WatchRow>]>([
    ["has only something left to tell", { state: "done" }],
    ["does not show itself", { trouble: { kind: "missing", since: t0, sightings: 1 } }],
  ])("is not one whose watch %s", (_, over) => {
    expect(hotOf([aRow(over)], t0)).toEqual([]);
  });
});

/** A MaxCompute that holds its answers: time passes until the first of those that are waited for has ended. */
function waitingIn(world: World, ends: Readonly<Record<string, number>>) {
  const asked: { id: string; until: number }[] = [];
  const pauses: number[] = [];
  const waiting: Waiting = {
    async ended(_, id, until) {
      asked.push({ id, until });
      await Promise.resolve();
      const at = ends[id] ?? Number.POSITIVE_INFINITY;
      if (at > until) return false;
      world.move(Math.max(0, at - world.now()));
      return true;
    },
    async pause(ms) {
      pauses.push(ms);
      world.move(ms);
      await Promise.resolve();
    },
  };
  return { asked, pauses, given: { ports: world.ports, now: world.now, waiting } };
}

async function aYoungWatch(...ids: readonly string[]) {
  const world = aWorld();
  for (const id of ids) {
    world.run({ id, stages: oneStage(1) });
    await world.watch(id);
  }
  await world.tick();
  world.transcript();
  return world;
}

describe("the end of a young instance", () => {
  it("is told when it comes, not when it is its turn", async () => {
    const world = await aYoungWatch("i1");
    const { asked, given } = waitingIn(world, { i1: t0 + min(1) });
    await watchHot(given, t0 + 70_000);
    expect(asked).toEqual([{ id: "i1", until: t0 + 65_000 }]);
    expect(world.transcript()).toEqual(["10:01 card SUCCESS", "10:01 reply success"]);
    expect(world.published.map(({ type }) => type)).toContain("InstanceFinished");
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("is waited for also where the tick works on the group when the minute begins", async () => {
    const world = await aYoungWatch("i1");
    world.move(10_000);
    const groupId = groupIdOf(place);
    const { groups } = world.stores.ports;
    const tick = await groups.lease(groupId, world.now(), world.now() + leaseMs);
    expect((await groups.due(world.now())).items).toEqual([]);
    const { asked, given } = waitingIn(world, {});
    await watchHot(given, t0 + 70_000);
    expect([tick?.group.id, asked.map(({ id }) => id)]).toEqual([groupId, ["i1"]]);
  });

  it("is told of all that have ended by then with one lease", async () => {
    const world = await aYoungWatch("i1", "i2", "i3");
    const { given } = waitingIn(world, { i1: t0 + min(1), i2: t0 + min(1), i3: t0 + min(1) });
    let leases = 0;
    const groups = {
      ...given.ports.groups,
      async lease(...asked: Parameters<typeof given.ports.groups.lease>) {
        leases += 1;
        await Promise.resolve();
        return given.ports.groups.lease(...asked);
      },
    };
    await watchHot({ ...given, ports: { ...given.ports, groups } }, t0 + 70_000);
    expect([leases, world.transcript().filter((line) => line.includes("reply")).length]).toEqual([1, 3]);
  });

  it("is told of each, with one lease at a time", async () => {
    const world = await aYoungWatch("i1", "i2", "i3");
    const { given } = waitingIn(world, { i1: t0 + min(1), i2: t0 + min(1), i3: t0 + min(1) });
    await watchHot(given, t0 + 70_000);
    expect(world.transcript().filter((line) => line.includes("reply"))).toHaveLength(3);
  });

  it("waits for whoever works on the group, and is not told twice", async () => {
    const world = await aYoungWatch("i1");
    const groupId = groupIdOf(place);
    world.move(10_000);
    const other = await world.stores.ports.groups.lease(groupId, world.now(), world.now() + leaseMs);
    const { pauses, given } = waitingIn(world, { i1: t0 + min(1) });
    const { ports } = given;
    let tries = 0;
    const groups = {
      ...world.stores.ports.groups,
      async lease(...asked: Parameters<typeof ports.groups.lease>) {
        tries += 1;
        // The other is done, and sees no need to come back soon.
        if (tries === 3 && other !== undefined)
          await ports.groups.release(other.lease, { nextScanAt: t0 + min(9), memory: other.group.memory });
        return ports.groups.lease(...asked);
      },
    };
    await watchHot({ ...given, ports: { ...ports, groups } }, t0 + 70_000);
    expect(pauses).toHaveLength(2);
    expect(world.transcript().filter((line) => line.includes("reply"))).toHaveLength(1);
  });

  it("is looked at once, though two wait for it", async () => {
    const world = await aYoungWatch("i1");
    world.resetCalls();
    const { given } = waitingIn(world, { i1: t0 + min(1) });
    await Promise.all([watchHot(given, t0 + 70_000), watchHot(given, t0 + 70_000)]);
    expect(world.calls).toEqual(["look i1"]);
    expect(world.transcript().filter((line) => line.includes("reply"))).toHaveLength(1);
  });

  it("is told by the next who waits for it, where there was no time left after its card", async () => {
    const world = await aYoungWatch("i1");
    const { given } = waitingIn(world, { i1: t0 + min(1) });
    const until = t0 + 70_000;
    const slow = {
      ...given.ports.notifier,
      async announce(...asked: Parameters<typeof given.ports.notifier.announce>) {
        const told = await given.ports.notifier.announce(...asked);
        world.move(8_000);
        return told;
      },
    };
    const { given: next } = waitingIn(world, { i1: t0 + min(1) });
    await Promise.all([watchHot({ ...given, ports: { ...given.ports, notifier: slow } }, until), watchHot(next, until + min(1))]);
    expect(world.transcript()).toEqual(["10:01 card SUCCESS", "10:01 reply success"]);
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("is left to the scan where there is no time left", async () => {
    const world = await aYoungWatch("i1");
    const { given } = waitingIn(world, { i1: t0 + min(1) });
    await watchHot(given, t0 + 64_000);
    expect(world.transcript()).toEqual([]);
    world.move(min(1));
    await world.tick();
    expect(world.transcript()).toContain("10:01 reply success");
  });

  it("is waited for only for the fifty youngest", async () => {
    const world = aWorld();
    for (let index = 0; index < 60; index += 1) {
      world.run({ id: `i${index}` });
      await world.watch(`i${index}`);
      world.move(100);
    }
    const { asked, given } = waitingIn(world, {});
    await watchHot(given, t0 + 70_000);
    expect(asked).toHaveLength(50);
    expect(asked.map(({ id }) => id)).not.toContain("i9");
  });

  it("is not waited for where fifty others are younger, and then its card says that it is looked at by the minute", async () => {
    const world = aWorld();
    for (let index = 0; index < 52; index += 1) {
      world.run({ id: `i${index}`, stages: oneStage(index === 51 ? 0.3 : 60) });
      await world.watch(`i${index}`);
      world.move(100);
    }
    await world.tick();
    const every = (id: string) => world.stores.readWatch(`${groupIdOf(place)}/${id}/C1`)?.face?.every;
    expect([every("i0"), every("i1"), every("i2"), every("i51")]).toEqual([min(1), min(1), 10_000, 10_000]);
    for (let ticks = 0; ticks < 2; ticks += 1) {
      world.move(20_000);
      await world.tick();
    }
    // The youngest has ended, and there is room for one more.
    expect([every("i0"), every("i1")]).toEqual([min(1), 10_000]);
  });

  it("leaves the group's turn as it was: the scan comes soon and decides", async () => {
    const world = await aYoungWatch("i1");
    const before = world.stores.group(groupIdOf(place))?.group.memory;
    const { given } = waitingIn(world, { i1: t0 + min(1) });
    await watchHot(given, t0 + 70_000);
    const after = world.stores.group(groupIdOf(place));
    expect([after?.group.memory, after?.until, after?.nextScanAt]).toEqual([before, 0, t0 + min(1)]);
  });
});

describe("a new watch", () => {
  it("has its first look at once, and its end when it comes", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(1) });
    await world.watch("i1");
    const { given } = waitingIn(world, { i1: t0 + min(1) });
    await lookAtOnce(given, t0 + 70_000, place);
    expect(world.transcript()).toEqual(["10:00 card WAITING 0%", "10:01 card SUCCESS", "10:01 reply success"]);
  });

  it("is looked at and waited for by one alone, though its look is asked for twice", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(1) });
    await world.watch("i1");
    const { asked, given } = waitingIn(world, { i1: t0 + min(1) });
    await Promise.all([lookAtOnce(given, t0 + 70_000, place), lookAtOnce(given, t0 + 70_000, place)]);
    expect(asked).toHaveLength(1);
    expect(world.calls).toEqual(["look i1", "look i1"]); // the first, and the end
    expect(world.transcript().slice(1)).toEqual(["10:01 card SUCCESS", "10:01 reply success"]);
  });

  it("is looked at alone: the others have had theirs", async () => {
    const world = await aYoungWatch("i1", "i2");
    world.run({ id: "i3" });
    await world.watch("i3");
    world.resetCalls();
    const { asked, given } = waitingIn(world, {});
    await lookAtOnce(given, t0 + 70_000, place);
    expect(world.calls).toEqual(["look i3"]);
    expect(asked.map(({ id }) => id)).toEqual(["i3"]);
  });

  it("that is gone by then is not looked at, and nobody works on its group", async () => {
    const world = aWorld();
    const { asked, given } = waitingIn(world, {});
    await lookAtOnce(given, t0 + 70_000, place);
    expect([asked, world.calls, world.stores.group(groupIdOf(place))]).toEqual([[], [], undefined]);
  });
});

describe("a stop of an instance that has been watched for long", () => {
  const stopped = async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(600), stoppedAtMin: 121 });
    await world.watch("i1");
    await world.minutes(120);
    world.transcript();
    await world.stop("i1");
    return world;
  };

  it("is shown and waited for at once", async () => {
    const world = await stopped();
    const { asked, given } = waitingIn(world, { i1: t0 + min(121) });
    await lookAtOnce(given, world.now() + 70_000, place);
    expect(asked).toEqual([{ id: "i1", until: t0 + min(121) }]);
    expect(world.transcript()).toEqual([
      "12:00 card STOPPING 20% stopped by bob",
      "12:01 card CANCELLED stopped by bob",
      "12:01 reply cancelled",
    ]);
  });

  it("that does nothing is told a minute after it, and the instance is waited for further", async () => {
    const world = await stopped();
    world.run({ id: "i1", stages: oneStage(600) });
    const asked: number[] = [];
    const { given } = waitingIn(world, {});
    const ended: Waiting["ended"] = async (_, __, until) => {
      asked.push(until - t0 - min(120));
      world.move(Math.max(0, until - world.now()));
      return false;
    };
    await lookAtOnce({ ...given, waiting: { ...given.waiting, ended } }, world.now() + 80_000, place);
    expect(asked).toEqual([60_000, 75_000]);
    expect(world.transcript()).toEqual([
      "12:00 card STOPPING 20% stopped by bob",
      "12:01 card RUNNING 20% for all the stop by bob",
      "12:01 reply unstopped since 12:00 @bob",
    ]);
  });

  it("is shown by the next tick where nobody looked at once", async () => {
    const world = await stopped();
    await world.tick();
    expect(world.transcript()).toEqual(["12:00 card STOPPING 20% stopped by bob"]);
  });

  it("is shown when there is an edit left for it", async () => {
    const world = await stopped();
    world.faults.edits = 0;
    await world.tick();
    world.faults.edits = 10;
    world.move(10_000);
    await world.tick();
    expect(world.transcript()).toEqual(["12:00 card STOPPING 20% stopped by bob"]);
  });
});
