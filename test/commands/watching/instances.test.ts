import { describe, expect, it } from "vitest";
import type { ItemStore } from "../../../src/commands/store.ts";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { evidenceOf } from "../../../src/watch/evidence.ts";
import { newRecord, type PublicEvent } from "../../../src/watch/index.ts";
import { withFacts } from "../../../src/watch/instance-record.ts";
import { interleaved, ordersOf } from "../../support/interleaved.ts";
import { min, observationAt, t0 } from "../../support/watch/runs.ts";

const place = { team: "T1", connection: "main", project: "prod" };
const group = "T1/main/prod";
const now = () => t0;
const event = (id: string): PublicEvent => ({
  type: "InstanceProgressed",
  id,
  at: t0,
  ...place,
  instanceId: "i1",
  what: "started",
});

/** Throws at its `at`th write, before or after it takes place. */
function dying(store: ItemStore, at: number, moment: "before" | "after"): ItemStore {
  let writes = 0;
  const write = async (take: () => Promise<boolean>) => {
    writes += 1;
    if (writes === at && moment === "before") throw new Error("died");
    const answer = await take();
    if (writes === at) throw new Error("died");
    return answer;
  };
  return {
    get: store.get,
    list: store.list,
    put: store.put,
    create: (...args) => write(() => store.create(...args)),
    replace: (...args) => write(() => store.replace(...args)),
  };
}

describe("a record of an instance", () => {
  it.each([
    [1, "before", 0],
    [1, "after", 1],
    [2, "before", 1],
    [2, "after", 1],
  ] as const)("whose writer died at write %i, %s it, is whole for the next", async (at, moment, found) => {
    const store = openSqliteStore(":memory:", now);
    const next = withFacts(newRecord(place, "i1"), undefined, [event("e1")]);
    const { instances } = createWatchingStores(dying(store, at, moment), now);
    await expect(instances.save(next)).rejects.toThrow("died");
    const others = createWatchingStores(store, now).instances;
    expect(await others.unpublished(group)).toHaveLength(found);
    // Whoever follows does as the dead would have done: the event is there once, and goes once.
    const again = withFacts((await others.get(place, "i1")) ?? newRecord(place, "i1"), undefined, [event("e1")]);
    if (found === 0) await others.save(again);
    const record = await others.get(place, "i1");
    expect(record).toMatchObject({ events: [event("e1")], known: ["e1"] });
    expect(await others.save({ ...record!, events: [] })).toBe(true);
    expect(await others.unpublished(group)).toEqual([]);
    expect((await others.get(place, "i1"))?.known).toEqual(["e1"]);
  });

  it("loses no event when one publishes while another adds, in whatever order the two reach the store", async () => {
    for (const order of ordersOf(5, 6)) {
      const store = openSqliteStore(":memory:", now);
      const { instances } = createWatchingStores(store, now);
      await instances.save(withFacts(newRecord(place, "i1"), undefined, [event("e1")]));
      let published: string[] = [];
      let isAdded = false;
      await interleaved(store, order, [
        async (mine) => {
          const mines = createWatchingStores(mine, now).instances;
          const record = await mines.get(place, "i1");
          const isTaken = record !== undefined && (await mines.save({ ...record, events: [] }));
          if (isTaken) published = record.events.map(({ id }) => id);
        },
        async (mine) => {
          const mines = createWatchingStores(mine, now).instances;
          const record = await mines.get(place, "i1");
          isAdded = record !== undefined && (await mines.save(withFacts(record, undefined, [event("e2")])));
        },
      ]);
      const events = (await instances.get(place, "i1"))?.events.map(({ id }) => id) ?? [];
      expect({ order, all: [...published, ...events].toSorted() }).toEqual({ order, all: isAdded ? ["e1", "e2"] : ["e1"] });
      expect(published.length > 0 || isAdded).toBe(true);
      store.close();
    }
  });

  it("has its evidence packed, a fraction of what it says", async () => {
    const store = openSqliteStore(":memory:", now);
    const { instances } = createWatchingStores(store, now);
    const stages = Array.from({ length: 300 }, (_, index) => ({ name: `M${index}`, workers: 10, minutes: 1 }));
    const seen = observationAt({ id: "i1", stages, ends: "FAILED" }, t0 + min(400));
    if (seen.kind !== "seen") throw new Error("it is not there");
    const evidence = evidenceOf(seen, t0);
    await instances.save({ ...newRecord(place, "i1"), evidence });
    const stored = await store.get({ partition: `instances/${group}`, id: "i1" });
    expect(JSON.stringify(stored?.value).length).toBeLessThan(JSON.stringify(evidence).length / 5);
    expect((await instances.get(place, "i1"))?.evidence).toEqual(JSON.parse(JSON.stringify(evidence)));
  });
});

it("a run that is in the history of its job costs no write", async () => {
  const store = openSqliteStore(":memory:", now);
  const run = { instanceId: "i1", outcome: "success" as const, endedAt: t0 };
  await createWatchingStores(store, now).histories.add("prod/etl", run);
  const { histories } = createWatchingStores(dying(store, 1, "before"), now);
  expect((await histories.add("prod/etl", run)).runs).toEqual([run]);
});
