import { expect, it } from "vitest";
import { lastMinute, takeMinute } from "../../../src/commands/watching/minute.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";

const minute = 60_000;

it("a minute is taken once for each thing, whenever in it the rule fires", async () => {
  const store = openSqliteStore(":memory:", () => 0);
  expect(await takeMinute(store, "tick", 5 * minute + 1)).toBe(true);
  expect(await takeMinute(store, "tick", 6 * minute - 1)).toBe(false);
  expect(await takeMinute(store, "heartbeat", 6 * minute - 1)).toBe(true);
  expect(await takeMinute(store, "tick", 6 * minute)).toBe(true);
});

it("the last minute that something was taken for is known for longer than a heartbeat takes, and is nobody else's", async () => {
  let now = 100 * minute;
  const store = openSqliteStore(":memory:", () => now);
  expect(await lastMinute(store, "heartbeat")).toBeUndefined();
  for (const at of [98, 99, 100]) await takeMinute(store, "tick", at * minute + 5);
  await takeMinute(store, "heartbeat", 95 * minute + 5);
  await takeMinute(store, "hot", 100 * minute);
  expect([await lastMinute(store, "tick"), await lastMinute(store, "heartbeat")]).toEqual([100 * minute, 95 * minute]);
  now = 125 * minute;
  expect(await lastMinute(store, "heartbeat")).toBe(95 * minute);
});
