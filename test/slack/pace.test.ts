import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createPace } from "../../src/slack/pace.ts";
import { manualClock } from "../support/manual-clock.ts";

function twoProcesses() {
  const clock = manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  return {
    clock,
    one: createPace(store, clock.now, "T1"),
    two: createPace(store, clock.now, "T1"),
    elsewhere: createPace(store, clock.now, "T2"),
  };
}

describe("posts to a channel", () => {
  it("may come three at once, then one a second, whichever process makes them", async () => {
    const { one, two } = twoProcesses();
    const waits = [];
    for (let index = 0; index < 6; index += 1) waits.push(await (index % 2 === 0 ? one : two).postAfter("C1"));
    expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
  });

  it("get their burst back while nobody posts, and no more than that", async () => {
    const { one, clock } = twoProcesses();
    for (let index = 0; index < 5; index += 1) await one.postAfter("C1");
    await clock.advance(60_000);
    const waits = [];
    for (let index = 0; index < 4; index += 1) waits.push(await one.postAfter("C1"));
    expect(waits).toEqual([0, 0, 0, 1_000]);
  });

  it("of another channel or workspace are not held up", async () => {
    const { one, elsewhere } = twoProcesses();
    for (let index = 0; index < 5; index += 1) await one.postAfter("C1");
    expect(await one.postAfter("C2")).toBe(0);
    expect(await elsewhere.postAfter("C1")).toBe(0);
  });

  it("leave a moment that is too far away to others", async () => {
    const { one, two } = twoProcesses();
    const waits = [];
    for (let index = 0; index < 9; index += 1) waits.push(await one.postAfter("C1", 2_000));
    expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 3_000, 3_000, 3_000, 3_000]);
    expect(await two.postAfter("C1")).toBe(3_000);
  });

  it("that compete each get a moment of their own", async () => {
    const { one, two } = twoProcesses();
    const waits = await Promise.all([one.postAfter("C1"), two.postAfter("C1"), one.postAfter("C1"), two.postAfter("C1")]);
    expect(waits.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1_000]);
  });
});

describe("a method that Slack limits", () => {
  it("is held by everybody until then", async () => {
    const { one, two, clock } = twoProcesses();
    expect(await two.heldFor("chat.postMessage")).toBe(0);
    await one.hold("chat.postMessage", 5_000);
    expect(await two.heldFor("chat.postMessage")).toBe(5_000);
    expect(await two.heldFor("chat.update")).toBe(0);
    await clock.advance(5_001);
    expect(await two.heldFor("chat.postMessage")).toBe(0);
  });

  it("is held for the longest that Slack said to anybody, in whatever order", async () => {
    const { one, two, clock } = twoProcesses();
    await one.hold("chat.postMessage", 30_000);
    await two.hold("chat.postMessage", 1_000);
    expect(await one.heldFor("chat.postMessage")).toBe(30_000);
    await clock.advance(30_001);
    await two.hold("chat.postMessage", 1_000);
    await Promise.all([two.hold("chat.postMessage", 9_000), one.hold("chat.postMessage", 2_000)]);
    expect(await one.heldFor("chat.postMessage")).toBe(9_000);
  });
});
