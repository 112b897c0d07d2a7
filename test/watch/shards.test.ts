import { describe, expect, it } from "vitest";
import {
  groupIdOf,
  holds,
  leaseMs,
  lookAtOnce,
  newWatch,
  noMemory,
  rangeOf,
  type ShardRequest,
  tick,
  type WatchRow,
  watchIdOf,
  workOnShard,
} from "../../src/watch/index.ts";
import { itemStores } from "../support/watch/item-ports.ts";
import { min, oneStage, t0 } from "../support/watch/runs.ts";
import { aWorldOn, place, type WorldOn } from "../support/watch/world.ts";

const groupId = groupIdOf(place);
/** Each of two parts has fewer, and they are too many for one. */
const many = 2_600;
const middle = many / 2;
const idOf = (index: number): string => `i${String(index).padStart(5, "0")}`;

/** Watches that were looked at and have been at work for long; the first is like all others. */
async function crowded() {
  const world = aWorldOn((now, mortal) => itemStores(now, mortal, 500));
  const { watches, groups } = world.stores.ports;
  const aRun = (index: number) => ({ id: idOf(index), stages: oneStage(600), stuckAtMin: 30 });
  const wanted = { ...place, channel: "C1", startedBy: "ann", options: { stuckMs: min(100_000) } };
  world.run(aRun(0));
  await watches.addIfAbsent(newWatch({ ...wanted, instanceId: idOf(0) }, world.now()));
  await groups.wake(place, world.now());
  world.move(min(90));
  await world.tick();
  const first = await watches.get(watchIdOf({ ...wanted, instanceId: idOf(0) }));
  if (first === undefined) throw new Error("the first watch is gone");
  for (let index = 1; index < many; index += 1) {
    world.run(aRun(index));
    const instanceId = idOf(index);
    await watches.addIfAbsent({ ...first, id: watchIdOf({ ...wanted, instanceId }), instanceId });
  }
  await splitNow(world);
  world.move(min(1));
  world.resetCalls();
  return world;
}

/** As if a scan had just found it too large: it stays so, for it is not small. */
async function splitNow(world: WorldOn<ReturnType<typeof itemStores>>) {
  const { groups } = world.stores.ports;
  await groups.wake(place, world.now());
  const leased = await groups.lease(groupId, world.now(), world.now() + leaseMs);
  if (leased === undefined) throw new Error("the group could not be leased");
  const memory = { ...noMemory, scannedAt: world.now() };
  await groups.release(leased.lease, { nextScanAt: world.now(), memory, splitAt: [idOf(middle)] });
}

const aRow: WatchRow = {
  id: "",
  instanceId: "",
  channel: "C1",
  state: "active",
  startedAt: t0 - min(600),
  faceAt: t0,
  alone: true,
  hasOutbox: false,
  trouble: { kind: "forbidden", since: 0, sightings: 1 },
};

type Crowd = Awaited<ReturnType<typeof crowded>>;

/** What the tick hands to other processes a minute later. */
async function handedOut(world: Crowd): Promise<readonly ShardRequest[]> {
  const handed: ShardRequest[] = [];
  world.move(min(1));
  const shards = { hand: async (request: ShardRequest) => void handed.push(request) };
  await tick({ ...world.ports, shards }, world.now, world.now() + 50_000);
  return handed;
}

const work = (world: Crowd, request: ShardRequest | undefined) => {
  if (request === undefined) throw new Error("nothing was handed out");
  return workOnShard(world.ports, world.now, world.now() + 50_000, request);
};

const partsIn = async (world: Crowd) => (await world.stores.ports.groups.parts(groupId)).map(({ id }) => id);

describe("a group of more than 5,000 watches", () => {
  it("is split at the scan that finds them", async () => {
    const rows = Array.from({ length: 5_001 }, (_, index) => ({
      ...aRow,
      id: `${groupId}/${idOf(index)}/C1`,
      instanceId: idOf(index),
    }));
    const world = aWorldOn((now, mortal) => itemStores(now, mortal));
    const { watches } = world.stores.ports;
    await world.stores.ports.groups.wake(place, world.now());
    const found = { ...watches, inGroup: async () => ({ items: rows }) };
    await tick({ ...world.ports, watches: found }, world.now, world.now() + 50_000);
    expect(await partsIn(world)).toEqual([`${groupId}##${idOf(2_501)}`, `${groupId}#${idOf(2_501)}#`]);
  });

  it("has its project listed once for all parts, whoever works on them", async () => {
    const world = await crowded();
    for (let minute = 0; minute < 3; minute += 1) {
      world.move(min(1));
      world.resetCalls();
      await world.tick(3_600_000);
      expect(world.calls.filter((call) => call === "list" || call === "page")).toEqual(["list", "page", "page", "page"]);
      // Those whose turn it is within ten minutes, and nobody twice.
      const looks = world.calls.filter((call) => call.startsWith("look"));
      expect([looks.length > many / 20, looks.length < many / 5, new Set(looks).size]).toEqual([true, true, looks.length]);
    }
    expect(await partsIn(world)).toHaveLength(2);
  });

  it("is handed out: each part once, with all that runs of it, and nothing of the other", async () => {
    const world = await crowded();
    const handed = await handedOut(world);
    expect(handed.map(({ id }) => id)).toEqual(await partsIn(world));
    expect(handed.map(({ minute, depth }) => [minute, depth])).toEqual(handed.map(() => [Math.floor(world.now() / min(1)), 1]));
    const running = handed.flatMap(({ listing }) => (listing.kind === "read" ? [listing.running] : []));
    expect(running.map(({ length }) => length)).toEqual([middle, middle]);
    handed.forEach(({ id }, index) => {
      expect(running[index]?.every((each) => holds(rangeOf(id), each))).toBe(true);
    });
    // The tick itself has looked at nothing.
    expect(world.calls.filter((call) => call.startsWith("look"))).toEqual([]);
  });

  it("has the end of each instance told by the shard of its part, and by no other", async () => {
    const world = await crowded();
    for (const index of [7, middle + 7]) world.run({ id: idOf(index), stages: oneStage(1), ends: "FAILED" });
    const [first, second] = await handedOut(world);
    await work(world, first);
    expect(world.posts.filter(({ key }) => key === "finished").map(({ watch }) => watch)).toEqual([`${groupId}/${idOf(7)}/C1`]);
    await work(world, second);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(2);
    expect(world.published.filter(({ type }) => type === "InstanceFinished")).toHaveLength(2);
  });

  it("is worked on once, however often a shard is delivered", async () => {
    const world = await crowded();
    world.run({ id: idOf(7), stages: oneStage(1), ends: "FAILED" });
    const [first] = await handedOut(world);
    world.resetCalls();
    await Promise.all([work(world, first), work(world, first)]);
    await work(world, first);
    expect(world.calls.filter((call) => call === `look ${idOf(7)}`)).toHaveLength(1);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(1);
  });

  it("does not take for absent whoever came after its project was listed", async () => {
    const world = await crowded();
    const [first] = await handedOut(world);
    // Looked at already, by whoever has the first look.
    const id = watchIdOf({ ...place, instanceId: idOf(1), channel: "C9" });
    const like = await world.stores.ports.watches.get(watchIdOf({ ...place, instanceId: idOf(1), channel: "C1" }));
    const late = "i00001z";
    world.run({ id: late, stages: oneStage(600), start: world.now(), stuckAtMin: 1 });
    await world.stores.ports.watches.addIfAbsent({
      ...like!,
      id: id.replace(idOf(1), late),
      instanceId: late,
      startedAt: world.now(),
    });
    await work(world, first);
    expect((await world.stores.ports.watches.get(id.replace(idOf(1), late)))?.alone).toBeUndefined();
  });

  it("asks for each by itself where it may not list, and does not try again at once", async () => {
    const world = await crowded();
    world.faults.mayList = false;
    const handed = await handedOut(world);
    expect(handed.map(({ listing }) => listing.kind)).toEqual(["refused", "refused"]);
    for (const request of handed) await work(world, request);
    expect((await handedOut(world)).map(({ listing }) => listing.kind)).toEqual(["none", "none"]);
  });

  it("knows MaxCompute to be silent though no part has asked it", async () => {
    const world = await crowded();
    world.faults.answers = false;
    const handed = await handedOut(world);
    expect(handed.map(({ listing }) => listing.kind)).toEqual(["silent", "silent"]);
    world.resetCalls();
    await work(world, handed[0]);
    expect(world.calls).toEqual([]);
    expect(await world.stores.ports.outages.get("T1/main")).toMatchObject({ reason: "unreachable" });
  });

  it("has a first look at a new watch while another part is worked on", async () => {
    const world = await crowded();
    const [first = ""] = await partsIn(world);
    world.move(min(1));
    expect(await world.stores.ports.groups.lease(first, world.now(), world.now() + leaseMs)).toBeDefined();
    world.run({ id: "i02003x", stages: oneStage(1), start: world.now() - min(2), ends: "FAILED" });
    await world.watch("i02003x");
    const waiting = { ended: async () => false, pause: async (ms: number) => world.move(ms) };
    await lookAtOnce({ ports: world.ports, now: world.now, waiting }, world.now() + 20_000, place);
    expect(world.posts.slice(-2).map(({ watch, key }) => [watch.split("/")[3], key])).toEqual([
      ["i02003x", "card:opened"],
      ["i02003x", "finished"],
    ]);
  });

  it("is whole again when most of them are gone, and sleeps when all are", async () => {
    const world = await crowded();
    const remove = async (from: number, to: number) => {
      for (let index = from; index < to; index += 1)
        await world.stores.kept.watches.remove(watchIdOf({ ...place, instanceId: idOf(index), channel: "C1" }));
      world.move(min(1));
      await world.tick(3_600_000);
    };
    await remove(0, 100);
    expect(await partsIn(world)).toEqual([groupId]);
    await remove(100, many);
    expect(await world.stores.ports.groups.anyAwake()).toBe(false);
    expect(world.stores.isScheduled()).toBe(false);
  });

  it("has what a channel subscribed to reported once, by the part that has it", async () => {
    const world = await crowded();
    const on = ["failed" as const];
    await world.stores.kept.subscriptions.put({
      schema: 1,
      id: "s1",
      ...place,
      channel: "C7",
      createdBy: "bob",
      createdAt: 0,
      on,
    });
    await world.minutes(2);
    for (const id of ["i00005x", "i02000x"]) world.run({ id, start: world.now(), stages: oneStage(1), ends: "FAILED" });
    world.move(min(2));
    const told = () =>
      world.posts.filter(({ channel, key }) => channel === "C7" && key === "finished").map(({ watch }) => watch.split("/")[3]);
    const [first, second] = await handedOut(world);
    world.resetCalls();
    // Only the first part lists what began; and neither reports what is in the other.
    await work(world, second);
    expect([world.calls.includes("began"), told()]).toEqual([false, []]);
    await work(world, first);
    expect([world.calls.includes("began"), told()]).toEqual([true, ["i00005x"]]);
    for (const request of await handedOut(world)) await work(world, request);
    expect(told()).toEqual(["i00005x", "i02000x"]);
  });
});
