// DynamoDB: rights are checked here, the rest is another server's. The template's tables are created there.
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { count, ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";
import { type AwsAnswer, type AwsCall, AwsError, CutConnection, demandRight, inputOf } from "./call.ts";

const schema = z.strictObject({
  TableName: ignored,
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  BillingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]).default("PROVISIONED"),
  ProvisionedThroughput: z.strictObject({ ReadCapacityUnits: count, WriteCapacityUnits: count }).optional(),
  GlobalSecondaryIndexes: z.array(z.unknown()).optional(),
  TimeToLiveSpecification: ignored,
  PointInTimeRecoverySpecification: ignored,
  SSESpecification: ignored,
  DeletionProtectionEnabled: ignored,
  TableClass: ignored,
  Tags: ignored,
});

const described = z.object({ Table: z.object({ TableStatus: z.string() }) });

async function ask(endpoint: string, action: string, input: unknown): Promise<{ readonly ok: boolean; readonly body: unknown }> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${action}`,
      "x-amz-date": "20200101T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=cloud/20200101/r/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify(input),
  });
  return { ok: response.ok, body: await response.json() };
}

/** Creates every AWS::DynamoDB::Table at the endpoint and waits until it can be used; one that is there already is kept. */
export async function createTables(resources: readonly Resource[], endpoint: string): Promise<void> {
  for (const resource of ofType(resources, "AWS::DynamoDB::Table")) {
    const { AttributeDefinitions, KeySchema, BillingMode, ProvisionedThroughput, GlobalSecondaryIndexes } = parseProperties(
      schema,
      resource,
    );
    const table = { TableName: resource.ref, AttributeDefinitions, KeySchema, BillingMode };
    const created = await ask(endpoint, "CreateTable", { ...table, ProvisionedThroughput, GlobalSecondaryIndexes });
    if (!created.ok && !JSON.stringify(created.body).includes("ResourceInUseException")) {
      throw new Error(`the table ${resource.logicalId} was refused: ${JSON.stringify(created.body)}`);
    }
    for (;;) {
      const { body } = await ask(endpoint, "DescribeTable", { TableName: resource.ref });
      if (described.parse(body).Table.TableStatus === "ACTIVE") break;
      await pause(20);
    }
  }
}

const touched = z.object({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  RequestItems: z.record(z.string(), z.unknown()).optional(),
  Key: z.object({ pk: z.object({ S: z.string() }) }).optional(),
});

/** Passes a call on to the endpoint when the function's role allows it on the table (or index) it touches. */
export function createDynamo(endpoint: string, { region, account }: Place) {
  const arnOf = (table: string) => `arn:aws:dynamodb:${region}:${account}:table/${table.split("/").at(-1)}`;
  return async (call: AwsCall): Promise<AwsAnswer> => {
    const { TableName, IndexName, RequestItems = {}, Key } = inputOf(touched, call);
    const tables = TableName === undefined ? Object.keys(RequestItems) : [TableName];
    if (tables.length === 0) throw new AwsError("ValidationException", `${call.action} names no table`);
    const context = Key === undefined ? {} : { "dynamodb:LeadingKeys": Key.pk.S };
    for (const table of tables)
      demandRight(call, IndexName === undefined ? arnOf(table) : `${arnOf(table)}/index/${IndexName}`, [], context);
    const kept = Object.entries(call.headers).filter(([name]) => /^(authorization|content-type|x-amz-.*)$/.test(name));
    const answered = fetch(endpoint, {
      method: "POST",
      headers: kept.map(([name, value]): [string, string] => [name, String(value)]),
      body: new Uint8Array(call.body),
    });
    const response = await answered.catch((cause: unknown) => {
      throw new CutConnection("the table's server hung up", { cause });
    });
    const passed = [...response.headers].filter(([name]) => /^(content-type|x-amz.*)$/.test(name));
    return { status: response.status, headers: Object.fromEntries(passed), body: new Uint8Array(await response.arrayBuffer()) };
  };
}
