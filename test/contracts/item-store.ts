// What every item store must do, whatever it is built on. Run by the test of each store.
import { beforeEach, describe, expect, it } from "vitest";
import type { ItemStore } from "../../src/commands/store.ts";

type Opened = { readonly store: ItemStore; readonly clock: { now(): number; advance(ms: number): Promise<void> } };

export function itemStoreContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name}, as an item store,`, () => {
    let store: ItemStore;
    let clock: Opened["clock"];
    const key = { partition: "p", id: "one" };
    beforeEach(async () => {
      ({ store, clock } = await open());
    });
    const later = (ms: number) => clock.now() + ms;

    it("gives back what was put, and nothing for what was not", async () => {
      await store.put(key, { text: "日本語 <>&\u0000", list: [1, null] }, later(1_000));
      expect((await store.get(key))?.value).toEqual({ text: "日本語 <>&\u0000", list: [1, null] });
      expect(await store.get({ partition: "p", id: "two" })).toBeUndefined();
      expect(await store.get({ partition: "q", id: "one" })).toBeUndefined();
    });

    it("gives back the exact moment of expiry, and another version after every write", async () => {
      const versions: (string | undefined)[] = [];
      const expiresAt = later(1_234);
      const note = async () => {
        const item = await store.get(key);
        expect(item).toMatchObject({ key, expiresAt });
        versions.push(item?.version);
      };
      await store.create(key, 1, expiresAt);
      await note();
      await store.put(key, 1, expiresAt);
      await note();
      await store.replace(key, 1, expiresAt, versions[1] ?? "");
      await note();
      expect(new Set(versions).size).toBe(3);
    });

    it("keeps a value of 100 KB, and one with unusual names in it", async () => {
      const value = JSON.parse(`{"__proto__":{"constructor":1},"":"","long":"${"é".repeat(50_000)}"}`);
      await store.put(key, value, later(1_000));
      expect(JSON.stringify((await store.get(key))?.value)).toBe(JSON.stringify(value));
    });

    it("puts over whatever stands there, expired or not", async () => {
      await store.create(key, "old", later(1_000));
      await store.put(key, "new", later(1_000));
      expect((await store.get(key))?.value).toBe("new");
      await clock.advance(1_000);
      await store.put(key, "newest", later(1_000));
      expect((await store.get(key))?.value).toBe("newest");
    });

    it("creates once: the second creation loses and changes nothing", async () => {
      expect(await store.create(key, 1, later(1_000))).toBe(true);
      expect(await store.create(key, 2, later(1_000))).toBe(false);
      expect((await store.get(key))?.value).toBe(1);
    });

    it("lets exactly one of many simultaneous creations win", async () => {
      const won = await Promise.all(Array.from({ length: 20 }, (_, index) => store.create(key, index, later(1_000))));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it("takes an expired item for absent, before anything swept it", async () => {
      await store.create(key, "old", later(1_000));
      await clock.advance(1_000);
      expect(await store.get(key)).toBeUndefined();
      expect(await store.list("p", { limit: 10 })).toEqual([]);
      expect(await store.create(key, "new", later(1_000))).toBe(true);
    });

    it("replaces only the version that was read", async () => {
      await store.put(key, 1, later(1_000));
      const read = await store.get(key);
      expect(await store.replace(key, 2, later(1_000), read?.version ?? "")).toBe(true);
      expect(await store.replace(key, 3, later(1_000), read?.version ?? "")).toBe(false);
      expect((await store.get(key))?.value).toBe(2);
    });

    it("replaces nothing that is absent or expired", async () => {
      expect(await store.replace(key, 1, later(1_000), "v")).toBe(false);
      await store.put(key, 1, later(1_000));
      const read = await store.get(key);
      await clock.advance(1_000);
      expect(await store.replace(key, 2, later(1_000), read?.version ?? "")).toBe(false);
    });

    it("lets exactly one of many simultaneous replacements win", async () => {
      await store.put(key, 0, later(1_000));
      const version = (await store.get(key))?.version ?? "";
      const won = await Promise.all(Array.from({ length: 20 }, (_, index) => store.replace(key, index, later(1_000), version)));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it("lists a partition in the order of ids, page by page, without its neighbours", async () => {
      for (const id of ["c", "a", "e", "b", "d"]) await store.put({ partition: "p", id }, id, later(1_000));
      await store.put({ partition: "p2", id: "x" }, "x", later(1_000));
      const first = await store.list("p", { limit: 2 });
      const second = await store.list("p", { limit: 2, after: first.at(-1)?.key.id ?? "" });
      const third = await store.list("p", { limit: 2, after: second.at(-1)?.key.id ?? "" });
      expect([...first, ...second, ...third].map(({ value }) => value)).toEqual(["a", "b", "c", "d", "e"]);
    });

    it("orders ids by the bytes of their UTF-8, whatever alphabet they are in", async () => {
      const ordered = ["A", "B", "a", "é", "日", "～", "😀"];
      for (const id of ordered.toReversed()) await store.put({ partition: "p", id }, id, later(1_000));
      expect((await store.list("p", { limit: 10 })).map(({ value }) => value)).toEqual(ordered);
      expect((await store.list("p", { limit: 10, after: "日" })).map(({ value }) => value)).toEqual(["～", "😀"]);
    });

    it("fills a page past any number of expired items, and ends at the last item", async () => {
      for (let index = 10; index < 40; index += 1) await store.put({ partition: "p", id: `${index}` }, index, later(1_000));
      for (const id of ["15", "38", "39"]) await store.put({ partition: "p", id }, "kept", later(5_000));
      await clock.advance(1_000);
      const ids = async (page: { limit: number; after?: string }) => (await store.list("p", page)).map((item) => item.key.id);
      expect(await ids({ limit: 2 })).toEqual(["15", "38"]);
      expect(await ids({ limit: 10, after: "15" })).toEqual(["38", "39"]);
      expect(await ids({ limit: 10, after: "39" })).toEqual([]);
    });

    it("takes an empty `after` for the beginning, and lists nothing when nothing is asked for", async () => {
      await store.put(key, 1, later(1_000));
      expect(await store.list("p", { limit: 10, after: "" })).toHaveLength(1);
      expect(await store.list("p", { limit: 0 })).toEqual([]);
    });
  });
}
