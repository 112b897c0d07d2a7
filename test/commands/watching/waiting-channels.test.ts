import { describe, expect, it } from "vitest";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import type { Held } from "../../../src/watch/index.ts";
import { interleaved, ordersOf } from "../../support/interleaved.ts";
import { t0 } from "../../support/watch/runs.ts";

const channel = { team: "T1", channel: "C1" };
const held = (id: string): Held => ({
  schema: 1,
  id,
  ...channel,
  why: "fold",
  until: t0,
  project: "prod",
  instanceId: "i1",
  announcement: { kind: "finished", key: "finished", at: t0, to: "thread", outcome: "success" },
});

describe("a channel in which something is put aside while another tick finds it empty", () => {
  it("is found by the next, in whatever order the two reach the store", async () => {
    const now = () => t0;
    let orders = 0;
    // Somebody looks for channels that wait in 9 accesses; somebody puts aside in 3, or in 2 where the mark stands.
    for (const order of ordersOf(9, 3)) {
      orders += 1;
      const store = openSqliteStore(":memory:", now);
      const { channels } = createWatchingStores(store, now);
      await channels.hold(held("a"));
      await channels.drop(channel, ["a"]);
      await interleaved(store, order, [
        (mine) => createWatchingStores(mine, now).channels.waiting(t0),
        (mine) => createWatchingStores(mine, now).channels.hold(held("b")),
      ]);
      expect({ order, waiting: await channels.waiting(t0) }).toEqual({ order, waiting: [channel] });
      store.close();
    }
    expect(orders).toBe(220);
  });

  it("leaves no mark behind when it stays empty, so that the rule can rest", async () => {
    const store = openSqliteStore(":memory:", () => t0);
    const { channels } = createWatchingStores(store, () => t0);
    await channels.hold(held("a"));
    await channels.drop(channel, ["a"]);
    await channels.waiting(t0);
    expect(await store.list("waiting-channels", { limit: 10 })).toEqual([]);
  });
});
