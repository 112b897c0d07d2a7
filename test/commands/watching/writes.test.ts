// What watching costs: a write is money, and a scan of ten thousand watches must not make one.
import { describe, expect, it } from "vitest";
import type { ItemStore } from "../../../src/commands/store.ts";
import { newWatch } from "../../../src/watch/index.ts";
import { itemStores } from "../../support/watch/item-ports.ts";
import { min, oneStage } from "../../support/watch/runs.ts";
import { aWorldOn, place } from "../../support/watch/world.ts";

/** Partitions written to since the last time. */
function counted() {
  let written: string[] = [];
  const world = aWorldOn((now, mortal) =>
    itemStores(now, (store) => {
      const note = <Answer>(partition: string, write: Promise<Answer>) => {
        written.push(partition.split("/")[0] ?? "");
        return write;
      };
      const noting: ItemStore = {
        get: store.get,
        list: store.list,
        create: (key, ...rest) => note(key.partition, store.create(key, ...rest)),
        put: (key, ...rest) => note(key.partition, store.put(key, ...rest)),
        replace: (key, ...rest) => note(key.partition, store.replace(key, ...rest)),
      };
      return mortal(noting);
    }),
  );
  return {
    world,
    writes() {
      const counts = Object.groupBy(written, (partition) => partition);
      written = [];
      return Object.fromEntries(Object.entries(counts).map(([partition, each]) => [partition, each?.length]));
    },
  };
}

describe("the writes of a tick", () => {
  it("are its lease and its release while everything is still running, and six for each of 20 instances that end", async () => {
    const { world, writes } = counted();
    const { watches, groups } = world.stores.ports;
    for (let index = 0; index < 60; index += 1) {
      world.run({ id: `i${index}`, stages: oneStage(600), stuckAtMin: 30, jobName: `job${index}` });
      const options = { stuckMs: min(100_000) };
      await watches.addIfAbsent(
        newWatch({ ...place, instanceId: `i${index}`, channel: `C${index}`, startedBy: "ann", options }, world.now()),
      );
    }
    await groups.wake(place, world.now());
    world.move(min(90));
    await world.tick(3_600_000);
    world.move(min(90));
    await world.tick(3_600_000);
    writes();
    world.move(min(6));
    await world.tick(3_600_000);
    expect(writes()).toEqual({ "scan-groups": 2 });
    for (let index = 0; index < 20; index += 1) {
      world.run({ id: `i${index}`, stages: oneStage(1), ends: "FAILED", jobName: `job${index}` });
    }
    world.move(min(6));
    await world.tick(3_600_000);
    expect(world.posts.filter(({ key }) => key === "finished")).toHaveLength(20);
    expect(world.published).toHaveLength(20);
    expect(writes()).toEqual({ "scan-groups": 2, watches: 40, instances: 20, unpublished: 40, history: 20 });
  });
});
