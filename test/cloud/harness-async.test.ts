// What Lambda does with an asynchronous invocation that fails, on a clock that the test moves.
import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aBus, aFunction, anInvokeConfig, aQueue, aRule, arn, mayInvoke, type Resources } from "../support/cloud/a-template.ts";

const aCloud = cloudsOfThisFile();
const failing = 'export const handler = async () => { throw new Error("no"); };';
const entry = { Source: "me", DetailType: "Asked", Detail: '{"n":1}', EventBusName: "bus", Resources: [] };
const toFunction = (target: object = {}) =>
  aRule("Rule", {
    EventBusName: { Ref: "Bus" },
    EventPattern: { source: ["me"], "detail-type": ["Asked"], "replay-name": [{ exists: false }] },
    Targets: [{ Id: "fn", Arn: arn("Fn"), ...target }],
  });
const asked = (fn: Resources, ...more: readonly Resources[]) => [aBus("Bus"), fn, mayInvoke("Rule", "Fn"), ...more];
const seconds = 1_000;

describe("an asynchronous invocation that fails", () => {
  const destination = { DestinationConfig: { OnFailure: { Destination: arn("Failed") } } };
  const maySend = [["sqs:SendMessage", arn("Failed")]] as const;

  it("is tried three times, a minute and two minutes apart, with the same request id", async () => {
    const { cloud, clock } = await aCloud([...asked(aFunction("Fn")), toFunction()], { Fn: failing });
    const start = clock.now();
    cloud.putEvents([entry]);
    await cloud.advance(600 * seconds);
    expect(cloud.invocations().map(({ startedAt }) => startedAt - start)).toEqual([0, 60 * seconds, 180 * seconds]);
    expect(new Set(cloud.invocations().map(({ requestId }) => requestId)).size).toBe(1);
  });

  it("without retries tells its destination at once, in the documented record", async () => {
    const config = anInvokeConfig("Fn", { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60, ...destination });
    const resources = asked(aFunction("Fn", {}, maySend), toFunction(), config, aQueue("Failed"));
    const { cloud } = await aCloud(resources, { Fn: failing });
    cloud.putEvents([entry]);
    await cloud.settle();
    const [letter] = cloud.deadLetters();
    expect(letter).toMatchObject({ from: "function", queue: "Failed" });
    expect(JSON.parse(letter?.body ?? "")).toEqual({
      version: "1.0",
      timestamp: "2026-11-22T10:00:00.000Z",
      requestContext: {
        requestId: cloud.invocations()[0]?.requestId,
        functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:fn:$LATEST",
        condition: "RetriesExhausted",
        approximateInvokeCount: 1,
      },
      requestPayload: cloud.invocations()[0]?.event,
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorType: "Error", errorMessage: "no", trace: expect.any(Array) },
    });
  });

  it("and may not send to its destination is counted", async () => {
    const config = anInvokeConfig("Fn", { MaximumRetryAttempts: 0, ...destination });
    const { cloud } = await aCloud(asked(aFunction("Fn"), toFunction(), config, aQueue("Failed")), { Fn: failing });
    cloud.putEvents([entry]);
    await cloud.settle();
    expect(cloud.deadLetters()).toEqual([]);
    expect(cloud.metrics.of("DestinationDeliveryFailures", "Fn")).toBe(1);
  });

  it("is ended by its age when that comes before the next attempt, or while it is throttled", async () => {
    const config = anInvokeConfig("Fn", { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60, ...destination });
    for (const properties of [{}, { ReservedConcurrentExecutions: 0 }]) {
      const { cloud } = await aCloud(asked(aFunction("Fn", properties, maySend), toFunction(), config, aQueue("Failed")), {
        Fn: failing,
      });
      cloud.putEvents([entry]);
      await cloud.advance(60 * seconds - 1);
      expect(cloud.deadLetters()).toEqual([]);
      await cloud.advance(1);
      expect(JSON.parse(cloud.deadLetters()[0]?.body ?? "")).toMatchObject({ requestContext: { condition: "EventAgeExceeded" } });
      expect(cloud.metrics.of("AsyncEventsDropped", "Fn")).toBe(1);
    }
  });

  it("is treated as usual when the configuration is for another qualifier than the one invoked", async () => {
    const version = { V: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Fn" } } } };
    const config = anInvokeConfig("Fn", { MaximumRetryAttempts: 0, Qualifier: { "Fn::GetAtt": ["V", "Version"] } });
    const { cloud } = await aCloud(asked(aFunction("Fn"), toFunction(), version, config), { Fn: failing });
    cloud.putEvents([entry]);
    await cloud.advance(60 * seconds);
    expect(cloud.invocations()).toHaveLength(2);
  });

  it("can tell a bus, whose rules see the record as an event", async () => {
    const config = anInvokeConfig("Fn", {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: arn("Bus") } },
    });
    const onFailure = aRule("Failures", {
      EventBusName: { Ref: "Bus" },
      EventPattern: { "detail-type": ["Lambda Function Invocation Result - Failure"] },
      Targets: [{ Id: "q", Arn: arn("Failed") }],
    });
    const fn = aFunction("Fn", {}, [["events:PutEvents", arn("Bus")]]);
    const { cloud } = await aCloud(asked(fn, toFunction(), config, onFailure, aQueue("Failed", {}, ["Failures"])), {
      Fn: failing,
    });
    cloud.putEvents([entry]);
    await cloud.settle();
    const [message] = cloud.queue("Failed")?.messages() ?? [];
    expect(JSON.parse(message?.body ?? "")).toMatchObject({
      source: "lambda",
      detail: { requestContext: { condition: "RetriesExhausted" } },
    });
  });

  it("leaves its event in the function's own dead-letter queue", async () => {
    const fn = aFunction("Fn", { DeadLetterConfig: { TargetArn: arn("Failed") } }, maySend);
    const config = anInvokeConfig("Fn", { MaximumRetryAttempts: 0 });
    const { cloud } = await aCloud(asked(fn, toFunction(), config, aQueue("Failed")), { Fn: failing });
    cloud.putEvents([entry]);
    await cloud.settle();
    expect(cloud.deadLetters()).toMatchObject([{ from: "function", attributes: { ErrorMessage: { stringValue: "no" } } }]);
  });
});
