import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { FolderInUse, takeStateFolder } from "../../src/local/state-folder.ts";
import { itemStoreContract } from "../contracts/item-store.ts";
import { manualClock } from "../support/manual-clock.ts";

itemStoreContract("SQLite", async () => {
  const clock = manualClock();
  return { store: openSqliteStore(":memory:", clock.now), clock };
});

const folder = () => mkdtempSync(join(tmpdir(), "odps-"));

describe("the SQLite store", () => {
  it("keeps items when it is opened again, also when it was never closed", async () => {
    const file = join(folder(), "state.db");
    const key = { partition: "p", id: "a" };
    await openSqliteStore(file, () => 0).put(key, "kept", 10);
    expect((await openSqliteStore(file, () => 0).get(key))?.value).toBe("kept");
  });

  it("sweeps what has expired, over several batches, and leaves the rest", async () => {
    const clock = manualClock();
    const store = openSqliteStore(":memory:", clock.now);
    for (let index = 0; index < 250; index += 1) await store.put({ partition: "p", id: `${index}` }, index, clock.now() + 1_000);
    await store.put({ partition: "p", id: "kept" }, "kept", clock.now() + 5_000);
    await clock.advance(2_000);
    expect(await store.sweepExpired()).toBe(250);
    expect((await store.list("p", { limit: 10 })).map(({ value }) => value)).toEqual(["kept"]);
  });
});

describe("the state folder", () => {
  it("is for one process at a time, and says so", () => {
    const path = folder();
    const first = takeStateFolder(path);
    expect(() => takeStateFolder(path)).toThrow(FolderInUse);
    first.release();
    takeStateFolder(path).release();
  });
});
