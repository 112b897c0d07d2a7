// Whoever starts a watch may die between any two of its steps; nobody may have to start it again for it to be followed.
import { describe, expect, it } from "vitest";
import { addWatch, newWatch, type Ports } from "../../src/watch/index.ts";
import { itemStores } from "../support/watch/item-ports.ts";
import { memoryStores } from "../support/watch/memory-ports.ts";
import { min } from "../support/watch/runs.ts";
import { aWorldOn, place } from "../support/watch/world.ts";

class Died extends Error {}

describe.each([
  ["in memory", () => aWorldOn(memoryStores)],
  ["over SQLite", () => aWorldOn(itemStores)],
] as const)("a watch whose starter dies, with stores %s,", (_, open) => {
  it.each([
    ["nobody is at work", async () => {}],
    ["a tick finds nothing to watch meanwhile", (tick: () => Promise<void>) => tick()],
  ] as const)("is followed all the same when %s", async (_when, meanwhile) => {
    const world = open();
    world.run({ id: "i1" });
    const { groups, watches, schedule } = world.ports;
    const dying: Pick<Ports, "groups" | "watches" | "schedule"> = {
      groups,
      schedule,
      watches: {
        ...watches,
        async addIfAbsent(watch) {
          await meanwhile(() => world.tick());
          await watches.addIfAbsent(watch);
          throw new Died();
        },
      },
    };
    const watch = newWatch({ ...place, instanceId: "i1", channel: "C1", startedBy: "ann" }, world.now());
    await expect(addWatch(dying, watch, world.now())).rejects.toThrow(Died);
    world.move(min(1));
    await world.minutes(3);
    expect(world.posts.map(({ key }) => key)).toContain("card:opened");
  });
});
