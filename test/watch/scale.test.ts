import { describe, expect, it } from "vitest";
import { newWatch } from "../../src/watch/index.ts";
import { min, oneStage } from "../support/watch/runs.ts";
import { aWorld, place } from "../support/watch/world.ts";

/** Many watches that were looked at once and have been at work for long. */
async function crowded(count: number) {
  const world = aWorld();
  for (let index = 0; index < count; index += 1) {
    world.run({ id: `i${index}`, stages: oneStage(600), stuckAtMin: 30 });
    await world.stores.ports.watches.addIfAbsent(
      newWatch(
        { ...place, instanceId: `i${index}`, channel: "C1", startedBy: "ann", options: { stuckMs: min(100_000) } },
        world.now(),
      ),
    );
  }
  await world.stores.ports.groups.wake(place, world.now());
  world.move(min(90));
  // It stands still, and nobody wants to hear of it: nothing will be new.
  await world.tick(3_600_000);
  world.move(min(90));
  await world.tick(3_600_000);
  world.stores.writes.length = 0;
  world.resetCalls();
  return world;
}

describe("10,000 watches of one project", () => {
  it("cost ten pages a tick, the looks of those whose turn it is within ten minutes, and no write", async () => {
    const world = await crowded(10_000);
    const looked = new Set<string>();
    for (let minute = 0; minute < 10; minute += 1) {
      world.move(min(1));
      world.resetCalls();
      await world.tick(3_600_000);
      expect(world.calls.filter((call) => call === "page")).toHaveLength(10);
      const looks = world.calls.filter((call) => call.startsWith("look"));
      expect(looks.length).toBeLessThan(1_200);
      for (const look of looks) looked.add(look);
    }
    // No watch trusts listings alone for longer than ten minutes.
    expect(looked.size).toBe(10_000);
    expect(world.stores.writes).toEqual([]);
  }, 60_000);

  it("one that ends is told at the next tick, because the listing does not have it", async () => {
    const world = await crowded(2_000);
    world.run({ id: "i1234", stages: oneStage(1), ends: "FAILED" });
    world.move(min(1));
    await world.tick();
    expect(world.transcript().slice(-1)).toEqual([expect.stringMatching(/reply! failed/)]);
  });
});

describe("a scan", () => {
  it("asks from then on for itself what a complete listing does not have though it lives", async () => {
    const world = await crowded(20);
    world.faults.hidden = ["i7"];
    world.move(min(1));
    await world.tick();
    expect(world.stores.readWatch(`T1/main/prod/i7/C1`)?.alone).toBe(true);
    expect(world.stores.writes).toEqual(["watch T1/main/prod/i7/C1"]);
  });

  it("asks each by itself where it may not list", async () => {
    const world = await crowded(20);
    world.faults.mayList = false;
    for (let minute = 0; minute < 6; minute += 1) {
      world.move(min(1));
      await world.tick();
    }
    expect(new Set(world.calls.filter((call) => call.startsWith("look"))).size).toBe(20);
    expect(world.calls.filter((call) => call === "list")).toHaveLength(1);
  });

  it("leaves due what it has no time for, and begins there the next time", async () => {
    const world = aWorld({ latencyMs: 1_000 });
    for (let index = 0; index < 60; index += 1) {
      world.run({ id: `i${index}`, stages: oneStage(600) });
      await world.watch(`i${index}`);
    }
    await world.tick(20_000);
    expect(new Set(world.calls.filter((call) => call.startsWith("look"))).size).toBeLessThan(30);
    for (let tick = 0; tick < 4; tick += 1) {
      await world.tick(20_000);
      world.move(1_000);
    }
    expect(new Set(world.calls.filter((call) => call.startsWith("look"))).size).toBe(60);
  });
});

describe("turns that there was no time for", () => {
  it("come again at the next tick", async () => {
    const world = aWorld({ latencyMs: 500 });
    for (let index = 0; index < 60; index += 1) {
      world.run({ id: `i${index}`, stages: oneStage(6_000), start: world.now() });
      await world.watch(`i${index}`);
    }
    world.faults.mayList = false;
    await world.tick(200_000);
    world.move(min(90));
    await world.tick(200_000);
    world.move(min(6));
    world.resetCalls();
    for (let tick = 0; tick < 8; tick += 1) {
      await world.tick(10_000);
      world.move(100);
    }
    expect(new Set(world.calls.filter((call) => call.startsWith("look"))).size).toBe(60);
  });
});

describe("two at once", () => {
  it("two watches of one instance and channel are one card", async () => {
    const world = aWorld();
    world.run({ id: "i1" });
    expect((await world.watch("i1")).added).toBe(true);
    expect((await world.watch("i1", {}, { startedBy: "bob" })).added).toBe(false);
    await world.minutes(2);
    expect(world.posts.filter(({ key }) => key === "card:opened")).toHaveLength(1);
  });

  it("an instance that two channels watch is looked at once", async () => {
    const world = aWorld();
    world.run({ id: "i1" });
    await world.watch("i1");
    await world.watch("i1", {}, { channel: "C2" });
    await world.tick();
    expect(world.calls).toEqual(["look i1"]);
    expect(world.posts.map(({ channel }) => channel).sort()).toEqual(["C1", "C2"]);
  });

  it("two ticks at the same moment tell each thing once", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(2) });
    await world.watch("i1");
    for (let minute = 0; minute < 5; minute += 1) {
      await Promise.all([world.tick(), world.tick()]);
      world.move(min(1));
    }
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
  });
});
