import { expect, it } from "vitest";
import { takeMinute } from "../../../src/commands/watching/minute.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";

const minute = 60_000;

it("a minute is taken once for each thing, whenever in it the rule fires", async () => {
  const store = openSqliteStore(":memory:", () => 0);
  expect(await takeMinute(store, "tick", 5 * minute + 1)).toBe(true);
  expect(await takeMinute(store, "tick", 6 * minute - 1)).toBe(false);
  expect(await takeMinute(store, "heartbeat", 6 * minute - 1)).toBe(true);
  expect(await takeMinute(store, "tick", 6 * minute)).toBe(true);
});
