// What nobody will look at again is seen in the store itself.
import { describe, expect, it } from "vitest";
import { leftoversIn } from "../../../bench/faults/tick/leftovers.ts";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { newWatch, noMemory } from "../../../src/watch/index.ts";

const place = { team: "T1", connection: "default", project: "prod" };
const group = "T1/default/prod";
const now = () => 1_000_000;

async function aBot() {
  const store = openSqliteStore(":memory:", now);
  const stores = createWatchingStores(store, now);
  await stores.groups.wake(place, now());
  const leased = await stores.groups.lease(group, now(), now() + 90_000);
  if (leased === undefined) throw new Error("nobody else is here");
  const asleep = () => stores.groups.release(leased.lease, { memory: noMemory });
  const left = (alive: readonly string[], isOn = true) =>
    leftoversIn(store, { groups: [group], channels: ["T1/C1"], alive: new Set(alive), isOn });
  const watch = () => stores.watches.addIfAbsent(newWatch({ ...place, instanceId: "i1", channel: "C1", startedBy: "U1" }, now()));
  return { stores, asleep, left, watch, lease: leased.lease };
}

describe("what is left over", () => {
  it("is a watch of what has ended, and of what goes on where its group sleeps", async () => {
    const bot = await aBot();
    await bot.watch();
    expect(await bot.left([])).toEqual([expect.stringContaining("is opening still")]);
    expect(await bot.left(["i1"])).toEqual([]);
    await bot.asleep();
    expect(await bot.left(["i1"])).toEqual([expect.stringContaining("in a group that sleeps")]);
  });

  it("is no watch that was closed", async () => {
    const bot = await aBot();
    const { watch } = await bot.watch();
    await bot.stores.watches.close(watch, bot.lease);
    expect(await bot.left([])).toEqual([]);
  });

  it("is a group that is awake while the rule is off", async () => {
    const bot = await aBot();
    expect(await bot.left([], false)).toEqual([expect.stringContaining("the minute rule is off")]);
    await bot.asleep();
    expect(await bot.left([], false)).toEqual([]);
  });

  it("is a subscription in a group that sleeps", async () => {
    const bot = await aBot();
    await bot.stores.subscriptions.put({
      schema: 1,
      id: "s",
      ...place,
      channel: "C1",
      createdBy: "U1",
      createdAt: 0,
      on: ["failed"],
    });
    expect(await bot.left([])).toEqual([]);
    await bot.asleep();
    expect(await bot.left([])).toEqual([expect.stringContaining("subscribed to and sleeps")]);
  });
});
