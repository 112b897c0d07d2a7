import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { createSealedStore } from "../../src/aws/sealed-store.ts";
import { createLedger } from "../../src/commands/ledger.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { itemStoreContract } from "../contracts/item-store.ts";
import { aRequest } from "../support/a-bot.ts";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";
import { manualClock } from "../support/manual-clock.ts";

const old = randomBytes(32).toString("base64");
const key = randomBytes(32).toString("base64");
const dynalite = await startDynalite();
afterAll(() => dynalite.close());

itemStoreContract("A sealed table", async () => {
  const { store, clock } = await aDynamoStore(dynalite.endpoint);
  return { store: createSealedStore({ store, keys: async () => [key], now: clock.now }), clock };
});

const aSealedStore = (keys: string[] = [key]) => {
  const clock = manualClock();
  const plain = openSqliteStore(":memory:", clock.now);
  const store = createSealedStore({ store: plain, keys: async () => keys, now: clock.now });
  return { clock, plain, store, keys, in: clock.now() + 60_000 };
};

describe("what a sealed store keeps", () => {
  const at = { partition: "requests", id: "E-1" };

  it("is nothing that can be read without the key, while a request waits", async () => {
    const { plain, store, clock } = aSealedStore();
    const ask = { kind: "text", text: "list --owner S3CRET" } as const;
    const replyTo = { channel: "C1", direct: false, replaceable: false, responseUrl: "https://hooks.slack.test/S3CRET" };
    const request = aRequest({ id: "E-1", ask, replyTo });
    const ledger = createLedger(store, clock.now);
    await ledger.receive(request);
    expect(JSON.stringify(await plain.get(at))).not.toMatch(/S3CRET|hooks|list|running|received/);
    expect(await ledger.unfinished()).toEqual([{ request, state: "received" }]);
  });

  it("is read with the key before, and written with the new one, while the key is rotated", async () => {
    const { plain, store, keys, in: later } = aSealedStore([old]);
    await store.put(at, "before", later);
    keys.unshift(key);
    expect((await store.get(at))?.value).toBe("before");
    await store.put(at, "after", later);
    keys.pop();
    expect((await store.get(at))?.value).toBe("after");
    expect((await store.list("requests", { limit: 9 })).map(({ value }) => value)).toEqual(["after"]);
    expect(JSON.stringify(await plain.get(at))).not.toContain("after");
  });

  it("is read with a key that came up since, once the keys it knew were doubted", async () => {
    const { plain, store, in: later } = aSealedStore();
    await store.put(at, "mine", later);
    let known = [old];
    const doubt = () => {
      known = [key, old];
    };
    const other = createSealedStore({ store: plain, keys: async () => known, doubt, now: () => 0 });
    expect((await other.get(at))?.value).toBe("mine");
  });

  it.each([
    ["with a key that is gone", [randomBytes(32).toString("base64")], at],
    ["under another id", [key], { ...at, id: "E-2" }],
    ["in another partition", [key], { ...at, partition: "transfers" }],
  ])("is no value %s", async (_, keys, place) => {
    const { plain, store, in: later } = aSealedStore();
    await store.put(at, "mine", later);
    await plain.put(place, (await plain.get(at))?.value, later);
    const other = createSealedStore({ store: plain, keys: async () => keys, now: () => 0 });
    expect(await other.get(place)).toMatchObject({ key: place, value: undefined });
  });

  it("is no value that was put there in the clear", async () => {
    const { plain, store, in: later } = aSealedStore();
    for (const value of ["mine", { state: "received" }, null, 1]) {
      await plain.put(at, value, later);
      expect(await store.get(at)).toMatchObject({ value: undefined });
    }
  });
});
