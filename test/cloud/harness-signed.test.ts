// Calls of AWS that a function signs by itself.
import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aFunction, aQueue, arn } from "../support/cloud/a-template.ts";
import { signedHandler } from "../support/cloud/signed-handler.ts";
import type { Cloud } from "../support/cloud/start.ts";

const aCloud = cloudsOfThisFile();
type Rights = NonNullable<Parameters<typeof aFunction>[2]>;
const fn = (...rights: Rights) => aFunction("Fn", { Timeout: 20 }, rights);

async function call(cloud: Cloud, signed: object): Promise<unknown> {
  const outcome = await cloud.invoke("Fn", signed);
  return outcome.kind === "returned" ? JSON.parse(outcome.payload) : outcome;
}

describe("a call that a function signs by itself", () => {
  const queueUrl = (name: string) => `https://sqs.eu-central-1.amazonaws.com/123456789012/${name}`;
  const sqs = (cloud: Cloud, action: string, input: object) =>
    call(cloud, { service: "sqs", target: `AmazonSQS.${action}`, input });

  it("sends single messages and batches to the queues it may send to", async () => {
    const { cloud } = await aCloud([fn(["sqs:SendMessage", arn("Mine")]), aQueue("Mine"), aQueue("Theirs")], {
      Fn: signedHandler,
    });
    const one = { QueueUrl: queueUrl("mine"), MessageBody: "one" };
    expect(await sqs(cloud, "SendMessage", one)).toMatchObject({ status: 200, MessageId: expect.any(String) });
    const Entries = [
      { Id: "a", MessageBody: "two", DelaySeconds: 5 },
      { Id: "b", MessageBody: "x".repeat(300_000) },
    ];
    expect(await sqs(cloud, "SendMessageBatch", { QueueUrl: queueUrl("mine"), Entries })).toMatchObject({
      Successful: [{ Id: "a" }],
      Failed: [{ Id: "b" }],
    });
    const denied = { status: 400, __type: "AccessDeniedException" };
    expect(await sqs(cloud, "SendMessage", { ...one, QueueUrl: queueUrl("theirs") })).toMatchObject(denied);
    expect(await sqs(cloud, "SendMessageBatch", { QueueUrl: queueUrl("theirs"), Entries })).toMatchObject(denied);
    expect(
      cloud
        .queue("Mine")
        ?.messages()
        .map(({ body }) => body),
    ).toEqual(["one", "two"]);
  });

  it("is refused when the signature is wrong", async () => {
    const { cloud } = await aCloud([fn(["sqs:SendMessage", "*"]), aQueue("Mine")], { Fn: signedHandler });
    const signed = { service: "sqs", target: "AmazonSQS.SendMessage", input: { QueueUrl: queueUrl("mine"), MessageBody: "one" } };
    expect(await call(cloud, { ...signed, secret: "wrong" })).toMatchObject({ status: 403, __type: "InvalidSignatureException" });
    expect(cloud.queue("Mine")?.messages()).toEqual([]);
  });

  it("invokes a function it may invoke, which runs on its own", async () => {
    const other = aFunction("Other");
    const { cloud } = await aCloud([fn(["lambda:InvokeFunction", arn("Other")]), other], {
      Fn: signedHandler,
      Other: "export const handler = async (event) => event;",
    });
    const invoke = (name: string) =>
      call(cloud, {
        service: "lambda",
        path: `/2015-03-31/functions/${name}/invocations`,
        headers: { "x-amz-invocation-type": "Event" },
        input: { n: 1 },
      });
    expect(await invoke("other")).toMatchObject({ status: 202 });
    await cloud.settle();
    expect(cloud.invocations().find((invocation) => invocation.fn === "Other")?.result).toEqual({ n: 1 });
    expect(await invoke("fn")).toMatchObject({ status: 400, __type: "AccessDeniedException" });
    expect(await invoke("missing")).toMatchObject({ status: 404 });
  });

  it("puts metrics, which are written down", async () => {
    const { cloud } = await aCloud([fn(["cloudwatch:PutMetricData", "*"])], { Fn: signedHandler });
    const target = "GraniteServiceVersion20100801.PutMetricData";
    expect(await call(cloud, { service: "monitoring", target, input: { Namespace: "odps" } })).toEqual({ status: 200 });
    expect(cloud.metrics.recorded()).toEqual([{ service: "cloudwatch", action: "PutMetricData", body: '{"Namespace":"odps"}' }]);
    const logs = { service: "logs", target: "Logs_20140328.PutLogEvents", input: {} };
    expect(await call(cloud, logs)).toMatchObject({ __type: "AccessDeniedException" });
  });
});
