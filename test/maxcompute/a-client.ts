import { onTestFinished } from "vitest";
import { createMaxComputeClient, type MaxComputeClient, type MaxComputeOptions } from "../../src/maxcompute/index.ts";
import {
  type RecordedAnswer,
  type RecordedRequest,
  type RecordedServer,
  startRecordedServer,
} from "../support/recorded-server.ts";

export const instanceId = "20261122102030456gabcd12";
export const testNow = Date.UTC(2026, 10, 22, 10, 20, 30);

export const testOptions = {
  endpoint: "http://mc.test/api",
  project: "demo_proj",
  accessKey: { id: "AKIDEXAMPLE", secret: "SeCrEtExAmPlE" },
  userAgent: "vector-agent/1.0",
} satisfies MaxComputeOptions;

/** A recorded server that is closed when the test ends. */
export async function aServer(answerTo: (request: RecordedRequest, index: number) => RecordedAnswer): Promise<RecordedServer> {
  const server = await startRecordedServer(answerTo);
  onTestFinished(() => server.close());
  return server;
}

/** A client of the server whose clock moves only by its own waits, which cost no real time; `sleeps` are those waits in milliseconds. */
export function aClient(
  server: RecordedServer,
  options: Partial<MaxComputeOptions> = {},
): { client: MaxComputeClient; sleeps: number[] } {
  const sleeps: number[] = [];
  let now = testNow;
  const sleep = async (ms: number) => {
    sleeps.push(ms);
    now += ms;
  };
  const client = createMaxComputeClient({
    ...testOptions,
    dispatcher: server.dispatcher,
    now: () => now,
    sleep,
    random: () => 0.5,
    ...options,
  });
  return { client, sleeps };
}

/** A server that answers always the same, and its client. */
export async function aClientOf(answer: RecordedAnswer, options: Partial<MaxComputeOptions> = {}) {
  const server = await aServer(() => answer);
  return { ...aClient(server, options), server };
}

/** What the promise was rejected with; the test fails when it was not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure");
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
