import { describe, expect, it } from "vitest";
import { createLastingRefs, lastingRef } from "../../src/commands/lasting-refs.ts";
import { createRefBook } from "../../src/commands/refs.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { manualClock } from "../support/manual-clock.ts";

const day = 86_400_000;
const instances = [
  { project: "p", instanceId: "i1" },
  { project: "p", instanceId: "i2" },
];

async function kept() {
  const clock = manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  await createLastingRefs(store, clock.now).keep("T1", "a watch", instances);
  const book = createRefBook(store, clock.now);
  return { clock, open: (ref: string, team = "T1") => book.open({ team, user: "U1" }, ref) };
}

describe("a lasting reference", () => {
  it("is the same whenever it is made, and another for another thing", () => {
    expect(lastingRef("a watch")).toBe(lastingRef("a watch"));
    expect(new Set([lastingRef("a watch"), lastingRef("another"), lastingRef("a watch", 1)]).size).toBe(3);
  });

  it("names its instance for months, then nothing", async () => {
    const { open, clock } = await kept();
    await clock.advance(110 * day);
    expect([await open(lastingRef("a watch")), await open(lastingRef("a watch", 1))]).toEqual(instances);
    expect(await open(lastingRef("a watch", 2))).toBeUndefined();
    await clock.advance(11 * day);
    expect(await open(lastingRef("a watch"))).toBeUndefined();
  });

  it("is nothing to another team, and gives away nothing of what it is about", async () => {
    const { open } = await kept();
    expect(await open(lastingRef("a watch"), "T2")).toBeUndefined();
    expect(lastingRef("a watch")).not.toContain("watch");
  });
});
