// The connection to DynamoDB, with a limit on everything that can hang.
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

export type DynamoTimeouts = {
  /** Milliseconds until a connection must stand. */
  readonly connectMs: number;
  /** Milliseconds without an answer after which one attempt is given up. */
  readonly requestMs: number;
};

export const dynamoTimeouts: DynamoTimeouts = { connectMs: 1_000, requestMs: 2_000 };

/** Attempts at one request, the first included. */
export const dynamoAttempts = 3;

export type DynamoClientOptions = {
  readonly region: string;
  /** Another place than the region's own, such as a test's. */
  readonly endpoint?: string;
  /** Absent: what the function's role gives. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly timeouts?: DynamoTimeouts;
  readonly retryStrategy?: NonNullable<DynamoDBClientConfig["retryStrategy"]>;
};

/** Opens nothing yet: the first request connects. How long one store operation may last in all is the store's to say. */
export function createDynamoClient(options: DynamoClientOptions): DynamoDBClient {
  const { region, endpoint, credentials, timeouts = dynamoTimeouts, retryStrategy } = options;
  return new DynamoDBClient({
    region,
    maxAttempts: dynamoAttempts,
    retryMode: "standard",
    requestHandler: {
      connectionTimeout: timeouts.connectMs,
      requestTimeout: timeouts.requestMs,
      // Covers an answer that stops in the middle, which requestTimeout does not.
      socketTimeout: timeouts.requestMs,
      // Without this the SDK only logs a warning when requestTimeout has passed, and goes on waiting.
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(retryStrategy === undefined ? {} : { retryStrategy }),
  });
}
