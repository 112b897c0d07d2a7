// What functions call by the real SDK, and what they may.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aBus, aFunction, aQueue, aRule, arn, type Resources } from "../support/cloud/a-template.ts";
import { sdkZip } from "../support/cloud/sdk-handler.ts";
import type { Cloud } from "../support/cloud/start.ts";
import { type Dynalite, startDynalite } from "../support/dynalite.ts";

const aCloud = cloudsOfThisFile();
let sdk: Buffer;
beforeAll(() => {
  sdk = sdkZip();
});

async function call(cloud: Cloud, service: string, name: string, input: unknown): Promise<unknown> {
  const outcome = await cloud.invoke("Fn", { service, call: name, input });
  return outcome.kind === "returned" ? JSON.parse(outcome.payload) : outcome;
}
const putEvents = (cloud: Cloud, ...entries: readonly object[]) =>
  call(cloud, "events", "putEvents", {
    Entries: entries.map((entry) => ({ Source: "me", DetailType: "T", Detail: "{}", EventBusName: "bus", ...entry })),
  });
const fn = (...rights: Parameters<typeof aFunction>[2] & object): Resources => aFunction("Fn", { Timeout: 20 }, rights);
const mayPut = ["events:PutEvents", { "Fn::GetAtt": ["Bus", "Arn"] }] as const;
const parameterArn = (name: string) => ({ "Fn::Sub": `arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/${name}` });

describe("a call of AWS by a function", () => {
  it("is refused unless the function's role allows it on this very resource", async () => {
    const { cloud } = await aCloud([fn(mayPut), aBus("Bus"), aBus("Other")], { Fn: sdk });
    expect(await putEvents(cloud, {})).toMatchObject({ FailedEntryCount: 0 });
    expect(await putEvents(cloud, { EventBusName: "other" })).toMatchObject({ refused: "AccessDeniedException" });
    expect(await call(cloud, "ssm", "getParameters", { Names: ["/a"] })).toMatchObject({ refused: "AccessDeniedException" });
  });

  it("is refused when the resource's own policy denies it, whatever the role says", async () => {
    const deny = {
      BusPolicy: {
        Type: "AWS::Events::EventBusPolicy",
        Properties: {
          EventBusName: { Ref: "Bus" },
          StatementId: "OnlyOne",
          Statement: {
            ...{ Effect: "Deny", Principal: "*", Action: "events:PutEvents", Resource: { "Fn::GetAtt": ["Bus", "Arn"] } },
            Condition: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/somebody" } },
          },
        },
      },
    };
    const { cloud } = await aCloud([fn(mayPut), aBus("Bus"), deny], { Fn: sdk });
    expect(await putEvents(cloud, {})).toMatchObject({ refused: "AccessDeniedException" });
  });

  it.each([
    ["throttle", "ThrottlingException", 0],
    ["fail", "InternalFailure", 0],
    ["cut before", "TimeoutError", 0],
    ["cut after", "TimeoutError", 1],
  ] as const)("can be made to meet: %s", async (fault, refused, taken) => {
    const { cloud } = await aCloud([fn(mayPut), aBus("Bus")], { Fn: sdk }, { faults: () => fault });
    expect(await putEvents(cloud, {})).toMatchObject({ refused });
    expect(cloud.events()).toHaveLength(taken);
  });
});

describe("PutEvents", () => {
  it("gives each entry its own result", async () => {
    const { cloud } = await aCloud([fn(["events:PutEvents", "*"]), aBus("Bus")], { Fn: sdk });
    const entries = [{}, { Detail: "no json" }, { EventBusName: "missing" }, { Source: "aws.mine" }, { DetailType: "" }];
    expect(await putEvents(cloud, ...entries)).toMatchObject({
      FailedEntryCount: 4,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: "MalformedDetail" },
        { ErrorCode: "ResourceNotFoundException" },
        { ErrorCode: "NotAuthorizedForSourceException" },
        { ErrorCode: "InvalidArgument" },
      ],
    });
    expect(cloud.events()).toHaveLength(1);
  });

  it("takes neither eleven entries nor 256 KB", async () => {
    const { cloud } = await aCloud([fn(mayPut), aBus("Bus")], { Fn: sdk });
    const refused = { refused: "ValidationException" };
    expect(await putEvents(cloud, ...Array.from({ length: 11 }, () => ({})))).toMatchObject(refused);
    expect(await putEvents(cloud, { Detail: JSON.stringify("x".repeat(256 * 1024)) })).toMatchObject(refused);
    expect(cloud.events()).toEqual([]);
  });
});

describe("the parameter store", () => {
  it("gives decrypted values of what exists, and names what does not", async () => {
    const { cloud } = await aCloud(
      [fn(["ssm:GetParameters", parameterArn("odps/*")])],
      { Fn: sdk },
      { parameters: { "/odps/a": "secret" } },
    );
    expect(await call(cloud, "ssm", "getParameters", { Names: ["/odps/a", "/odps/b"], WithDecryption: true })).toMatchObject({
      Parameters: [{ Name: "/odps/a", Value: "secret", Type: "SecureString" }],
      InvalidParameters: ["/odps/b"],
    });
    const encrypted = (await call(cloud, "ssm", "getParameters", { Names: ["/odps/a"] })) as { Parameters: { Value: string }[] };
    expect(encrypted.Parameters[0]?.Value).not.toBe("secret");
    expect(await call(cloud, "ssm", "getParameters", { Names: ["/odps/a", "/else"] })).toMatchObject({
      refused: "AccessDeniedException",
    });
  });
});

describe("DynamoDB", () => {
  const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
  const table: Resources = {
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        TableName: "items",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["pk", "due"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: [key("pk", "HASH")],
        GlobalSecondaryIndexes: [{ IndexName: "due", KeySchema: [key("due", "HASH")], Projection: { ProjectionType: "ALL" } }],
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      },
    },
  };
  const item = { pk: { S: "a" }, due: { S: "now" } };
  const query = {
    TableName: "items",
    KeyConditionExpression: "due = :due",
    ExpressionAttributeValues: { ":due": { S: "now" } },
    IndexName: "due",
  };
  let dynalite: Dynalite;
  beforeAll(async () => {
    dynalite = await startDynalite();
  });
  afterAll(() => dynalite.close());

  it("has the template's tables, and serves what the role allows of them", async () => {
    const rights = [["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"], arn("Table")] as const;
    const { cloud } = await aCloud([fn(rights), table], { Fn: sdk }, { dynamoEndpoint: dynalite.endpoint });
    const stored = { TableName: "items", Key: { pk: { S: "a" } } };
    expect(await call(cloud, "dynamodb", "putItem", { TableName: "items", Item: item })).toEqual({});
    expect(await call(cloud, "dynamodb", "getItem", stored)).toEqual({ Item: item });
    expect(await call(cloud, "dynamodb", "deleteItem", stored)).toMatchObject({ refused: "AccessDeniedException" });
  });

  it("lets a role that may read some partitions read no other", async () => {
    const condition = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["a*"] } };
    const rights = ["dynamodb:GetItem", arn("Table"), condition] as const;
    const { cloud } = await aCloud([fn(rights), table], { Fn: sdk }, { dynamoEndpoint: dynalite.endpoint });
    const get = (pk: string) => call(cloud, "dynamodb", "getItem", { TableName: "items", Key: { pk: { S: pk } } });
    expect(await get("abc")).toEqual({});
    expect(await get("b")).toMatchObject({ refused: "AccessDeniedException" });
  });

  it("has an index that needs a right of its own", async () => {
    const resource = { "Fn::Sub": `\${Table.Arn}/index/*` };
    for (const [rights, expected] of [
      [["dynamodb:Query", arn("Table")], { refused: "AccessDeniedException" }],
      [["dynamodb:Query", resource], { Count: expect.any(Number) }],
    ] as const) {
      const { cloud } = await aCloud([fn(rights), table], { Fn: sdk }, { dynamoEndpoint: dynalite.endpoint });
      expect(await call(cloud, "dynamodb", "query", query)).toMatchObject(expected);
    }
  });
});

describe("a rule's switch", () => {
  it("is thrown by whom it is allowed to: a disabled rule does not fire", async () => {
    const rule = aRule("Rule", { ScheduleExpression: "rate(1 minute)", Targets: [{ Id: "q", Arn: arn("Queue") }] });
    const rights = ["events:DisableRule", arn("Rule")] as const;
    const { cloud } = await aCloud([fn(rights), rule, aQueue("Queue", {}, ["Rule"])], { Fn: sdk });
    await cloud.advance(60_000);
    expect(await call(cloud, "events", "disableRule", { Name: "rule" })).toEqual({});
    expect(await call(cloud, "events", "enableRule", { Name: "rule" })).toMatchObject({ refused: "AccessDeniedException" });
    await cloud.advance(120_000);
    expect(cloud.queue("Queue")?.messages()).toHaveLength(1);
  });
});
