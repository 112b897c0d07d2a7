import { describe, expect, it } from "vitest";
import { hasFailed, showsItsAck, withAckShown } from "../../src/watch/acknowledge.ts";
import type { Announcement } from "../../src/watch/index.ts";
import { newWatch, type Watch } from "../../src/watch/index.ts";
import { isSilenced } from "../../src/watch/silence.ts";
import { min, oneStage, t0 } from "../support/watch/runs.ts";
import { aWorld, place } from "../support/watch/world.ts";

const about = { instanceId: "i1", jobName: "etl_orders" };
const told = { key: "k", at: t0, to: "thread" as const };
const failed: Announcement = { ...told, kind: "finished", outcome: "failed", broadcast: true };
const stuck: Announcement = { ...told, kind: "stuck", since: 0 };
const missed: Announcement = { ...told, kind: "deadline", by: 0 };
const mute = { id: "m", until: t0 + 1, by: "ann" };

describe("a mute", () => {
  it.each([
    ["its instance", { instanceId: "i1" }, true],
    ["another instance", { instanceId: "i2" }, false],
    ["its job by name", { glob: "etl_*" }, true],
    ["other jobs", { glob: "report_*" }, false],
    ["nothing", {}, false],
  ])("of %s", (_, what, expected) => {
    expect(isSilenced(failed, about, [{ ...mute, ...what }], t0)).toBe(expected);
    expect(isSilenced(stuck, about, [{ ...mute, ...what }], t0)).toBe(expected);
  });

  it("by name says nothing of an instance whose job is not known", () => {
    expect(isSilenced(failed, { instanceId: "i1" }, [{ ...mute, glob: "*" }], t0)).toBe(false);
  });

  it("is over at its time", () => {
    expect(isSilenced(failed, about, [{ ...mute, instanceId: "i1" }], t0 + 1)).toBe(false);
  });

  it("neither holds the card nor what is for one person", () => {
    const muted = [{ ...mute, instanceId: "i1" }];
    expect(isSilenced({ ...failed, to: "owner" }, about, muted, t0)).toBe(false);
    expect(isSilenced({ ...told, kind: "card", to: "card", face: { word: "FAILED" } }, about, muted, t0)).toBe(false);
    expect(isSilenced({ ...told, kind: "opened", to: "card", face: { word: "FAILED" } }, about, muted, t0)).toBe(false);
  });
});

describe("a snooze", () => {
  it.each([
    ["its failure", failed, false],
    ["its success", { ...failed, outcome: "success" } as const, false],
    ["that it is gone", { ...told, kind: "missing", since: 0 } as const, false],
    ["a missed deadline", missed, true],
    ["a standstill", stuck, true],
  ])("and %s", (_, announcement, expected) => {
    expect(isSilenced(announcement, { ...about, snoozedUntil: t0 + 1 }, [], t0)).toBe(expected);
    expect(isSilenced(announcement, { ...about, snoozedUntil: t0 }, [], t0)).toBe(false);
  });
});

describe("a channel that muted an instance", () => {
  const channel = { team: "T1", channel: "C1" };
  const muting = async (until: number) => {
    const world = aWorld();
    const { channels } = world.stores.ports;
    await channels.save({ ...(await channels.state(channel)), mutes: [{ id: "m", instanceId: "i1", until, by: "ann" }] });
    for (const id of ["i1", "i2"]) {
      world.run({ id, stages: oneStage(4), ends: "FAILED" });
      await world.watch(id);
    }
    return world;
  };

  it("sees its failure on the card only, and that of others as ever", async () => {
    const world = await muting(t0 + min(60));
    await world.minutes(6);
    expect(world.posts.map(({ watch, key }) => `${watch.split("/")[3]} ${key}`)).toEqual([
      "i1 card:opened",
      "i2 card:opened",
      "i2 finished",
    ]);
    expect([...world.cards.values()]).toEqual(["FAILED", "FAILED"]);
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("hears of it again when the mute is over", async () => {
    const world = await muting(t0 + min(4));
    await world.minutes(6);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(2);
  });

  it("has a card of it where it subscribed to failures, though no word", async () => {
    const world = aWorld();
    const { channels } = world.stores.ports;
    await channels.save({
      ...(await channels.state(channel)),
      mutes: [{ id: "m", glob: "etl*", until: t0 + min(60), by: "ann" }],
    });
    world.stores.subscriptions.push({
      schema: 1,
      id: "s",
      ...place,
      channel: "C1",
      createdBy: "ann",
      createdAt: t0,
      on: ["failed"],
    });
    await world.stores.ports.groups.wake(place, t0);
    await world.minutes(1);
    world.run({ id: "i1", start: world.now(), stages: oneStage(2), ends: "FAILED", jobName: "etl_orders" });
    await world.minutes(5);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    expect([...world.cards.values()]).toEqual(["FAILED"]);
  });
});

describe("a snoozed watch", () => {
  it("says on its card until when, tells nothing but its end, and tells again when the time is over", async () => {
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(40), ends: "FAILED" });
    const { watch } = await world.watch("i1", { by: t0 + min(10) });
    await world.minutes(1);
    const { groups, watches } = world.stores.ports;
    await groups.wake(place, world.now());
    const leased = await groups.lease("T1/main/prod", world.now(), world.now() + 1);
    const current = await watches.get(watch.id);
    if (leased === undefined || current === undefined) throw new Error("there is no watch");
    await watches.commit({ ...current, snoozedUntil: t0 + min(30) }, leased.lease);
    await groups.release(leased.lease, { nextScanAt: world.now(), memory: leased.group.memory });
    await world.minutes(12);
    expect(world.stores.readWatch(watch.id)?.face).toMatchObject({ snoozedUntil: t0 + min(30), deadline: "missed" });
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened"]);
    await world.minutes(32);
    expect(world.posts.map(({ key }) => key)).toEqual(["card:opened", "milestone:75", "finished"]);
  });
});

describe("an acknowledgement", () => {
  const done: Watch = {
    ...newWatch({ ...place, instanceId: "i1", channel: "C1", startedBy: "ann" }, t0),
    state: "done",
    thread: { channel: "C1", ts: "1" },
    face: { word: "FAILED" },
    outbox: [],
  };
  const acked = { by: "bob", at: t0 + 5 };

  it("puts who it was on the card, once", () => {
    const shown = withAckShown({ ...done, acked }, t0 + 6);
    expect(shown.outbox.map(({ announcement }) => announcement)).toEqual([
      { kind: "card", key: "card", at: t0 + 6, to: "card", face: { word: "FAILED", acked }, final: true },
    ]);
    expect(showsItsAck(shown)).toBe(true);
    expect(withAckShown(shown, t0 + 7)).toBe(shown);
    expect(withAckShown(done, t0 + 6)).toBe(done);
  });

  it("has nowhere to stand where no card was posted", () => {
    const bare: Watch = { ...done, acked, thread: { channel: "C1" } };
    expect(withAckShown(bare, t0)).toBe(bare);
  });

  it.each([
    ["one that failed", "done", "failed", true],
    ["one that succeeded", "done", "success", false],
    ["one that runs", "active", "running", false],
  ] as const)("of %s", (_, state, outcome, expected) => {
    const seen = { at: 0, outcome, begun: true, running: [], done: [], failed: [], attempts: {}, records: 0, movedAt: 0 };
    expect(hasFailed({ ...done, state, seen })).toBe(expected);
  });
});
