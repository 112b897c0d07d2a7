import { afterAll, describe, expect, it } from "vitest";
import type { DynamoClientOptions } from "../../src/aws/dynamo-client.ts";
import { createDynamoStore, dynamoLimits } from "../../src/aws/dynamo-store.ts";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { aDynamoClient, startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
afterAll(async () => {
  await hostile.close();
  await dynalite.close();
});

const connected = (endpoint: string, table: string, over: Partial<DynamoClientOptions>) => {
  const client = aDynamoClient(endpoint, over);
  const store = createDynamoStore({ client, table, now: () => 0, newVersion: () => "v" });
  return { client, get: async () => (await store.get(key))?.value };
};

const key = { partition: "p", id: "one" };

describe("the DynamoDB client", () => {
  it("waits a second for a connection, two for an answer, and tries three times", async () => {
    const { table } = await aDynamoStore(dynalite.endpoint);
    const { client, get } = connected(dynalite.endpoint, table, {});
    await get();
    expect(client.config.requestHandler).toMatchObject({
      config: { connectionTimeout: 1_000, requestTimeout: 2_000, socketTimeout: 2_000, throwOnRequestTimeout: true },
    });
    expect(await client.config.maxAttempts()).toBe(3);
  });

  it("uses the credentials that it is given", async () => {
    const client = aDynamoClient("http://127.0.0.1:1");
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: "test", secretAccessKey: "test" });
  });

  it("gives up an attempt that gets no answer, and makes the next", async () => {
    const { undisturbed, clock, table } = await aDynamoStore(dynalite.endpoint);
    await undisturbed.put(key, 1, clock.now() + 1_000);
    hostile.script("GetItem", "stuck");
    expect(await connected(hostile.endpoint, table, { timeouts: { connectMs: 1_000, requestMs: 150 } }).get()).toBe(1);
    expect(hostile.seen.slice(-2).map(({ trouble }) => trouble)).toEqual(["stuck", undefined]);
  });
});

describe("an operation of the DynamoDB store", () => {
  it("takes five seconds at most, the deciding read included", () => {
    const { readMs, writeMs, decideMs } = dynamoLimits;
    expect([readMs, writeMs + decideMs]).toEqual([5_000, 5_000]);
  });

  it("ends at its limit however long the attempts may last, and a write that was applied has won", async () => {
    const limits = { readMs: 150, writeMs: 150, decideMs: 5_000 };
    const { store, clock } = await aDynamoStore(dynalite.endpoint, hostile.endpoint, { limits });
    hostile.script("PutItem", "stuck");
    const before = hostile.seen.length;
    expect(await store.create(key, 1, clock.now() + 1_000)).toBe(true);
    expect(hostile.seen.slice(before).map(({ operation }) => operation)).toEqual(["PutItem", "GetItem"]);
    hostile.script("GetItem", "stuck");
    await expect(store.get(key)).rejects.toMatchObject({ name: "AbortError" });
    hostile.script("Query", "stuck");
    await expect(store.list("p", { limit: 1 })).rejects.toMatchObject({ name: "AbortError" });
  });
});
