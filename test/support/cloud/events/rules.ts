// Buses, their policies, and rules with their targets, as the template has them.
import * as z from "zod";
import { readPolicy, type Statement } from "../policy/statement.ts";
import { count, ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";
import { matchesPattern } from "./pattern.ts";
import { nextFiring } from "./schedule.ts";

const targetSchema = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  Input: z.string().optional(),
  InputPath: z
    .string()
    .regex(/^\$(\.[\w-]+)*$/)
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: count.max(185).optional(),
      MaximumEventAgeInSeconds: count.min(60).max(86_400).optional(),
    })
    .optional(),
});

const ruleSchema = z.strictObject({
  Name: ignored,
  Description: ignored,
  EventBusName: z.string().default("default"),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Targets: z.array(targetSchema).max(5).default([]),
});

const busSchema = z.strictObject({ Name: z.string(), Description: ignored, Tags: ignored, LogConfig: ignored });
const busPolicySchema = z.strictObject({
  EventBusName: z.string().default("default"),
  StatementId: z.string(),
  Statement: z.record(z.string(), z.unknown()),
});

export type Target = {
  readonly id: string;
  readonly arn: string;
  readonly input?: string | undefined;
  readonly inputPath?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  readonly retries: number;
  readonly ageMs: number;
};

export type Rule = {
  readonly logicalId: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern?: Readonly<Record<string, unknown>> | undefined;
  readonly schedule?: string | undefined;
  readonly isEnabled: boolean;
  readonly targets: readonly Target[];
};

export type Bus = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly policy: readonly Statement[];
};

const busName = (named: string): string => named.split("/").at(-1) ?? named;

/** The buses of the template and the default bus that every account has. */
export function readBuses(resources: readonly Resource[], { region, account }: Place): readonly Bus[] {
  const policies = ofType(resources, "AWS::Events::EventBusPolicy").map((resource) => {
    const { EventBusName, Statement } = parseProperties(busPolicySchema, resource);
    return { bus: busName(EventBusName), statements: readPolicy({ Statement }) };
  });
  const own = ofType(resources, "AWS::Events::EventBus").map((resource) => ({
    logicalId: resource.logicalId,
    name: parseProperties(busSchema, resource).Name,
  }));
  return [...own, { logicalId: "default", name: "default" }].map(({ logicalId, name }) => ({
    logicalId,
    name,
    arn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
    policy: policies.filter(({ bus }) => bus === name).flatMap(({ statements }) => statements),
  }));
}

/** Every rule; throws for one with a pattern or a schedule that would be refused, or on a bus that is not there. */
export function readRules(resources: readonly Resource[], buses: readonly Bus[]): readonly Rule[] {
  return ofType(resources, "AWS::Events::Rule").map((resource) => {
    const read = parseProperties(ruleSchema, resource);
    const bus = busName(read.EventBusName);
    if (!buses.some(({ name }) => name === bus)) throw new Error(`${resource.logicalId}: there is no event bus ${bus}`);
    if (read.EventPattern === undefined && read.ScheduleExpression === undefined) {
      throw new Error(`${resource.logicalId}: a rule needs a pattern or a schedule`);
    }
    if (read.ScheduleExpression !== undefined && bus !== "default") {
      throw new Error(`${resource.logicalId}: schedules are for the default bus alone`);
    }
    if (read.EventPattern !== undefined) matchesPattern(read.EventPattern, {});
    if (read.ScheduleExpression !== undefined) nextFiring(read.ScheduleExpression, 0, 0);
    return {
      logicalId: resource.logicalId,
      arn: resource.attributes.Arn ?? "",
      bus,
      pattern: read.EventPattern,
      schedule: read.ScheduleExpression,
      isEnabled: read.State === "ENABLED",
      targets: read.Targets.map((target) => ({
        id: target.Id,
        arn: target.Arn,
        input: target.Input,
        inputPath: target.InputPath,
        deadLetterArn: target.DeadLetterConfig?.Arn,
        retries: target.RetryPolicy?.MaximumRetryAttempts ?? 185,
        ageMs: (target.RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400) * 1000,
      })),
    };
  });
}
