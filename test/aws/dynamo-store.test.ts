import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, describe, expect, it } from "vitest";
import { type Attributes, keyAttributes, largestValueBytes } from "../../src/aws/dynamo-row.ts";
import { itemStoreContract } from "../contracts/item-store.ts";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

itemStoreContract("DynamoDB", () => aDynamoStore(dynalite.endpoint));

for (const seed of [1, 2, 3]) {
  const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0, seed });
  afterAll(() => hostile.close());
  itemStoreContract(`DynamoDB at its worst (seed ${seed})`, () => aDynamoStore(dynalite.endpoint, hostile.endpoint));
}

describe("the DynamoDB store", () => {
  const key = { partition: "p", id: "one" };

  it("rounds the sweep's expiry up to whole seconds, so that nothing is swept before it has expired", async () => {
    const { store, client, table } = await aDynamoStore(dynalite.endpoint);
    await store.put(key, [1], 1_790_000_000_001);
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyAttributes(key) }));
    expect(Item).toEqual({
      pk: { S: "p" },
      sk: { S: "one" },
      value: { S: "[1]" },
      version: { S: "version-0" },
      expiresAt: { N: "1790000001" },
      expiresMs: { N: "1790000000001" },
      schema: { N: "1" },
    });
  });

  it("reads consistently wherever it reads, also to decide what became of a write", async () => {
    const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
    const { store, clock } = await aDynamoStore(dynalite.endpoint, hostile.endpoint);
    hostile.script("PutItem", "lost");
    await store.create(key, 1, clock.now() + 1_000);
    await store.get(key);
    await store.list("p", { limit: 10 });
    const reads = hostile.seen.filter(({ operation }) => operation !== "PutItem");
    expect(reads.map(({ operation, input }) => [operation, input.ConsistentRead])).toEqual([
      ["GetItem", true],
      ["GetItem", true],
      ["Query", true],
    ]);
    await hostile.close();
  });

  it("takes a value of 350 KB and refuses a larger one with a word about its size, writing nothing", async () => {
    const { store, clock } = await aDynamoStore(dynalite.endpoint);
    const largest = "é".repeat((largestValueBytes - 2) / 2);
    const later = clock.now() + 1_000;
    expect(await store.create(key, largest, later)).toBe(true);
    await expect(store.put(key, `${largest}x`, later)).rejects.toThrow("358400 bytes as JSON, and this one has 358401");
    expect((await store.get(key))?.value).toBe(largest);
  });

  it.each([
    ["undefined", undefined, 1],
    ["an endless life", 1, Number.POSITIVE_INFINITY],
  ])("refuses %s before it asks DynamoDB", async (_name, value, expiresAt) => {
    const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
    const { store } = await aDynamoStore(dynalite.endpoint, hostile.endpoint);
    await expect(store.create(key, value, expiresAt)).rejects.toThrow(/must/);
    expect(hostile.seen).toEqual([]);
    await hostile.close();
  });

  it.each([
    ["a later release", { schema: { N: "2" } }],
    ["somebody else", { version: { N: "7" } }],
  ])("does not guess at an item that was written by %s", async (_name, strange) => {
    const { store, client, table, clock } = await aDynamoStore(dynalite.endpoint);
    await store.put(key, 1, clock.now() + 1_000);
    await alter(client, table, strange);
    await expect(store.get(key)).rejects.toThrow(/schema|version/);
  });

  it("lists the other items of a partition where a later release wrote one", async () => {
    const { store, client, table, clock } = await aDynamoStore(dynalite.endpoint);
    for (const id of ["one", "two"]) await store.put({ partition: "p", id }, id, clock.now() + 1_000);
    await alter(client, table, { schema: { N: "2" } });
    expect((await store.list("p", { limit: 10 })).map(({ value }) => value)).toEqual(["two"]);
  });

  const alter = async (client: DynamoDBClient, table: string, strange: Attributes) => {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyAttributes(key) }));
    await client.send(new PutItemCommand({ TableName: table, Item: { ...Item, ...strange } }));
  };
});
