// The proxy against which stores are tried must itself be as bad as it says.
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, describe, expect, it } from "vitest";
import { dynamoTable } from "../../src/aws/dynamo-table.ts";
import { aDynamoClient, makeTable, startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";
import { longestLagMs } from "../support/hostile-dynamo-index.ts";
import { type Trouble, troubleOf, troubles } from "../support/hostile-dynamo-trouble.ts";
import { manualClock } from "../support/manual-clock.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

const ids = Array.from({ length: 8 }, (_, index) => `item-${index}`);
const item = (id: string): Record<string, AttributeValue> => ({ pk: { S: "p" }, sk: { S: id }, due: { N: id.slice(5) } });
const idsOf = (items: readonly Record<string, AttributeValue>[] | undefined) => (items ?? []).map(({ sk }) => sk?.S);
let tables = 0;

const open = async () => {
  const clock = manualClock();
  const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: clock.now, seed: 1 });
  tables += 1;
  const TableName = `hostile-${tables}`;
  const client = aDynamoClient(hostile.endpoint);
  await makeTable(aDynamoClient(dynalite.endpoint), TableName, {
    AttributeDefinitions: [...dynamoTable.AttributeDefinitions, { AttributeName: "due", AttributeType: "N" }],
    GlobalSecondaryIndexes: [
      {
        IndexName: "by-due",
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "due", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  });
  const put = async (some: readonly string[]) => {
    for (const id of some) await client.send(new PutItemCommand({ TableName, Item: item(id) }));
  };
  const query = { TableName, KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": { S: "p" } } };
  const onIndex = async () => {
    const { Items: first, LastEvaluatedKey } = await client.send(new QueryCommand({ ...query, IndexName: "by-due" }));
    if (LastEvaluatedKey === undefined) return idsOf(first);
    const next = new QueryCommand({ ...query, IndexName: "by-due", ExclusiveStartKey: LastEvaluatedKey });
    return [...idsOf(first), ...idsOf((await client.send(next)).Items)];
  };
  return { client, clock, TableName, put, query, onIndex, hostile, [Symbol.asyncDispose]: () => hostile.close() };
};

describe("the hostile DynamoDB", () => {
  it("gives pages of three items, however many are asked for", async () => {
    await using opened = await open();
    const { client, TableName, put, query } = opened;
    await put(ids);
    const page = await client.send(new QueryCommand({ ...query, Limit: 100 }));
    expect(idsOf(page.Items)).toEqual(["item-0", "item-1", "item-2"]);
    expect(page.LastEvaluatedKey).toBeDefined();
    expect((await client.send(new QueryCommand({ ...query, Limit: 1 }))).Items).toHaveLength(1);
    expect((await client.send(new ScanCommand({ TableName }))).Items).toHaveLength(3);
  });

  it("does half of a batch and names the rest", async () => {
    await using opened = await open();
    const { client, TableName } = opened;
    const write = ids.slice(0, 5).map((id) => ({ PutRequest: { Item: item(id) } }));
    const written = await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: write } }));
    expect(written.UnprocessedItems?.[TableName]).toEqual(write.slice(3));
    const Keys = ids.slice(0, 3).map((id) => ({ pk: { S: "p" }, sk: { S: id } }));
    const read = await client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }));
    expect(read.Responses?.[TableName]).toHaveLength(2);
    expect(read.UnprocessedKeys?.[TableName]?.Keys).toEqual(Keys.slice(2));
  });

  it("shows a write on an index up to two seconds late, and later writes before earlier ones", async () => {
    await using opened = await open();
    const { put, onIndex, clock } = opened;
    await put(ids.slice(0, 6));
    expect(await onIndex()).toEqual([]);
    await clock.advance(longestLagMs / 2);
    const early = await onIndex();
    expect(early.length).toBeGreaterThan(0);
    expect(early).not.toEqual(ids.slice(0, early.length));
    await clock.advance(longestLagMs / 2);
    expect(await onIndex()).toEqual(ids.slice(0, 6));
  });

  it("shows on an index for a while what is already deleted", async () => {
    await using opened = await open();
    const { client, TableName, put, onIndex, clock } = opened;
    await put(["item-0"]);
    await clock.advance(longestLagMs);
    await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: "p" }, sk: { S: "item-0" } } }));
    expect(await onIndex()).toEqual(["item-0"]);
    await clock.advance(longestLagMs);
    expect(await onIndex()).toEqual([]);
  });

  it("refuses a consistent read on an index", async () => {
    await using opened = await open();
    const { client, query } = opened;
    const read = new QueryCommand({ ...query, IndexName: "by-due", ConsistentRead: true });
    await expect(client.send(read)).rejects.toThrow("Consistent reads are not supported on global secondary indexes");
  });

  it("takes a time to live and never deletes by it", async () => {
    await using opened = await open();
    const { client, TableName, clock } = opened;
    const TimeToLiveSpecification = { AttributeName: "expiresAt", Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    const expired = { ...item("item-0"), expiresAt: { N: "1" } };
    await client.send(new PutItemCommand({ TableName, Item: expired }));
    await clock.advance(48 * 3_600_000);
    const Key = { pk: { S: "p" }, sk: { S: "item-0" } };
    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(expired);
  });

  it.each([
    ["throttled", "ProvisionedThroughputExceededException", false],
    ["limited", "ThrottlingException", false],
    ["failed", "InternalServerError", false],
    ["cut", "TimeoutError", false],
    ["lost", "TimeoutError", true],
    ["half", "Error", true],
    ["broken", "InternalServerError", true],
  ] as const)("answers a write that is %s with %s, applied: %s", async (trouble, name, isApplied) => {
    await using opened = await open();
    const { client, TableName, hostile } = opened;
    hostile.script("PutItem", trouble, trouble, trouble);
    await expect(client.send(new PutItemCommand({ TableName, Item: item("item-0") }))).rejects.toMatchObject({ name });
    const Key = { pk: { S: "p" }, sk: { S: "item-0" } };
    const { Item } = await aDynamoClient(dynalite.endpoint).send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    expect(Item !== undefined).toBe(isApplied);
  });

  it("passes on twice what it passes on twice, and gives the second answer", async () => {
    await using opened = await open();
    const { client, TableName, hostile } = opened;
    hostile.script("PutItem", "twice");
    const put = new PutItemCommand({ TableName, Item: item("item-0"), ConditionExpression: "attribute_not_exists(pk)" });
    const refused = { name: "ConditionalCheckFailedException", $metadata: { attempts: 1 } };
    await expect(client.send(put)).rejects.toMatchObject(refused);
  });

  it("answers slowly enough for a client to give up", async () => {
    const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0, slowMs: 60_000 });
    await using opened = await open();
    const client = aDynamoClient(hostile.endpoint, { timeouts: { connectMs: 1_000, requestMs: 100 } });
    hostile.script("Scan", "slow", "slow", "slow");
    await expect(client.send(new ScanCommand({ TableName: opened.TableName }))).rejects.toMatchObject({ name: "TimeoutError" });
    await hostile.close();
  });

  it("chooses by the seed and the request alone, and with enough requests every trouble comes up but waiting for ever", () => {
    const chosen = (seed: number) => Array.from({ length: 300 }, (_, index) => troubleOf(seed, `request ${index}`, 0));
    expect(chosen(7)).toEqual(chosen(7));
    expect(chosen(7)).not.toEqual(chosen(8));
    const all = (Object.keys(troubles) as Trouble[]).filter((trouble) => trouble !== "stuck");
    expect(new Set(chosen(7))).toEqual(new Set([...all, undefined]));
  });
});
