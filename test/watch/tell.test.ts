import { describe, expect, it } from "vitest";
import { min, oneStage } from "../support/watch/runs.ts";
import { aWorld } from "../support/watch/world.ts";

const quick = { id: "i1", stages: oneStage(2) };

describe("telling", () => {
  it("a reply whose answer was lost is posted once more, marked, after the card says the end", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    await world.minutes(2);
    let lost = 1;
    world.faults.notifier = (key) => {
      if (key !== "finished" || lost === 0) return undefined;
      lost -= 1;
      return { kind: "unknown" };
    };
    world.transcript();
    await world.minutes(3);
    expect(world.transcript()).toEqual(["10:02 card SUCCESS", "10:02 reply success", "10:03 reply success (perhaps repeated)"]);
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("a reply whose second answer is lost too is not posted a third time", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    await world.minutes(2);
    world.faults.notifier = (key) => (key === "finished" ? { kind: "unknown" } : undefined);
    await world.minutes(6);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(2);
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("a doubtful reply waits while the card cannot be made to say it", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    await world.minutes(2);
    world.faults.notifier = (key) => (key === "finished" ? { kind: "unknown" } : undefined);
    await world.minutes(1);
    world.faults.notifier = (key) => (key === "card" ? { kind: "unknown" } : undefined);
    await world.minutes(2);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(1);
    delete world.faults.notifier;
    await world.minutes(1);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(2);
  });

  it("nothing is begun that may not end in time: what is left is told at the next tick, unmarked", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    await world.minutes(2);
    world.transcript();
    world.faults.notifier = (key) => {
      if (key === "card") world.move(49_000);
      return undefined;
    };
    await world.tick(50_000);
    expect(world.transcript()).toEqual(["10:02 card SUCCESS"]);
    delete world.faults.notifier;
    world.move(11_000);
    await world.tick();
    expect(world.transcript()).toEqual(["10:03 reply success"]);
  });

  it("what the platform puts off is told later, unmarked", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    await world.minutes(2);
    world.faults.notifier = (key) => (key === "finished" ? { kind: "later", notBefore: world.now() + 30_000 } : undefined);
    await world.minutes(2);
    delete world.faults.notifier;
    world.transcript();
    await world.minutes(1);
    expect(world.transcript()).toEqual(["10:04 reply success"]);
  });

  it.each(["channel-gone", "archived", "left"] as const)(
    "a channel that is %s closes the watch, and its owner hears of it",
    async (reason) => {
      const world = aWorld();
      world.run({ id: "i1", stages: oneStage(30) });
      await world.watch("i1");
      await world.minutes(1);
      world.faults.notifier = (key) => (key === "channel-gone" ? undefined : { kind: "refused", reason });
      world.transcript();
      await world.minutes(3);
      expect(world.transcript()).toEqual(["10:01 dm channel-gone"]);
      expect(world.stores.watchIds()).toEqual([]);
    },
  );

  it("a card without an edit left in the budget waits, and its end is not lost", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(6) });
    await world.watch("i1");
    await world.minutes(1);
    world.faults.edits = 0;
    world.stores.writes.length = 0;
    await world.minutes(2);
    expect(world.stores.writes.filter((write) => write.startsWith("watch"))).toHaveLength(1);
    await world.minutes(5);
    expect([...world.cards.values()]).toEqual(["WAITING 0%"]);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
    world.faults.edits = 5;
    await world.minutes(1);
    expect([...world.cards.values()]).toEqual(["SUCCESS"]);
  });
});

describe("telling, where others meddle,", () => {
  it("a person who takes no direct messages closes no channel", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1", { dm: true });
    world.faults.notifier = (key) => (key === "finished:dm" ? { kind: "refused", reason: "left" } : undefined);
    await world.minutes(5);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("nothing is told of a watch that another has changed in between", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    const { commit } = world.stores.ports.watches;
    world.stores.ports.watches.commit = async () => undefined;
    await world.tick();
    expect(world.posts).toEqual([]);
    world.stores.ports.watches.commit = commit;
    world.move(min(1));
    await world.tick();
    expect(world.posts.map(({ key, isRepeat }) => [key, isRepeat])).toEqual([["card:opened", false]]);
  });

  it("what was put off is marked before it is told: whoever dies of that leaves no doubt unmarked", async () => {
    for (let call = 1; ; call += 1) {
      const world = aWorld();
      world.run(quick);
      await world.watch("i1");
      world.faults.notifier = (key) => (key === "finished" ? { kind: "later", notBefore: world.now() } : undefined);
      await world.minutes(3);
      delete world.faults.notifier;
      expect(world.transcript()).toContain("10:02 card SUCCESS");
      world.move(min(1));
      const died = await world.dyingTick(call, "after");
      if (!world.transcript().some((line) => line.endsWith("reply success"))) {
        expect(died).toBeDefined();
        continue;
      }
      expect(died).toBe("after notifier");
      world.move(min(1));
      await world.minutes(3);
      return expect(world.transcript()).toEqual(["10:06 reply success (perhaps repeated)"]);
    }
  });

  it("no reply comes before the card it belongs to", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    world.faults.notifier = (key) => (key === "card:opened" ? { kind: "unknown" } : undefined);
    await world.minutes(1);
    world.run({ ...quick, ends: "FAILED" });
    world.faults.notifier = (key) => (key === "card:opened" ? { kind: "later", notBefore: world.now() } : undefined);
    await world.minutes(3);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    delete world.faults.notifier;
    await world.minutes(2);
    expect(world.posts.map(({ key, isRepeat }) => [key, isRepeat])).toEqual([
      ["card:opened", false],
      ["card:opened", true],
      ["finished", false],
    ]);
  });
});

describe("a summary", () => {
  const hold = (world: ReturnType<typeof aWorld>, id: string) =>
    world.stores.ports.channels.hold({
      schema: 1,
      id,
      team: "T1",
      channel: "C1",
      why: "fold",
      until: world.now(),
      project: "prod",
      instanceId: id,
      announcement: { kind: "finished", key: "finished", at: world.now(), to: "thread", outcome: "success" },
    });

  it("whose answer was lost is repeated as it was; what came later is in another", async () => {
    const world = aWorld();
    await hold(world, "a");
    await hold(world, "b");
    world.faults.notifier = () => ({ kind: "unknown" });
    await world.tick();
    await hold(world, "c");
    delete world.faults.notifier;
    world.move(min(1));
    await world.minutes(2);
    expect(world.transcript().map((line) => line.slice(6))).toEqual([
      "channel summary of 2",
      "channel summary of 2 (perhaps repeated)",
      "channel summary of 1",
    ]);
  });

  it("waits for the end of quiet hours that began after it was put aside", async () => {
    const world = aWorld();
    await hold(world, "a");
    world.stores.setQuiet({ team: "T1", channel: "C1" }, { from: 10 * 60, to: 10 * 60 + 2, zone: "UTC" });
    await world.minutes(3);
    expect(world.transcript()).toEqual(["10:02 channel summary of 1"]);
  });
});

describe("what a worker put aside that died before it had written that down", () => {
  const channel = { team: "T1", channel: "C1" };
  const quiet = { from: 9 * 60, to: 10 * 60 + 10, zone: "UTC" };

  /** An end that is put aside for the end of quiet hours by a tick that dies of it. */
  async function putAside() {
    for (let call = 1; ; call += 1) {
      const world = aWorld();
      world.run(quick);
      await world.watch("i1");
      await world.minutes(1);
      world.stores.setQuiet(channel, quiet);
      world.move(min(2));
      const died = await world.dyingTick(call, "before");
      if (died !== undefined && /^before watches\.\w+, after channels$/.test(died)) {
        world.move(min(2));
        return world;
      }
      expect(died).toBeDefined();
    }
  }

  it("is told in the next summary, once, when it is put aside again", async () => {
    const world = await putAside();
    await world.minutes(10);
    expect(world.transcript().slice(1)).toEqual(["10:03 card SUCCESS", "10:10 channel summary of 1"]);
  });

  it("is told by itself when nothing is put aside any more, and in no summary", async () => {
    const world = await putAside();
    world.stores.setQuiet(channel, undefined);
    await world.minutes(10);
    expect(world.transcript().slice(1)).toEqual(["10:03 card SUCCESS", "10:05 reply success (perhaps repeated)"]);
  });

  it("is told in a summary where it was to be told by itself and could not, and is put aside after all", async () => {
    const world = await putAside();
    world.stores.setQuiet(channel, undefined);
    world.faults.notifier = (key) => (key === "finished" ? { kind: "later", notBefore: world.now() } : undefined);
    await world.minutes(1);
    delete world.faults.notifier;
    world.stores.setQuiet(channel, quiet);
    await world.minutes(10);
    expect(world.transcript().slice(1)).toEqual(["10:03 card SUCCESS", "10:10 channel summary of 1 (perhaps repeated)"]);
  });
});

describe("public events", () => {
  it("are published once each, with evidence kept, and again when the bus did not take them", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(2), jobName: "etl" });
    await world.watch("i1");
    await world.watch("i1", {}, { channel: "C2" });
    world.faults.busRefuses = () => true;
    await world.minutes(10);
    expect(world.published).toEqual([]);
    world.faults.busRefuses = () => false;
    await world.minutes(2);
    expect(world.published.map(({ type, id }) => [type, id])).toEqual([["InstanceFinished", "T1/main/prod/i1:finished"]]);
    expect(world.stores.record("T1/main/prod/i1")?.evidence?.instance.status).toBe("Terminated");
  });

  it("tell progress, too", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(120) });
    await world.watch("i1");
    await world.minutes(65);
    expect(world.published.map(({ id }) => id)).toEqual(["T1/main/prod/i1:milestone:25", "T1/main/prod/i1:milestone:50"]);
  });
});

describe("a tick that runs out of time", () => {
  it("asks for no further page of what is due: that stays due", async () => {
    const world = aWorld();
    let pages = 0;
    world.stores.ports.groups.due = async () => {
      pages += 1;
      world.move(20_000);
      return { items: [], ...(pages < 50 ? { next: String(pages) } : {}) };
    };
    await world.tick();
    expect(pages).toBe(3);
  });
});

describe("the schedule", () => {
  it("goes on when a watch came while it was put to rest", async () => {
    const world = aWorld();
    const { disable } = world.stores.ports.schedule;
    world.stores.ports.schedule.disable = async () => {
      world.run(quick);
      await world.watch("i1");
      await disable();
    };
    await world.tick();
    expect(world.stores.isScheduled()).toBe(true);
  });

  it("rests when nothing is watched, and works again with the next watch", async () => {
    const world = aWorld();
    world.run(quick);
    await world.watch("i1");
    await world.tick();
    expect(world.stores.isScheduled()).toBe(true);
    world.move(min(3));
    await world.minutes(3);
    expect(world.stores.isScheduled()).toBe(false);
    world.run({ ...quick, id: "i2" });
    await world.watch("i2");
    expect(world.stores.isScheduled()).toBe(true);
  });
});
