// Queues and the functions that read them, on a clock that the test moves.
import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aFunction, aMapping, aQueue, arn, receiving } from "../support/cloud/a-template.ts";

const aCloud = cloudsOfThisFile();
const seconds = 1_000;
const reader = aFunction("Fn", {}, [[receiving, arn("Queue")]]);
const echo = "export const handler = async (event) => event;";
const failing = 'export const handler = async () => { throw new Error("no"); };';
type Batch = { readonly Records: readonly { readonly body: string; readonly [key: string]: unknown }[] };
const bodies = (event: unknown) => (event as Batch).Records.map(({ body }) => body);

describe("a queue", () => {
  it("hands a message to its function when the delay is over, and not before", async () => {
    const { cloud } = await aCloud([reader, aQueue("Queue", { DelaySeconds: 50 }), aMapping("Queue", "Fn")], { Fn: echo });
    cloud.queue("Queue")?.send("hello", { KIND: { dataType: "String", stringValue: "a" } });
    await cloud.advance(50 * seconds - 1);
    expect(cloud.invocations()).toEqual([]);
    await cloud.advance(1);
    expect(cloud.invocations()[0]?.event).toEqual({
      Records: [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: "hello",
          attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: "1795341600000",
            SenderId: "123456789012",
            ApproximateFirstReceiveTimestamp: "1795341650000",
          },
          messageAttributes: { KIND: { dataType: "String", stringValue: "a", stringListValues: [], binaryListValues: [] } },
          md5OfBody: "5d41402abc4b2a76b9719d911017c592",
          eventSource: "aws:sqs",
          eventSourceARN: "arn:aws:sqs:eu-central-1:123456789012:queue",
          awsRegion: "eu-central-1",
        },
      ],
    });
    expect(cloud.queue("Queue")?.messages()).toEqual([]);
  });

  it("hands over batches of the size asked for", async () => {
    const { cloud } = await aCloud([reader, aQueue("Queue", { DelaySeconds: 1 }), aMapping("Queue", "Fn", { BatchSize: 2 })], {
      Fn: echo,
    });
    for (const body of ["a", "b", "c"]) cloud.queue("Queue")?.send(body);
    await cloud.advance(seconds);
    expect(cloud.invocations().map(({ event }) => bodies(event))).toEqual([["a", "b"], ["c"]]);
  });

  it("shows a message again after the visibility time-out, and moves it on after the last receive", async () => {
    const redrive = { RedrivePolicy: { deadLetterTargetArn: arn("Dead"), maxReceiveCount: 2 }, VisibilityTimeout: 30 };
    const { cloud, clock } = await aCloud([reader, aQueue("Queue", redrive), aQueue("Dead"), aMapping("Queue", "Fn")], {
      Fn: failing,
    });
    const start = clock.now();
    cloud.queue("Queue")?.send("poison");
    await cloud.advance(59 * seconds);
    expect(cloud.invocations().map(({ startedAt }) => startedAt - start)).toEqual([0, 30 * seconds]);
    expect(cloud.deadLetters()).toEqual([]);
    await cloud.advance(seconds);
    expect(cloud.invocations()).toHaveLength(2);
    expect(cloud.deadLetters()).toMatchObject([{ from: "queue", queue: "Dead", body: "poison" }]);
    expect(cloud.queue("Dead")?.messages()).toHaveLength(1);
  });

  it("gives only the messages again that the function reports as failed", async () => {
    const mapping = aMapping("Queue", "Fn", { FunctionResponseTypes: ["ReportBatchItemFailures"] });
    const code = `export const handler = async ({ Records }) =>
      ({ batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({ itemIdentifier: messageId })) });`;
    const { cloud } = await aCloud([reader, aQueue("Queue", { DelaySeconds: 1 }), mapping], { Fn: code });
    for (const body of ["good", "bad"]) cloud.queue("Queue")?.send(body);
    await cloud.advance(40 * seconds);
    expect(cloud.invocations().map(({ event }) => bodies(event))).toEqual([["good", "bad"], ["bad"]]);
  });

  it.each(['({ batchItemFailures: [{ itemIdentifier: "unknown" }] })', '({ batchItemFailures: [{ itemIdentifier: "" }] })'])(
    "gives the whole batch again for a report that makes no sense: %s",
    async (report) => {
      const mapping = aMapping("Queue", "Fn", { FunctionResponseTypes: ["ReportBatchItemFailures"] });
      const { cloud } = await aCloud([reader, aQueue("Queue"), mapping], { Fn: `export const handler = async () => ${report};` });
      cloud.queue("Queue")?.send("a");
      await cloud.advance(30 * seconds);
      expect(cloud.invocations()).toHaveLength(2);
    },
  );

  it("forgets a message when its retention is over", async () => {
    const { cloud } = await aCloud([aQueue("Queue", { MessageRetentionPeriod: 60 })]);
    cloud.queue("Queue")?.send("a");
    await cloud.advance(59 * seconds);
    expect(cloud.queue("Queue")?.messages()).toHaveLength(1);
    await cloud.advance(seconds);
    expect(cloud.queue("Queue")?.messages()).toEqual([]);
  });

  it("leaves out what the mapping's filter does not want", async () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"body":{"kind":["a"]}}' }] };
    const { cloud } = await aCloud([reader, aQueue("Queue"), aMapping("Queue", "Fn", { FilterCriteria })], { Fn: echo });
    for (const body of ['{"kind":"b"}', '{"kind":"a"}']) cloud.queue("Queue")?.send(body);
    await cloud.advance(60 * seconds);
    expect(cloud.invocations().map(({ event }) => bodies(event))).toEqual([['{"kind":"a"}']]);
    expect(cloud.queue("Queue")?.messages()).toEqual([]);
  });
});

describe("a mapping", () => {
  it("is refused when the function's role may not read the queue", async () => {
    const blind = aFunction("Fn", {}, [["sqs:ReceiveMessage", arn("Queue")]]);
    await expect(aCloud([blind, aQueue("Queue"), aMapping("Queue", "Fn")])).rejects.toThrow(
      "the role of Fn lacks sqs:DeleteMessage, sqs:GetQueueAttributes",
    );
  });

  it("is refused when a message would be shown again while the function still works on it", async () => {
    const slow = aFunction("Fn", { Timeout: 31 }, [[receiving, arn("Queue")]]);
    await expect(aCloud([slow, aQueue("Queue"), aMapping("Queue", "Fn")])).rejects.toThrow("visibility time-out is less");
  });
});
