// DynamoDB in this process's memory, and clients for it that wait for nobody between two attempts.
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDynamoClient, type DynamoClientOptions, dynamoAttempts } from "../../src/aws/dynamo-client.ts";
import { dynamoTable } from "../../src/aws/dynamo-table.ts";

type RetryStrategy = NonNullable<DynamoClientOptions["retryStrategy"]>;

// It comes without types.
const dynalite: (options: { readonly createTableMs: number; readonly deleteTableMs: number }) => Server = createRequire(
  import.meta.url,
)("dynalite");

export type Dynalite = { readonly endpoint: string; readonly close: () => Promise<void> };

export const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  const endpoint = await listening(server);
  return {
    endpoint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As many attempts as the SDK's own, for the same errors, but at once: its waits are random and up to seconds long. */
const impatient: RetryStrategy = {
  acquireInitialRetryToken: async () => token(0),
  async refreshRetryTokenForRetry(last, { errorType }) {
    const attempts = last.getRetryCount() + 1;
    const mayRepeat = errorType === "THROTTLING" || errorType === "TRANSIENT";
    if (!mayRepeat || attempts >= dynamoAttempts) throw new Error("no more attempts");
    return token(attempts);
  },
  recordSuccess: () => undefined,
};
const token = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0, getRetryCost: () => 0 });

/** A client with credentials of its own, so that none of the machine's are looked for. */
export const aDynamoClient = (endpoint: string, over: Partial<DynamoClientOptions> = {}): DynamoDBClient =>
  createDynamoClient({
    region: "eu-central-1",
    endpoint,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    retryStrategy: impatient,
    ...over,
  });

type TableInput = ConstructorParameters<typeof CreateTableCommand>[0];

/** Makes the item store's table, or one with the given differences, and waits until it can be used. */
export async function makeTable(client: DynamoDBClient, table: string, over: Partial<TableInput> = {}): Promise<void> {
  const { AttributeDefinitions, KeySchema, BillingMode } = dynamoTable;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: [...AttributeDefinitions],
      KeySchema: [...KeySchema],
      BillingMode,
      ...over,
    }),
  );
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    if (Table?.TableStatus === "ACTIVE") return;
  }
}
