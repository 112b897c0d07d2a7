import { describe, expect, it } from "vitest";
import { reachOf, sortPage } from "../../src/watch/discover.ts";
import type { Told } from "../../src/watch/ports.ts";
import { type FinishedFacts, matches, type Subscription } from "../../src/watch/subscription.ts";
import { itemStores } from "../support/watch/item-ports.ts";
import { min, oneStage, t0 } from "../support/watch/runs.ts";
import { aWorld, aWorldOn, place } from "../support/watch/world.ts";

const aSubscription = (over: Partial<Subscription> = {}): Subscription => ({
  schema: 1,
  id: "s1",
  ...place,
  channel: "C9",
  createdBy: "bob",
  createdAt: t0,
  on: ["failed"],
  ...over,
});
const facts = (over: Partial<FinishedFacts> = {}): FinishedFacts => ({
  instanceId: "i1",
  outcome: "failed",
  owner: "ALIYUN$ann@example.com",
  jobName: "etl_orders_daily",
  taskTypes: ["SQL"],
  statuses: ["FAILED"],
  durationMs: min(10),
  cost: 500,
  priority: 3,
  errorCode: "ODPS-0123144",
  ...over,
});

describe("a subscription hears", () => {
  it.each<[string, Partial<Subscription>, Partial<FinishedFacts>, boolean]>([
    ["of a failure", {}, {}, true],
    ["of no success", {}, { outcome: "success" }, false],
    ["of any end", { on: ["done"] }, { outcome: "cancelled" }, true],
    ["of a slow success", { on: ["slow"] }, { outcome: "success", isSlow: true }, true],
    ["of no success that was not slow", { on: ["slow"] }, { outcome: "success", isSlow: false }, false],
    ["of an owner, by the name alone", { owners: ["ann"] }, {}, true],
    ["of an owner, by the account", { owners: ["ALIYUN$ann@example.com"] }, {}, true],
    ["of no other owner", { owners: ["bob"] }, {}, false],
    ["of nobody when the owner is not known", { owners: ["ann"] }, { owner: undefined }, false],
    ["of all but an owner", { notOwners: ["ann"] }, {}, false],
    ["of all but another owner", { notOwners: ["bob"] }, {}, true],
    ["of names that fit a glob", { names: ["etl_*"] }, {}, true],
    ["of no other names", { names: ["dim_*"] }, {}, false],
    ["of nothing without a name when it names some", { names: ["*"] }, { jobName: undefined }, false],
    ["of one of several task types", { taskTypes: ["xflow", "sql"] }, {}, true],
    ["of no other task type", { taskTypes: ["xflow"] }, {}, false],
    ["of a task's status", { statuses: ["Failed"] }, {}, true],
    ["of what took as long as wished", { minDurationMs: min(10) }, {}, true],
    ["of nothing shorter", { minDurationMs: min(11) }, {}, false],
    ["of what cost as much as wished", { minCost: 500 }, {}, true],
    ["of nothing cheaper, or of unknown cost", { minCost: 1 }, { cost: undefined }, false],
    ["of what is as important as wished", { priority: 3 }, {}, true],
    ["of nothing less important", { priority: 2 }, {}, false],
    ["of error codes that fit a glob", { errorCodes: ["ODPS-0123*"] }, {}, true],
    ["of no other error code", { errorCodes: ["ODPS-0130131"] }, {}, false],
  ])("%s", (_, over, found, heard) => {
    expect(matches(aSubscription(over), facts(found))).toBe(heard);
  });
});

describe("a listing of what began", () => {
  it("reaches back a quarter of an hour before the cursor, and reports no past at first", () => {
    const since = (minute: number) => [{ createdAt: t0 - min(1) }, { createdAt: t0 + min(minute) }];
    expect(reachOf(undefined, since(0), t0)).toEqual({ from: t0 - min(16), to: t0, reportsEnded: false });
    expect(reachOf(t0 - min(1), since(-60), t0)).toEqual({ from: t0 - min(16), to: t0, reportsEnded: true });
    expect(reachOf(t0 + min(5), since(-60), t0)).toMatchObject({ from: t0 - min(15) });
  });

  it("reaches back to the oldest subscription at first, for a day at most, and so does one after a time without any", () => {
    const since = (hour: number) => [{ createdAt: t0 - min(1) }, { createdAt: t0 - min(60 * hour) }];
    expect(reachOf(undefined, since(3), t0)).toEqual({ from: t0 - min(195), to: t0, reportsEnded: false });
    expect(reachOf(t0 - min(60 * 50), since(3), t0)).toEqual({ from: t0 - min(195), to: t0, reportsEnded: false });
    expect(reachOf(undefined, since(30), t0)).toMatchObject({ from: t0 - min(60 * 24 + 15) });
    expect(reachOf(undefined, [{ createdAt: t0 + min(9) }], t0)).toMatchObject({ from: t0 - min(15) });
  });

  it("is sorted into what is followed and what is reported at once, without what nobody wants", () => {
    const page = [
      { id: "i1", project: "prod", status: "Running", owner: "ann" },
      { id: "i2", project: "prod", status: "Terminated", owner: "ann" },
      { id: "i3", project: "prod", status: "Terminated", owner: "bob" },
    ];
    const found = sortPage(page, [aSubscription({ owners: ["ann"] })], { reportsEnded: true });
    expect(found).toEqual({ open: [{ id: "i1", owner: "ann", startTime: undefined }], ended: ["i2"] });
  });
});

async function subscribed(over: Partial<Subscription> = {}) {
  const world = aWorld();
  world.stores.subscriptions.push(aSubscription(over));
  await world.stores.ports.groups.wake(place, world.now());
  return world;
}
const at = (minute: number) => t0 + min(minute);

describe("a subscribed channel", () => {
  it("gets a card and a reply of each failure, quick or slow, and none of what was over before", async () => {
    const world = await subscribed();
    world.run({ id: "past", start: at(-5), stages: oneStage(2), ends: "FAILED" });
    world.run({ id: "quick", start: at(2.1), stages: oneStage(0.2), ends: "FAILED" });
    world.run({ id: "slow", start: at(1), stages: oneStage(30), ends: "FAILED" });
    world.run({ id: "fine", start: at(1), stages: oneStage(3) });
    await world.minutes(45);
    expect(world.transcript()).toEqual([
      "10:03 card FAILED",
      "10:03 reply! failed ODPS-0130131 @bob",
      "10:32 card FAILED",
      "10:32 reply! failed ODPS-0130131 @bob",
    ]);
    expect(world.posts.map(({ channel }) => channel)).toEqual(["C9", "C9", "C9", "C9"]);
  });

  it("hears of what failed between its subscription and the first look, however late that is", async () => {
    const world = await subscribed();
    world.run({ id: "past", start: at(-5), stages: oneStage(2), ends: "FAILED" });
    world.run({ id: "quick", start: at(0.1), stages: oneStage(0.5), ends: "FAILED" });
    world.run({ id: "over", start: at(-5), stages: oneStage(5.5), ends: "FAILED" });
    world.move(min(3));
    await world.minutes(2);
    expect(world.posts.map(({ watch, key }) => `${watch.split("/")[3]} ${key}`).sort()).toEqual([
      "over card:opened",
      "over finished",
      "quick card:opened",
      "quick finished",
    ]);
  });

  it("hears of what began since its subscription, and was over or under way when the first look came after half an hour", async () => {
    const world = await subscribed({ on: ["failed", "stuck"] });
    world.run({ id: "past", start: at(-5), stages: oneStage(2), ends: "FAILED" });
    world.run({ id: "quick", start: at(0.1), stages: oneStage(0.5), ends: "FAILED" });
    world.run({ id: "stuck", start: at(1), stages: oneStage(90), stuckAtMin: 35, stoppedAtMin: 80 });
    world.move(min(30));
    await world.minutes(45);
    expect(world.posts.map(({ watch, key }) => `${watch.split("/")[3]} ${key.split(":")[0]}`)).toEqual([
      "quick card",
      "quick finished",
      "stuck card",
      "stuck stuck",
    ]);
  });

  it("hears nothing of the time in which nobody was subscribed", async () => {
    const world = await subscribed();
    world.run({ id: "open", start: at(0.5), stages: oneStage(20), ends: "FAILED" });
    await world.minutes(2);
    world.stores.subscriptions.length = 0;
    await world.minutes(2);
    world.run({ id: "between", start: at(10), stages: oneStage(2), ends: "FAILED" });
    world.run({ id: "after", start: at(61), stages: oneStage(2), ends: "FAILED" });
    world.move(min(56));
    world.stores.subscriptions.push(aSubscription({ createdAt: world.now() }));
    await world.stores.ports.groups.wake(place, world.now());
    await world.minutes(10);
    expect(world.posts.map(({ watch, key }) => `${watch.split("/")[3]} ${key}`)).toEqual(["after card:opened", "after finished"]);
  });

  it("hears of a failure that it followed for slowness, too, and of its slowness alone when it is well in the end", async () => {
    const world = await subscribed({ on: ["failed", "slow", "stuck"] });
    world.run({ id: "quick", start: at(2.1), stages: oneStage(0.2), ends: "FAILED" });
    world.run({ id: "slow", start: at(1), stages: oneStage(5), ends: "FAILED" });
    world.run({ id: "stuck", start: at(1), stages: oneStage(60), stuckAtMin: 5, stoppedAtMin: 50 });
    world.run({ id: "fine", start: at(1), stages: oneStage(3) });
    await world.minutes(70);
    const told = (name: string) => world.posts.filter(({ watch }) => watch.includes(`/${name}/`)).map(({ key }) => key);
    expect(told("quick")).toEqual(["card:opened", "finished"]);
    expect(told("slow")).toEqual(["card:opened", "finished"]);
    expect(told("stuck")).toEqual(["card:opened", expect.stringMatching(/^stuck:/)]);
    expect(told("fine")).toEqual([]);
  });

  it("hears once of what somebody watches there already", async () => {
    const world = await subscribed();
    world.run({ id: "i1", start: at(1), stages: oneStage(5), ends: "FAILED" });
    await world.minutes(2);
    await world.watch("i1", {}, { channel: "C9" });
    await world.minutes(10);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
  });

  it("hears of a standstill, with a card that was not there before", async () => {
    const world = await subscribed({ on: ["stuck", "failed"] });
    world.run({ id: "i1", start: at(1), stages: oneStage(60), stuckAtMin: 5, stoppedAtMin: 59 });
    await world.minutes(45);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", expect.stringMatching(/^stuck:/)]);
  });

  it("gets one digest a day where it wishes that", async () => {
    const world = await subscribed({ on: ["done"], digest: { at: 11 * 60, zone: "UTC" } });
    for (let index = 0; index < 4; index += 1) world.run({ id: `i${index}`, start: at(index + 1), stages: oneStage(5) });
    await world.minutes(62);
    expect(world.transcript()).toEqual(["11:00 channel summary of 4"]);
  });

  it("misses nothing where a tick after a long pause dies before it has stored what it listed", async () => {
    for (let call = 1; ; call += 1) {
      const world = await subscribed();
      world.run({ id: "i1", start: at(10), stages: oneStage(2), ends: "FAILED" });
      await world.minutes(1);
      world.move(min(39));
      const died = (await world.dyingTick(call, "before")) ?? "it did not die";
      if (!died.startsWith("before discoveries.upsert")) {
        expect(died).not.toBe("it did not die");
        continue;
      }
      world.move(min(2));
      await world.minutes(3);
      return expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "finished"]);
    }
  });

  it("misses nothing that was running when its first tick died, wherever that was, and had failed by the next", async () => {
    const told: unknown[] = [];
    for (let call = 1, isDead = true; isDead; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const world = await subscribed();
        world.run({ id: "i1", start: at(0.5), stages: oneStage(2), ends: "FAILED" });
        world.move(min(1));
        const died = await world.dyingTick(call, moment);
        isDead = died !== undefined;
        world.move(min(3));
        await world.minutes(3);
        told.push({ call, moment, died, told: world.posts.map(({ key }) => key) });
      }
    }
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((each) => !JSON.stringify(each).includes('"told":["card:opened","finished"]'))).toEqual([]);
  });

  describe("that is archived", () => {
    const archived = (key: string): Told | undefined =>
      key.startsWith("unsubscribed") ? undefined : { kind: "refused", reason: "archived" };
    const words = "channel unsubscribed";

    it("hears of nothing any more, and whoever subscribed it is told so, once", async () => {
      const world = await subscribed();
      world.stores.subscriptions.push(aSubscription({ id: "s2", createdBy: "eve" }), aSubscription({ id: "s3", channel: "C1" }));
      world.run({ id: "i1", start: at(1), stages: oneStage(2), ends: "FAILED" });
      world.run({ id: "i2", start: at(10), stages: oneStage(2), ends: "FAILED" });
      world.faults.notifier = archived;
      await world.minutes(6);
      world.faults.notifier = undefined;
      await world.minutes(20);
      const told = world.posts.map(({ channel, key, watch }) => [channel, key.split(":")[0], watch.split("/").at(3)]);
      expect(told.filter(([, key]) => key === "unsubscribed")).toEqual([
        ["bob", "unsubscribed", undefined],
        ["eve", "unsubscribed", undefined],
        ["bob", "unsubscribed", undefined],
      ]);
      expect(told.filter(([channel]) => channel === "C9")).toEqual([]);
      expect(world.stores.subscriptions).toEqual([]);
      expect(world.stores.group("T1/main/prod")?.nextScanAt).toBeUndefined();
    });

    it("ends so over the stores as they are deployed, too", async () => {
      const world = aWorldOn(itemStores);
      const { subscriptions } = world.stores.kept;
      await subscriptions.put(aSubscription());
      await world.stores.ports.groups.wake(place, world.now());
      world.run({ id: "i1", start: at(1), stages: oneStage(2), ends: "FAILED" });
      world.faults.notifier = archived;
      await world.minutes(8);
      expect(world.transcript()).toEqual([expect.stringMatching(`${words}$`)]);
      expect([await subscriptions.ofGroup("T1/main/prod"), await subscriptions.ofChannel({ team: "T1", channel: "C9" })]).toEqual(
        [[], []],
      );
    });

    it("has its summary refused, and that is enough", async () => {
      const world = await subscribed({ on: ["done"], digest: { at: 10 * 60 + 30, zone: "UTC" } });
      world.run({ id: "i1", start: at(1), stages: oneStage(5) });
      world.faults.notifier = archived;
      await world.minutes(35);
      expect(world.transcript()).toEqual([`10:31 ${words}`]);
      expect(world.stores.subscriptions).toEqual([]);
    });

    it("is told of when ticks die, once, or marked where it may have been told", async () => {
      for (let call = 1; call < 80; call += 1) {
        for (const moment of ["before", "after"] as const) {
          const world = await subscribed();
          world.run({ id: "i1", start: at(1), stages: oneStage(1), ends: "FAILED" });
          world.faults.notifier = archived;
          await world.minutes(3);
          const died = await world.dyingTick(call, moment);
          if (died === undefined) {
            expect(call).toBeGreaterThan(5);
            return;
          }
          world.move(min(1));
          await world.minutes(6);
          const told = world.posts.filter(({ key }) => key.startsWith("unsubscribed"));
          // Whoever died with the mark written may have told it: the other says so.
          const isDoubtful = told.length === 2 || told.every(({ isRepeat }) => isRepeat);
          expect({ died, marked: told.filter(({ isRepeat }) => isRepeat).length, isTold: told.length > 0 }).toEqual({
            died,
            marked: isDoubtful ? 1 : 0,
            isTold: true,
          });
          expect({ died, left: world.stores.subscriptions }).toEqual({ died, left: [] });
        }
      }
    });

    it.each<[Told["kind"], number]>([
      ["later", 1],
      ["unknown", 2],
      ["refused", 0],
    ])("is told of again where the answer is %s", async (kind, times) => {
      const world = await subscribed();
      world.run({ id: "i1", start: at(1), stages: oneStage(1), ends: "FAILED" });
      const answers: Told[] = [
        kind === "later" ? { kind, notBefore: 0 } : kind === "refused" ? { kind, reason: "left" } : { kind: "unknown" },
      ];
      world.faults.notifier = (key) => (key.startsWith("unsubscribed") ? answers.pop() : archived(key));
      await world.minutes(8);
      const told = world.posts.filter(({ key }) => key.startsWith("unsubscribed"));
      expect(told.map(({ isRepeat }) => isRepeat)).toEqual([false, true].slice(0, times));
      expect(world.stores.subscriptions).toEqual([]);
    });
  });

  it.each<Pick<Subscription, "on">>([{ on: ["failed"] }, { on: ["failed", "slow"] }])(
    "loses and doubles nothing when ticks die, $on",
    async (over) => {
      for (let call = 1; call < 80; call += 1) {
        for (const moment of ["before", "after"] as const) {
          const world = await subscribed(over);
          world.run({ id: "quick", start: at(2.1), stages: oneStage(0.2), ends: "FAILED" });
          world.run({ id: "slow", start: at(1), stages: oneStage(2), ends: "FAILED" });
          await world.minutes(3);
          const died = await world.dyingTick(call, moment);
          if (died === undefined) return;
          world.move(min(1));
          await world.minutes(6);
          const unmarked = world.posts.filter(({ isRepeat }) => !isRepeat).map(({ watch, key }) => `${watch} ${key}`);
          expect({ died, unmarked: new Set(unmarked).size }).toEqual({ died, unmarked: unmarked.length });
          const told = new Set(world.posts.map(({ watch, key }) => `${watch} ${key}`));
          expect({ died, told: told.size }).toEqual({ died, told: 4 });
        }
      }
    },
  );
});
