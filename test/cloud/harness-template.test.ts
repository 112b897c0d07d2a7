// What the cloud reads of a template, and the rules it judges by.
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aFunction, aQueue, arn } from "../support/cloud/a-template.ts";
import { matchesPattern } from "../support/cloud/events/pattern.ts";
import { nextFiring } from "../support/cloud/events/schedule.ts";
import { type Access, isAllowed } from "../support/cloud/policy/decide.ts";
import { readPolicy } from "../support/cloud/policy/statement.ts";
import { resolveTemplate } from "../support/cloud/template/resolve.ts";
import { readTemplate } from "../support/cloud/template/template.ts";
import { readZip } from "../support/cloud/zip/read.ts";
import { writeZip } from "../support/cloud/zip/write.ts";

const aCloud = cloudsOfThisFile();
const place = { region: "eu-west-1", account: "111122223333", stack: "s" };
const resolved = (value: unknown, Parameters = {}) => {
  const Bucket = { Type: "AWS::S3::Bucket", Properties: { value } };
  const Queue = { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Sub": `\${AWS::StackName}-q` } } };
  const Bus = { Type: "AWS::Events::EventBus", Properties: { Name: "private" } };
  const Rule = { Type: "AWS::Events::Rule", Properties: { Name: "r", EventBusName: { Ref: "Bus" } } };
  const template = readTemplate({ Parameters, Resources: { Bucket, Queue, Bus, Rule } });
  return resolveTemplate(template, place, {}).find(({ logicalId }) => logicalId === "Bucket")?.properties.value;
};

describe("a template's references", () => {
  it.each([
    [{ Ref: "AWS::Region" }, "eu-west-1"],
    [{ Ref: "Queue" }, "https://sqs.eu-west-1.amazonaws.com/111122223333/s-q"],
    [{ "Fn::GetAtt": ["Queue", "Arn"] }, "arn:aws:sqs:eu-west-1:111122223333:s-q"],
    [{ "Fn::GetAtt": "Rule.Arn" }, "arn:aws:events:eu-west-1:111122223333:rule/private/r"],
    [
      { "Fn::Sub": `\${Bus}/\${Bus.Arn}/\${!literal}` },
      `private/arn:aws:events:eu-west-1:111122223333:event-bus/private/\${literal}`,
    ],
    [{ "Fn::Sub": [`\${x}-\${AWS::AccountId}`, { x: { Ref: "Bus" } }] }, "private-111122223333"],
    [{ "Fn::Join": [":", ["a", { Ref: "Bus" }]] }, "a:private"],
    [{ "Fn::Select": [1, { "Fn::Split": [",", "a,b"] }] }, "b"],
    [{ keep: 1, drop: { Ref: "AWS::NoValue" } }, { keep: 1 }],
  ])("%j becomes %j", (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it.each([
    ["Never", "no", false],
    ["Always", "yes", true],
  ])("hang on conditions: %s", (Condition, expected, isThere) => {
    const Conditions = {
      Never: { "Fn::Equals": [{ Ref: "AWS::Region" }, "mars"] },
      Always: {
        "Fn::And": [{ "Fn::Not": [{ Condition: "Never" }] }, { "Fn::Or": [{ Condition: "Never" }, { "Fn::Equals": [1, 1] }] }],
      },
    };
    const Alarm = { Type: "AWS::CloudWatch::Alarm", Properties: { is: { "Fn::If": [Condition, "yes", "no"] } } };
    const Resources = { Alarm, Maybe: { ...Alarm, Condition } };
    const all = resolveTemplate(readTemplate({ Conditions, Resources }), place, {});
    expect(all[0]?.properties.is).toBe(expected);
    expect(all.length === 2).toBe(isThere);
  });

  it("a parameter has its default", () => {
    expect(resolved({ Ref: "Size" }, { Size: { Default: 5 } })).toBe("5");
  });

  it.each([
    [{ Ref: "Missing" }, "no resource or parameter Missing"],
    [{ "Fn::GetAtt": ["Queue", "Nothing"] }, "Queue has no attribute Nothing"],
    [{ "Fn::If": ["Missing", 1, 2] }, "no condition Missing"],
    [{ "Fn::ImportValue": "x" }, "does not know Fn::ImportValue"],
  ])("%j is refused", (value, message) => {
    expect(() => resolved(value)).toThrow(message);
  });
});

describe("a template that AWS would refuse, or that asks for what this cloud has not,", () => {
  it.each([
    ["a property nobody knows", aFunction("Fn", { Layers: ["x"] }), "Layers"],
    ["another runtime", aFunction("Fn", { Runtime: "nodejs22.x" }), "nodejs24.x"],
    ["a variable that Lambda sets", aFunction("Fn", { Environment: { Variables: { AWS_REGION: "x" } } }), "keeps for itself"],
    ["more than 4 KB of variables", aFunction("Fn", { Environment: { Variables: { BIG: "x".repeat(4096) } } }), "4 KB"],
    ["a role that is not there", aFunction("Fn", { Role: "arn:aws:iam::1:role/x" }), "no role"],
    [
      "a dead-letter queue that is not there",
      aQueue("Q", { RedrivePolicy: { deadLetterTargetArn: "a", maxReceiveCount: 1 } }),
      "no dead-letter",
    ],
    [
      "a rule on a bus that is not there",
      { R: { Type: "AWS::Events::Rule", Properties: { EventBusName: "x", EventPattern: {} } } },
      "no event bus",
    ],
  ])("is refused at the start: %s", async (_, resources, message) => {
    await expect(aCloud([resources])).rejects.toThrow(message);
  });
});

describe("an event pattern", () => {
  const event = { source: "me", detail: { n: 5, text: "Hello", list: ["a", "b"], empty: null, deep: { x: 1 } } };
  it.each([
    [{ source: ["you", "me"] }, true],
    [{ source: ["you"] }, false],
    [{ detail: { list: ["b"] } }, true],
    [{ source: ["me"], detail: { n: [6] } }, false],
    [{ detail: { text: [{ prefix: "He" }] } }, true],
    [{ detail: { text: [{ suffix: "He" }] } }, false],
    [{ detail: { text: [{ "equals-ignore-case": "hello" }] } }, true],
    [{ detail: { text: [{ wildcard: "H*o" }] } }, true],
    [{ detail: { text: [{ "anything-but": ["Hello"] }] } }, false],
    [{ detail: { text: [{ "anything-but": { prefix: "X" } }] } }, true],
    [{ detail: { nothing: [{ "anything-but": ["x"] }] } }, false],
    [{ detail: { n: [{ numeric: [">", 4, "<=", 5] }] } }, true],
    [{ detail: { n: [{ exists: true }] } }, true],
    [{ "replay-name": [{ exists: false }] }, true],
    [{ detail: { empty: [null] } }, true],
    [{ detail: { constructor: [{ exists: true }] } }, false],
    [{ $or: [{ source: ["you"] }, { detail: { n: [5] } }] }, true],
  ])("%j: %s", (pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it.each([{ source: "me" }, { detail: { n: [{ unheard: 1 }] } }])("%j is refused", (pattern) => {
    expect(() => matchesPattern(pattern, event)).toThrow();
  });
});

describe("a schedule", () => {
  const at = Date.UTC(2026, 10, 22, 10, 7, 30);
  it.each([
    ["rate(1 minute)", "2026-11-22T10:08:00.000Z"],
    ["rate(15 minutes)", "2026-11-22T10:15:00.000Z"],
    ["cron(0/10 * * * ? *)", "2026-11-22T10:10:00.000Z"],
    ["cron(30 6 ? * MON-FRI *)", "2026-11-23T06:30:00.000Z"],
  ])("%s is due next at %s", (expression, expected) => {
    expect(new Date(nextFiring(expression, Date.UTC(2026, 10, 22, 10), at) ?? 0).toISOString()).toBe(expected);
  });

  it("that makes no sense is refused", () => {
    expect(() => nextFiring("every now and then", 0, 0)).toThrow("does not know the schedule");
  });
});

describe("a policy", () => {
  const queue = "arn:aws:sqs:r:1:q";
  const access = (context = {}): Access => ({
    caller: { kind: "service", service: "events.amazonaws.com" },
    action: "sqs:SendMessage",
    resource: queue,
    context,
  });
  const allow = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:Send*", Resource: queue };
  const when = (Condition: object) => ({ ...allow, Condition });
  it.each([
    ["allows what a statement names", [allow], true],
    ["allows nothing else", [{ ...allow, Resource: `${queue}2` }], false],
    ["allows nobody else", [{ ...allow, Principal: { Service: "sns.amazonaws.com" } }], false],
    ["lets a denial win", [allow, { ...allow, Effect: "Deny", Principal: "*" }], false],
    ["holds a condition that is met", [when({ ArnLike: { "aws:SourceArn": "arn:*:rule/a" } })], true],
    ["refuses for a condition that is not met", [when({ ArnEquals: { "AWS:sourcearn": "arn:x:rule/b" } })], false],
    ["refuses for a key that is absent", [when({ StringEquals: { "aws:SourceAccount": "1" } })], false],
  ])("%s", (_, Statement, expected) => {
    expect(isAllowed(access({ "aws:SourceArn": "arn:x:rule/a" }), readPolicy({ Statement }))).toBe(expected);
  });

  it("with an operator that this cloud does not know is an error, never a guess", () => {
    const policy = readPolicy({ Statement: [when({ DateLessThan: { "aws:CurrentTime": "2030" } })] });
    expect(() => isAllowed(access(), policy)).toThrow("DateLessThan");
  });
});

describe("a zip", () => {
  it("gives back what was put in", () => {
    const files = readZip(writeZip({ "index.mjs": "1", "deep/er.txt": Buffer.from([0, 255]) }));
    expect([...files]).toEqual([
      ["index.mjs", Buffer.from("1")],
      ["deep/er.txt", Buffer.from([0, 255])],
    ]);
  });

  it("may be compressed", () => {
    const text = "a".repeat(1_000);
    const packed = deflateRawSync(text);
    const stored = writeZip({ "a.txt": text });
    const name = 5;
    const local = stored.subarray(0, 30 + name);
    const rest = stored.subarray(30 + name + text.length);
    const zip = Buffer.concat([local, packed, rest]);
    const central = local.length + packed.length;
    zip.writeUInt16LE(8, central + 10);
    zip.writeUInt32LE(packed.length, central + 20);
    zip.writeUInt32LE(central, zip.length - 6);
    expect(readZip(zip).get("a.txt")?.toString()).toBe(text);
  });

  it.each(["../out.mjs", "/etc/out", "a/../../out"])("that would write to %s is refused", (path) => {
    expect(() => readZip(writeZip({ [path]: "x" }))).toThrow("outside its folder");
  });

  it("that is damaged, or none at all, is refused", () => {
    const zip = writeZip({ "a.txt": "hello" });
    zip.write("j", 35);
    expect(() => readZip(zip)).toThrow("damaged at a.txt");
    expect(() => readZip(Buffer.from("hello"))).toThrow("no zip");
  });
});

it("a resource's ARN can be asked for by its logical id", async () => {
  const { cloud } = await aCloud([aFunction("Fn", { Environment: { Variables: { QUEUE: arn("Queue") } } }), aQueue("Queue")]);
  expect(cloud.resource("Queue")?.attributes.Arn).toBe("arn:aws:sqs:eu-central-1:123456789012:queue");
});
