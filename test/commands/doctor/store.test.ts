import { describe, expect, it } from "vitest";
import { storeCheckup } from "../../../src/commands/doctor/store.ts";
import type { ItemStore } from "../../../src/commands/store.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";

const fix = "Make room.";

const found = (broken: (store: ItemStore) => Partial<ItemStore> = () => ({})) => {
  const store = openSqliteStore(":memory:", () => 0);
  return storeCheckup({ store: { ...store, ...broken(store) }, now: () => 0, newId: () => "one", fix }).run(0);
};
const refuse = () => Promise.reject(new Error("attempt to write a readonly database"));

describe("the check of the store", () => {
  it("finds a good one well", async () => {
    expect(await found()).toEqual({ state: "ok", seen: "written, read back, and a write on old news refused" });
  });

  it.each<[string, (store: ItemStore) => Partial<ItemStore>, string, string]>([
    ["can only be read", () => ({ put: refuse, create: refuse, replace: refuse }), "nothing can be written: Error", fix],
    ["forgets", () => ({ get: async () => undefined }), "cannot be read back", fix],
    ["cannot be read", () => ({ get: refuse }), "cannot be read back", fix],
    ["creates what is there", () => ({ create: async () => true }), "had to be refused was not", "conditional writes"],
    ["replaces what has changed", () => ({ replace: async () => true }), "had to be refused was not", "conditional writes"],
    ["replaces nothing", () => ({ replace: async () => false }), "had to be done was refused", "conditional writes"],
  ])("finds one that %s broken", async (_, broken, seen, says) => {
    const finding = await found(broken);
    expect(finding).toMatchObject({ state: "broken", seen: expect.stringContaining(seen), fix: expect.stringContaining(says) });
  });
});
