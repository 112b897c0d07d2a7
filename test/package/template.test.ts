import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSchemas } from "../../scripts/package/check/schemas.ts";
import { checkTemplate, type Expected } from "../../scripts/package/check-template.ts";
import { ofType, type Template } from "../../scripts/package/template.ts";
import { largestFileBytes } from "../../src/slack/spool.ts";
import {
  actionsOfHandlers,
  auditActions,
  deployedSettings,
  leaseSeconds,
  publicEventTypes,
  secretsOf,
  storeTable,
} from "./deployed.ts";
import { auditFaults } from "./faults/audit.ts";
import { cloudformationFaults } from "./faults/cloudformation.ts";
import { deliveryFaults } from "./faults/delivery.ts";
import { plant } from "./faults/fault.ts";
import { functionsFaults } from "./faults/functions.ts";
import { keepingFaults } from "./faults/keeping.ts";
import { rightsFaults } from "./faults/rights.ts";
import { schedulesFaults } from "./faults/schedules.ts";
import { functionNames, type Packaged, packaged } from "./packaged.ts";

const options = {
  alarmsTo: "oncall@example.com",
  provisionedConcurrency: "1",
  reservedConcurrency: "5",
  archiveDays: "0",
  deletionProtection: "true",
};

const faults = [
  ...cloudformationFaults,
  ...functionsFaults,
  ...rightsFaults,
  ...deliveryFaults,
  ...schedulesFaults,
  ...keepingFaults,
  ...auditFaults,
];

let made: Packaged;
let chosen: Template;
let template: Template;
let expected: Expected;

beforeAll(async () => {
  const args = Object.entries(options).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
  const [plain, withOptions] = await Promise.all([packaged(), packaged(...args)]);
  made = plain;
  chosen = withOptions.template;
  template = made.template;
  expected = {
    schemas: loadSchemas(),
    settings: deployedSettings,
    used: await actionsOfHandlers(),
    secrets: secretsOf,
    table: storeTable,
    audit: auditActions,
    publicEvents: publicEventTypes,
    leaseSeconds,
  };
});

describe("the packaged template", () => {
  it("holds everything that can be checked without deploying it", () => {
    expect(checkTemplate(template, expected)).toEqual([]);
  });

  it("has the functions, buses, queues and tables of the bot, and a package each that holds nothing but its bundle", () => {
    const count = (type: string) => ofType(template, type).length;
    expect([
      count("AWS::Lambda::Function"),
      count("AWS::Events::EventBus"),
      count("AWS::SQS::Queue"),
      count("AWS::DynamoDB::Table"),
    ]).toEqual([7, 2, 3, 2]);
    for (const name of functionNames) expect(made.files(name)).toEqual([`dist/${name}/index.mjs`]);
  });

  it("has room for the largest file where files are sent", () => {
    const { EphemeralStorage } = template.Resources.TransferLambdaFunction?.Properties ?? {};
    const { Size } = EphemeralStorage as { readonly Size: number };
    expect(Size * 1024 * 1024).toBeGreaterThan(largestFileBytes);
    // Another's 512 MB would not do, and a file beyond what fits is refused in words before the folder is full.
    expect(largestFileBytes).toBeGreaterThan(512 * 1024 * 1024);
    const cost = readFileSync(new URL("../../docs/cost.md", import.meta.url), "utf8");
    expect(cost).toContain(`${Size.toLocaleString("en-US")} MB of temporary storage`);
    const deploy = readFileSync(new URL("../../docs/deploy.md", import.meta.url), "utf8");
    expect(deploy).toContain(`files of up to ${(largestFileBytes / 1024 / 1024).toLocaleString("en-US")} MB`);
  });

  it("makes no topic while nobody is named who hears of alarms", () => {
    expect(ofType(template, "AWS::SNS::Topic")).toEqual([]);
  });

  it("has as many alarms as docs/cost.md reckons with", () => {
    const cost = readFileSync(new URL("../../docs/cost.md", import.meta.url), "utf8");
    expect(cost).toContain(`${ofType(template, "AWS::CloudWatch::Alarm").length} alarms`);
  });

  it("switches the alias to the version that it publishes", () => {
    const [alias] = ofType(template, "AWS::Lambda::Alias");
    const [version] = ofType(template, "AWS::Lambda::Version");
    expect(alias?.[1].Properties).toMatchObject({ Name: "live", FunctionVersion: { "Fn::GetAtt": [version?.[0], "Version"] } });
  });

  it.each(faults)("is refused when $what", ({ path, value, says }) => {
    const problems = checkTemplate(plant(template, path, value), expected);
    expect(problems.join("\n")).toMatch(says);
  });
});

describe("the options", () => {
  it("send alarms to a mailbox, keep instances warm, hold some back, and keep no archive, where told so", () => {
    expect(checkTemplate(chosen, expected)).toEqual([]);
    expect(ofType(chosen, "AWS::SNS::Subscription")[0]?.[1].Properties).toMatchObject({
      Endpoint: "oncall@example.com",
      Protocol: "email",
    });
    expect(ofType(chosen, "AWS::Lambda::Alias")[0]?.[1].Properties).toMatchObject({
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
    });
    expect(ofType(chosen, "AWS::DynamoDB::Table")[0]?.[1].Properties?.DeletionProtectionEnabled).toBe("true");
    expect(chosen.Conditions).toMatchObject({
      ArchivesPublicEvents: { "Fn::Not": [{ "Fn::Equals": ["0", "0"] }] },
      ReservesConcurrency: { "Fn::Not": [{ "Fn::Equals": ["5", "0"] }] },
    });
  });

  it("are refused while a stage of one's own lacks what has no default", async () => {
    await expect(packaged("--stage", "prod")).rejects.toThrow(/SLACK_TEAM_ID.*Value not found at "param"/);
  });
});
