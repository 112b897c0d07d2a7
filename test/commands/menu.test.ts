import { describe, expect, it } from "vitest";
import { matching } from "../../src/commands/menu.ts";
import { createRecallBook, createShown, type Listed } from "../../src/commands/recall.ts";
import { minutes } from "../../src/commands/store.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import type { ShownInstance } from "../../src/view/index.ts";
import { manualClock } from "../support/manual-clock.ts";

const ann = { team: "T1", user: "ann" };
const row = (over: Partial<Listed> = {}): Listed => ({
  ...{ project: "demo_project", instanceId: "20261122094800123gabcd12", ref: "r1:E-1.0", status: "Running", waits: false },
  ...over,
});

function aBook() {
  const clock = manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  return { clock, store, book: createRecallBook(store, clock.now), shown: createShown(store, clock.now) };
}

describe("what a person was shown", () => {
  it("is theirs alone, and the channel's", async () => {
    const { book, shown } = aBook();
    await book.of(ann, "C1").listed([row({ owner: "ALIYUN$bob", outcome: "running" })]);
    expect(await shown(ann, "C1")).toEqual([
      {
        ...{ ref: "r1:E-1.0", instanceId: "20261122094800123gabcd12", number: 1 },
        ...{ owner: "ALIYUN$bob", status: "Running", outcome: "running", waits: false },
      },
    ]);
    expect(await shown({ ...ann, user: "bob" }, "C1")).toEqual([]);
    expect(await shown({ ...ann, team: "T2" }, "C1")).toEqual([]);
    expect(await shown(ann, "C2")).toEqual([]);
  });

  it("loses its numbers with the list, not its references", async () => {
    const { clock, book, shown } = aBook();
    await book.of(ann, "C1").listed([row()]);
    await clock.advance(minutes(16));
    const [first] = await shown(ann, "C1");
    expect(first).toMatchObject({ ref: "r1:E-1.0" });
    expect(first).not.toHaveProperty("number");
  });

  it("of an earlier version has no references: it cannot be picked, and still has its numbers", async () => {
    const { clock, store, book, shown } = aBook();
    const rows = [{ project: "demo_project", instanceId: "20261122094800123gabcd12" }];
    const key = { partition: "recall/T1/ann", id: "C1" };
    await store.put(key, { schema: 1, recent: [], list: { shownAt: clock.now(), rows } }, clock.now() + minutes(60));
    expect(await shown(ann, "C1")).toEqual([]);
    expect(await book.of(ann, "C1").row(1)).toEqual(rows[0]);
  });
});

describe("typing into a menu", () => {
  const instance = (over: Partial<ShownInstance>): ShownInstance => ({
    ...{ ref: "r1:E-1.0", instanceId: "20261122094800123gabcd12", number: 1, status: "Terminated", waits: false },
    ...over,
  });
  const all = [
    instance({ number: 1, owner: "ALIYUN$ann", outcome: "success" }),
    instance({ number: 2, instanceId: "20261122100000000gother99", owner: "ALIYUN$bob", outcome: "failed" }),
    instance({ number: 3, instanceId: "20261122110000000gwaits00", status: "Running", outcome: "running", waits: true }),
  ];

  it.each([
    ["", [1, 2, 3]],
    ["  ", [1, 2, 3]],
    ["OTHER99", [2]],
    ["$ann", [1]],
    ["failed", [2]],
    ["terminated", [1, 2]],
    ["waiting", [3]],
    ["#2", [2]],
    ["nothing like it", []],
  ])("%j leaves %j", (typed, numbers) => {
    expect(matching(all, typed).map(({ number }) => number)).toEqual(numbers);
  });
});
