import { describe, expect, it } from "vitest";
import { createWatchBook } from "../../../src/commands/watching/watch-book.ts";
import { newWatch, type Options, type Subscription } from "../../../src/watch/index.ts";
import { itemStores } from "../../support/watch/item-ports.ts";
import { min, oneStage, t0 } from "../../support/watch/runs.ts";
import { aWorldOn, place } from "../../support/watch/world.ts";

const channel = { team: "T1", channel: "C1" };
const i1 = { ...channel, project: "prod", instanceId: "i1" };

function aBook() {
  const world = aWorldOn(itemStores);
  const looks: string[] = [];
  const book = createWatchBook({
    ...world.stores.kept,
    schedule: world.stores.ports.schedule,
    now: world.now,
    connectionOf: () => "main",
    lookNow: async ({ project }) => void looks.push(project),
  });
  const aWatch = (instanceId = "i1", options: Options = {}, channelId = "C1") =>
    newWatch({ ...place, instanceId, channel: channelId, startedBy: "ann", options }, world.now());
  return { world, book, looks, aWatch };
}

const aSubscription = (over: Partial<Subscription> = {}): Subscription => ({
  schema: 1,
  id: "s1",
  ...place,
  channel: "C1",
  createdBy: "ann",
  createdAt: t0,
  on: ["failed"],
  ...over,
});

describe("a watch that somebody asks for", () => {
  it("is started with its first look on the way, and found by who asks again", async () => {
    const { world, book, looks, aWatch } = aBook();
    world.run({ id: "i1" });
    expect(await book.add(aWatch())).toMatchObject({ added: true });
    expect(looks).toEqual(["prod"]);
    expect(world.stores.isScheduled()).toBe(true);
    await world.minutes(1);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    expect(await book.add(aWatch("i1", { quiet: true }))).toMatchObject({
      added: false,
      watch: { thread: { ts: "1" }, options: {} },
    });
    expect(await book.find(i1)).toMatchObject({ instanceId: "i1", thread: { ts: "1" } });
    expect(await book.find({ ...i1, instanceId: "i2" })).toBeUndefined();
    expect(await book.find({ ...i1, channel: "C2" })).toBeUndefined();
  });

  it("is among those of its channel until it is over", async () => {
    const { world, book, aWatch } = aBook();
    world.run({ id: "i1", stages: oneStage(2) });
    world.run({ id: "i2", stages: oneStage(60) });
    await book.add(aWatch("i1"));
    await book.add(aWatch("i2"));
    await book.add(aWatch("i2", {}, "C2"));
    const ids = async () => (await book.ofChannel(channel)).map(({ instanceId }) => instanceId);
    expect(await ids()).toEqual(["i1", "i2"]);
    await world.minutes(4);
    expect(await ids()).toEqual(["i2"]);
    expect(await book.find(i1)).toMatchObject({ state: "done" });
  });

  it("is ended without a word, and can be started anew", async () => {
    const { world, book, aWatch } = aBook();
    world.run({ id: "i1", stages: oneStage(3) });
    const { watch } = await book.add(aWatch());
    await world.minutes(1);
    expect(await book.end(watch.id)).toBe(true);
    expect(await book.end(watch.id)).toBe(false);
    expect(await book.ofChannel(channel)).toEqual([]);
    await world.minutes(5);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    expect((await book.add(aWatch())).added).toBe(true);
  });

  it("gets a card of its own though a subscription follows the instance in silence", async () => {
    const { world, book, aWatch } = aBook();
    world.run({ id: "i1", stages: oneStage(30), jobName: "etl" });
    await book.subscribe(aSubscription({ on: ["slow"] }));
    await world.minutes(2);
    expect(world.posts).toEqual([]);
    expect(await book.ofChannel(channel)).toEqual([]);
    expect(await book.add(aWatch("i1", { dm: true }))).toMatchObject({ added: true, watch: { options: { dm: true } } });
    await world.minutes(35);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "milestone:75", "finished", "finished:dm"]);
  });

  it("starts anew where a subscription followed to the end and had nothing to tell", async () => {
    const { world, book, aWatch } = aBook();
    world.run({ id: "i1", stages: oneStage(3), jobName: "etl" });
    await book.subscribe(aSubscription({ on: ["slow"] }));
    await world.minutes(6);
    expect(world.posts).toEqual([]);
    expect(await book.add(aWatch())).toMatchObject({ added: true });
    await world.minutes(2);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
  });
});

describe("a subscription", () => {
  it("wakes its project, is heard of, and is silent when it was taken away", async () => {
    const { world, book, looks } = aBook();
    await book.subscribe(aSubscription());
    expect(looks).toEqual(["prod"]);
    expect(world.stores.isScheduled()).toBe(true);
    expect(await book.subscriptionsOf(channel)).toEqual([aSubscription()]);
    await world.minutes(1);
    world.run({ id: "i1", start: world.now(), stages: oneStage(2), ends: "FAILED" });
    await world.minutes(5);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
    expect(await book.unsubscribe(aSubscription())).toBe(true);
    expect(await book.unsubscribe(aSubscription())).toBe(false);
    expect(await book.subscriptionsOf(channel)).toEqual([]);
    world.run({ id: "i2", start: world.now(), stages: oneStage(2), ends: "FAILED" });
    await world.minutes(5);
    expect(world.posts).toHaveLength(2);
    expect(world.stores.isScheduled()).toBe(false);
  });
});

describe("a channel", () => {
  it("has quiet hours until they are taken away", async () => {
    const { world, book, aWatch } = aBook();
    const quiet = { from: 0, to: 24 * 60 - 1, zone: "UTC" };
    await book.setQuiet(channel, quiet);
    expect((await world.stores.kept.channels.state(channel)).quiet).toEqual(quiet);
    world.run({ id: "i1", stages: oneStage(2) });
    await book.add(aWatch());
    await world.minutes(4);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    await book.setQuiet(channel, undefined);
    expect((await world.stores.kept.channels.state(channel)).quiet).toBeUndefined();
  });

  it("is silent of what is muted, until then or until it is not", async () => {
    const { world, book, aWatch } = aBook();
    const mute = { id: "m1", instanceId: "i1", until: t0 + min(60), by: "ann" };
    await book.mute(channel, mute);
    await book.mute(channel, { id: "m2", glob: "etl_*", until: t0 + min(5), by: "bob" });
    await book.mute(channel, { ...mute, until: t0 + min(90) });
    expect((await book.mutesOf(channel)).map(({ id, until }) => [id, until - t0])).toEqual([
      ["m2", min(5)],
      ["m1", min(90)],
    ]);
    expect(await book.mutesOf({ ...channel, channel: "C2" })).toEqual([]);
    world.run({ id: "i1", stages: oneStage(2), ends: "FAILED" });
    await book.add(aWatch());
    await world.minutes(5);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    expect([...world.cards.values()]).toEqual(["FAILED"]);
    expect((await book.mutesOf(channel)).map(({ id }) => id)).toEqual(["m1"]);
    expect(await book.unmute(channel, "m1")).toBe(true);
    expect(await book.unmute(channel, "m1")).toBe(false);
    expect(await book.unmute(channel, "m2")).toBe(false);
    expect(await book.mutesOf(channel)).toEqual([]);
  });

  it("has the project that was chosen for it", async () => {
    const { book } = aBook();
    expect(await book.projectOf(channel)).toBeUndefined();
    await book.setProject(channel, "prod", "ann");
    expect(await book.projectOf(channel)).toBe("prod");
    await book.setProject(channel, undefined, "ann");
    expect(await book.projectOf(channel)).toBeUndefined();
  });
});

describe("an acknowledgement", () => {
  const failed = async () => {
    const opened = aBook();
    opened.world.run({ id: "i1", stages: oneStage(2), ends: "FAILED" });
    await opened.book.add(opened.aWatch());
    return opened;
  };
  const cardOf = async ({ book }: Awaited<ReturnType<typeof failed>>) => (await book.find(i1))?.face;

  it("is on the card at the next look, though the watch was over, and nothing is told twice", async () => {
    const opened = await failed();
    const { world, book, looks } = opened;
    await world.minutes(4);
    const posts = world.posts.length;
    looks.length = 0;
    expect(await book.acknowledge(i1, "bob", 5)).toBe(true);
    expect(looks).toEqual(["prod"]);
    await world.minutes(1);
    expect(await cardOf(opened)).toMatchObject({ word: "FAILED", acked: { by: "bob", at: 5 } });
    expect(await book.ofChannel(channel)).toEqual([]);
    await book.acknowledge(i1, "cat", 6);
    await world.minutes(1);
    expect(await cardOf(opened)).toMatchObject({ acked: { by: "cat", at: 6 } });
    expect(world.posts).toHaveLength(posts);
  });

  it("that comes while the failure is being told is not lost, and disturbs no telling", async () => {
    const opened = await failed();
    const { world, book } = opened;
    let isAcked: Promise<boolean> | undefined;
    world.faults.notifier = (key) => {
      if (key === "finished") isAcked ??= book.acknowledge(i1, "bob", 5);
      return undefined;
    };
    await world.minutes(4);
    expect(await isAcked).toBe(true);
    await world.minutes(2);
    expect(await cardOf(opened)).toMatchObject({ acked: { by: "bob", at: 5 } });
    expect(world.posts.map(({ key, isRepeat }) => [key, isRepeat])).toEqual([
      ["card:opened", false],
      ["finished", false],
    ]);
    expect(await book.ofChannel(channel)).toEqual([]);
  });

  it("is refused for what did not fail or is not there", async () => {
    const { world, book, aWatch } = aBook();
    expect(await book.acknowledge(i1, "bob", 5)).toBe(false);
    world.run({ id: "i1", stages: oneStage(2) });
    await book.add(aWatch());
    expect(await book.acknowledge(i1, "bob", 5)).toBe(false);
    await world.minutes(4);
    expect(await book.acknowledge(i1, "bob", 5)).toBe(false);
  });
});

describe("a snooze", () => {
  it("leaves all but the end to the card, and is refused for what is over", async () => {
    const { world, book, aWatch } = aBook();
    expect(await book.snooze(i1, t0 + min(60))).toBe(false);
    world.run({ id: "i1", stages: oneStage(30), ends: "FAILED" });
    await book.add(aWatch("i1", { by: t0 + min(5) }));
    await world.minutes(1);
    expect(await book.snooze(i1, t0 + min(60))).toBe(true);
    await world.minutes(20);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    expect((await book.find(i1))?.face).toMatchObject({ deadline: "missed", snoozedUntil: t0 + min(60) });
    await world.minutes(12);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
    expect(await book.snooze(i1, t0 + min(90))).toBe(false);
  });
});

describe("a stop", () => {
  const stop = (at: number) => ({ by: "bob", at, reason: "wrong day" });

  it("is on the card from the next look on, and wakes its group", async () => {
    const { world, book, looks, aWatch } = aBook();
    expect(await book.stopping(i1, stop(t0))).toBe(false);
    expect(looks).toEqual([]);
    world.run({ id: "i1", stages: oneStage(600) });
    await book.add(aWatch());
    await world.minutes(100);
    expect(await book.stopping(i1, stop(world.now()))).toBe(true);
    expect(looks).toEqual(["prod", "prod"]);
    await world.tick();
    expect((await book.find(i1))?.face).toMatchObject({ word: "STOPPING", stop: { by: "bob", reason: "wrong day" } });
  });

  it("that comes while something is being told is not lost, and disturbs no telling", async () => {
    const { world, book, aWatch } = aBook();
    world.run({ id: "i1", stages: oneStage(600) });
    await book.add(aWatch());
    let isMarked: Promise<boolean> | undefined;
    world.faults.notifier = () => {
      isMarked ??= book.stopping(i1, stop(world.now()));
      return undefined;
    };
    await world.minutes(1);
    expect(await isMarked).toBe(true);
    await world.minutes(2);
    expect(world.posts.map(({ key, isRepeat }) => [key, isRepeat])).toEqual([
      ["card:opened", false],
      [`unstopped:${t0}`, false],
    ]);
  });

  it("has the silent watch of a subscription say all, and is refused for what is over", async () => {
    const { world, book, aWatch } = aBook();
    world.run({ id: "i1", stages: oneStage(30) });
    await book.add(newWatch({ ...place, instanceId: "i1", channel: "C1", startedBy: "cat", only: ["failed"] }, t0));
    await world.minutes(1);
    expect(world.posts).toEqual([]);
    expect(await book.stopping(i1, stop(world.now()))).toBe(false);
    await book.add({ ...aWatch(), stop: stop(world.now()) });
    await world.minutes(1);
    expect((await book.find(i1))?.face).toMatchObject({ word: "STOPPING" });
    await world.minutes(40);
    expect(await book.stopping(i1, stop(world.now()))).toBe(false);
  });
});
