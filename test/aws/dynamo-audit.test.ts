import { PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, describe, expect, it } from "vitest";
import { aDecision, auditTrailContract } from "../contracts/audit-trail.ts";
import { aDynamoAudit, aSealKey } from "../support/a-dynamo-audit.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

auditTrailContract("DynamoDB", async () => (await aDynamoAudit(dynalite.endpoint)).trail);

for (const seed of [31, 32, 33]) {
  const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0, seed, slowMs: 2 });
  afterAll(() => hostile.close());
  auditTrailContract(
    `DynamoDB at its worst (seed ${seed})`,
    async () => (await aDynamoAudit(dynalite.endpoint, hostile.endpoint)).trail,
  );
}

const noon = Date.UTC(2026, 10, 26, 12);
const all = { team: "T1", from: noon - 1, to: noon + 1, page: { limit: 10 } };

describe("the audit trail on DynamoDB", () => {
  it("puts rows where nothing stands, reads them consistently, and asks for nothing else", async () => {
    const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
    const { trail } = await aDynamoAudit(dynalite.endpoint, hostile.endpoint);
    hostile.script("PutItem", "lost");
    await trail.write(aDecision(noon));
    await trail.read(all);
    expect(hostile.seen.map(({ operation, input }) => [operation, input.ConditionExpression ?? input.ConsistentRead])).toEqual([
      ["PutItem", "attribute_not_exists(pk)"],
      ["PutItem", "attribute_not_exists(pk)"],
      ["Query", true],
      ["Query", true],
    ]);
    await hostile.close();
  });

  it("throws when nobody can say that a row was stored", async () => {
    const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
    const { trail } = await aDynamoAudit(dynalite.endpoint, hostile.endpoint);
    hostile.script("PutItem", "failed", "failed", "failed");
    await expect(trail.write(aDecision(noon))).rejects.toThrow("it is not there yet: it may or may not have been");
    hostile.script("PutItem", "lost");
    hostile.script("Query", "failed", "failed", "failed");
    await expect(trail.write(aDecision(noon))).rejects.toThrow("could not be read");
    await hostile.close();
  });

  it("shows who reads the table nothing but teams and moments, and keeps a day's rows of a team together", async () => {
    const { trail, client, table } = await aDynamoAudit(dynalite.endpoint);
    await trail.write(aDecision(noon));
    const { Items: [item] = [] } = await client.send(new ScanCommand({ TableName: table }));
    expect(item).toMatchObject({
      pk: { S: "T1/2026-11-26" },
      sk: { S: "2026-11-26T12:00:00.000Z.one" },
      schema: { N: "1" },
      expiresAt: { N: String((noon + 400 * 86_400_000) / 1_000) },
    });
    for (const word of ["U0ANN", "demo_project", "gzbzufck2", "stop"]) expect(JSON.stringify(item)).not.toContain(word);
  });

  it("is never swept where it is to be kept for ever", async () => {
    const { trail, client, table } = await aDynamoAudit(dynalite.endpoint, dynalite.endpoint, { keptDays: 0 });
    await trail.write(aDecision(noon));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items.map(({ expiresAt }) => expiresAt)).toEqual([undefined]);
  });

  it("reads what an older key sealed while it is held, and counts it when it is gone", async () => {
    const { trail, open } = await aDynamoAudit(dynalite.endpoint);
    await trail.write(aDecision(noon));
    const rotated = open({ keys: async () => [aSealKey(2), aSealKey(1)] });
    await rotated.write(aDecision(noon, "two"));
    expect((await rotated.read(all)).rows).toHaveLength(2);
    let doubts = 0;
    const doubt = () => {
      doubts += 1;
    };
    const forgetful = open({ keys: async () => [aSealKey(2)], doubt });
    expect(await forgetful.read(all)).toMatchObject({ rows: [{ id: aDecision(noon, "two").id }], unreadable: 1 });
    expect(doubts).toBe(1);
  });

  it("takes no row that was moved to another day, team or id, or that somebody else wrote", async () => {
    const { trail, client, table } = await aDynamoAudit(dynalite.endpoint);
    await trail.write(aDecision(noon));
    const { Items: [item] = [] } = await client.send(new ScanCommand({ TableName: table }));
    const later = aDecision(noon, "moved").id;
    const strange = [{ sk: { S: later } }, { pk: { S: "T2/2026-11-26" } }, { sk: { S: `${later}2` }, value: { S: "{}" } }];
    for (const over of strange) await client.send(new PutItemCommand({ TableName: table, Item: { ...item, ...over } }));
    await client.send(new PutItemCommand({ TableName: table, Item: { ...item, sk: { S: `${later}3` }, schema: { N: "2" } } }));
    expect(await trail.read(all)).toEqual({ rows: [aDecision(noon)], unreadable: 3 });
    expect(await trail.read({ ...all, team: "T2" })).toEqual({ rows: [], unreadable: 1 });
  });
});
