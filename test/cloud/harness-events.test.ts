// Events from a bus to their targets, on a clock that the test moves.
import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aBus, aFunction, aQueue, aRule, arn, mayInvoke, type Resources } from "../support/cloud/a-template.ts";

const aCloud = cloudsOfThisFile();
const echo = "export const handler = async (event) => event;";
const entry = { Source: "me", DetailType: "Asked", Detail: '{"n":1}', EventBusName: "bus", Resources: [] };
const toFunction = (target: object = {}) =>
  aRule("Rule", {
    EventBusName: { Ref: "Bus" },
    EventPattern: { source: ["me"], "detail-type": ["Asked"], "replay-name": [{ exists: false }] },
    Targets: [{ Id: "fn", Arn: arn("Fn"), ...target }],
  });
const asked = (fn: Resources, ...more: readonly Resources[]) => [aBus("Bus"), fn, mayInvoke("Rule", "Fn"), ...more];
const seconds = 1_000;

describe("a rule", () => {
  it("hands its function the event, and only events that match and are no replay", async () => {
    const { cloud } = await aCloud([...asked(aFunction("Fn")), toFunction()], { Fn: echo });
    const results = cloud.putEvents([entry, { ...entry, Source: "you" }]);
    cloud.putEvents([entry], "again");
    await cloud.settle();
    expect(cloud.invocations().map(({ event }) => event)).toEqual([
      {
        version: "0",
        id: "EventId" in results[0]! ? results[0].EventId : "",
        "detail-type": "Asked",
        source: "me",
        account: "123456789012",
        time: "2026-11-22T10:00:00Z",
        region: "eu-central-1",
        resources: [],
        detail: { n: 1 },
      },
    ]);
  });

  it("hands a queue the event as the body, and a function only the part it asks for", async () => {
    const both = aRule("Rule", {
      EventBusName: { Ref: "Bus" },
      EventPattern: { source: ["me"] },
      Targets: [
        { Id: "fn", Arn: arn("Fn"), InputPath: "$.detail" },
        { Id: "queue", Arn: arn("Queue") },
      ],
    });
    const { cloud } = await aCloud([...asked(aFunction("Fn")), both, aQueue("Queue", {}, ["Rule"])], { Fn: echo });
    cloud.putEvents([entry]);
    await cloud.settle();
    expect(cloud.invocations()[0]?.event).toEqual({ n: 1 });
    expect(JSON.parse(cloud.queue("Queue")?.messages()[0]?.body ?? "")).toMatchObject({ source: "me", detail: { n: 1 } });
  });

  it("that may not invoke its function dead-letters the event at once", async () => {
    const target = { DeadLetterConfig: { Arn: arn("Dead") } };
    const { cloud } = await aCloud([aBus("Bus"), aFunction("Fn"), toFunction(target), aQueue("Dead", {}, ["Rule"])]);
    cloud.putEvents([entry]);
    await cloud.settle();
    expect(cloud.deadLetters()).toMatchObject([
      {
        from: "rule",
        queue: "Dead",
        attributes: {
          RULE_ARN: { dataType: "String", stringValue: "arn:aws:events:eu-central-1:123456789012:rule/bus/rule" },
          TARGET_ARN: { stringValue: "arn:aws:lambda:eu-central-1:123456789012:function:fn" },
          ERROR_CODE: { stringValue: "NO_PERMISSIONS" },
        },
      },
    ]);
    expect(JSON.parse(cloud.deadLetters()[0]?.body ?? "")).toMatchObject({ detail: { n: 1 } });
    expect(cloud.metrics.of("FailedInvocations", "Rule")).toBe(1);
  });

  it("loses the event when the dead-letter queue's policy does not name this rule", async () => {
    const resources = [aBus("Bus"), aFunction("Fn"), toFunction({ DeadLetterConfig: { Arn: arn("Dead") } })];
    const { cloud } = await aCloud([
      ...resources,
      aQueue("Dead", {}, ["Other"]),
      aRule("Other", { EventPattern: { source: ["x"] } }),
    ]);
    cloud.putEvents([entry]);
    await cloud.settle();
    expect(cloud.deadLetters()).toEqual([]);
    expect(cloud.metrics.of("InvocationsFailedToBeSentToDlq", "Rule")).toBe(1);
  });

  it("tries a target that is out again, and delivers when it is back", async () => {
    const { cloud } = await aCloud([...asked(aFunction("Fn")), toFunction()], { Fn: echo });
    const end = cloud.outage("Fn");
    cloud.putEvents([entry]);
    await cloud.advance(10 * seconds);
    expect(cloud.invocations()).toEqual([]);
    end();
    await cloud.advance(60 * seconds);
    expect(cloud.invocations()).toHaveLength(1);
  });

  it.each([
    ["MaximumRetryAttempts", { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 }, "2", 3],
    ["MaximumEventAgeInSeconds", { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 60 }, "5", 60],
  ])("gives up at %s", async (limit, RetryPolicy, tries, after) => {
    const target = { RetryPolicy, DeadLetterConfig: { Arn: arn("Dead") } };
    const { cloud } = await aCloud([...asked(aFunction("Fn")), toFunction(target), aQueue("Dead", {}, ["Rule"])]);
    cloud.outage("Fn");
    cloud.putEvents([entry]);
    await cloud.advance(after * seconds - 1);
    expect(cloud.deadLetters()).toEqual([]);
    await cloud.advance(1);
    expect(cloud.deadLetters()[0]?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: { stringValue: limit },
      RETRY_ATTEMPTS: { stringValue: tries },
    });
  });

  it("on a schedule fires on the clock, while it is enabled", async () => {
    const schedule = aRule("Rule", { ScheduleExpression: "rate(1 minute)", Targets: [{ Id: "fn", Arn: arn("Fn") }] });
    const { cloud } = await aCloud([aFunction("Fn"), schedule, mayInvoke("Rule", "Fn")], { Fn: echo });
    await cloud.advance(150 * seconds);
    expect(cloud.invocations().map(({ event }) => event)).toMatchObject([
      { source: "aws.events", "detail-type": "Scheduled Event", time: "2026-11-22T10:01:00Z" },
      { time: "2026-11-22T10:02:00Z" },
    ]);
  });
});

describe("chaos", () => {
  it("delivers some events twice, late and out of order, and the same ones for the same seed", async () => {
    const orderOf = async (seed: number) => {
      const chaos = { twice: 0.3, late: 0.5, lateMs: 3 * seconds, disorder: true };
      const toQueue = aRule("Rule", {
        EventBusName: { Ref: "Bus" },
        EventPattern: { source: ["me"] },
        Targets: [{ Id: "q", Arn: arn("Queue") }],
      });
      const { cloud } = await aCloud([aBus("Bus"), toQueue, aQueue("Queue", {}, ["Rule"])], {}, { chaos, seed });
      for (let n = 0; n < 20; n += 1) cloud.putEvents([{ ...entry, Detail: JSON.stringify({ n }) }]);
      const atOnce = cloud.queue("Queue")?.messages().length ?? 0;
      await cloud.advance(5 * seconds);
      const order =
        cloud
          .queue("Queue")
          ?.messages()
          .map(({ body }) => (JSON.parse(body) as { detail: { n: number } }).detail.n) ?? [];
      return { atOnce, order };
    };
    const { atOnce, order } = await orderOf(7);
    expect(new Set(order).size).toBe(20);
    expect(order.length).toBeGreaterThan(20);
    expect(atOnce).toBeLessThan(20);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect(await orderOf(7)).toEqual({ atOnce, order });
    expect((await orderOf(8)).order).not.toEqual(order);
  });
});
