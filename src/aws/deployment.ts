// The settings of the deployed functions: what serverless.yml puts into each one's environment. Secrets are not among them: they are
// parameters under SECRETS_PATH, read when a function starts.

import type { SecretName } from "./secrets.ts";

export type FunctionName = "slack" | "command" | "transfer" | "apologise" | "tick" | "hot" | "shard";

const ofWorkers: readonly SecretName[] = ["slack-bot-token", "seal-key", "odps-access-key", "odps-sts-token"];
/** The secrets that each function opens; it may read no others. */
export const secretsOf: Readonly<Record<FunctionName, readonly SecretName[]>> = {
  slack: ["slack-signing-secret", "slack-bot-token", "seal-key"],
  command: ofWorkers,
  transfer: ofWorkers,
  apologise: ["slack-bot-token", "seal-key"],
  tick: ofWorkers,
  hot: ofWorkers,
  shard: ofWorkers,
};

/** What a value must look like, in words too. No schema library: the door reads five settings, and would load it for them alone. */
type Rule = { readonly pattern: RegExp; readonly wanted: string };

const text = (pattern: RegExp, wanted: string): Rule => ({ pattern, wanted });
const url = text(
  /^https?:\/\/[\w.~:[\]-]+(\/[\w./~:-]*)?$/i,
  "a plain URL such as https://service.cn-shanghai.maxcompute.aliyun.com/api",
);

const queue = text(/^https?:\/\/[\w.:-]+\/\d+\/[\w-]+$/, "the URL of a queue");

const rules = {
  TABLE_NAME: text(/^[\w.-]{3,255}$/, "a DynamoDB table name"),
  AUDIT_TABLE: text(/^[\w.-]{3,255}$/, "a DynamoDB table name"),
  AUDIT_DAYS: text(/^\d{1,5}$/, "a number of days; 0 is for ever"),
  AUDIT_CHANNEL: text(/^[CG][A-Z0-9]{2,}$/, "a Slack channel id such as C0123ABCD"),
  PRIVATE_BUS: text(/^[\w./-]{1,256}$/, "an event bus name"),
  PUBLIC_BUS: text(/^[\w./-]{1,256}$/, "an event bus name"),
  MINUTE_RULE: text(/^[\w.-]{1,64}$/, "the name of a rule"),
  HEARTBEAT_RULE: text(/^[\w.-]{1,64}$/, "the name of a rule"),
  LOST_QUEUE: queue,
  FAILURES_QUEUE: queue,
  APOLOGIES_QUEUE: queue,
  SECRETS_PATH: text(/^(\/[\w.-]+)+$/, "a parameter path such as /odps-chatops/prod"),
  SLACK_TEAM_ID: text(/^[TE][A-Z0-9]{2,}$/, "a Slack workspace id such as T0123ABCD"),
  ODPS_ENDPOINT: url,
  ODPS_PROJECT: text(/^[A-Za-z][\w-]{1,63}$/, "a project name such as prod_dw"),
  ODPS_ACCESS_ID: text(/^[\x21-\x7e]+$/, "printable ASCII without spaces"),
  ODPS_REGION_NAME: text(/^[a-z0-9]+(-[a-z0-9]+)+$/, "a region such as cn-shanghai"),
  ODPS_ROLE_ARN: text(/^acs:ram::\d+:role\/[\w.-]+$/, "a role such as acs:ram::1234567890123456:role/odps-chatops"),
  ODPS_STS_ENDPOINT: text(
    /^(https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1)(:\d+)?\/?$/,
    "a https:// URL such as https://sts.cn-shanghai.aliyuncs.com",
  ),
  ODPS_LOGVIEW_HOST: url,
  ODPS_POLICY: text(/^[^\0]{1,4000}$/, "lines such as allow U0123ABCD admin, with semicolons between them"),
  LOG_LEVEL: text(/^(debug|info|warn|error)$/, "debug, info, warn or error"),
} satisfies Readonly<Record<string, Rule>>;

type Name = keyof typeof rules;

const workers: readonly FunctionName[] = ["command", "transfer"];
const watchers: readonly FunctionName[] = ["tick", "hot", "shard"];
/** Those that act, make up for one that did, or find that nobody decided. */
const auditors: readonly FunctionName[] = ["command", "apologise", "tick"];
const all: readonly FunctionName[] = ["slack", "command", "transfer", "apologise", "tick", "hot", "shard"];

/** Every setting, which functions read it, and what it is for. */
export const deployedSettings: readonly {
  readonly name: Name;
  readonly functions: readonly FunctionName[];
  readonly optional: boolean;
  readonly about: string;
}[] = [
  { name: "TABLE_NAME", functions: all, optional: false, about: "The DynamoDB table" },
  {
    name: "AUDIT_TABLE",
    functions: [...workers, "apologise", "tick"],
    optional: false,
    about: "The DynamoDB table of the audit trail",
  },
  {
    name: "AUDIT_DAYS",
    functions: auditors,
    optional: true,
    about: "How many days a row of the audit trail is kept; 0 is for ever, and 400 unless told",
  },
  {
    name: "AUDIT_CHANNEL",
    functions: ["command"],
    optional: true,
    about: "Id of a Slack channel that is told each decision about an act; the bot must be in it",
  },
  {
    name: "PRIVATE_BUS",
    functions: ["slack", "command", "apologise", "tick"],
    optional: false,
    about: "The event bus of sealed commands",
  },
  { name: "PUBLIC_BUS", functions: watchers, optional: false, about: "The event bus of what others may hear" },
  {
    name: "MINUTE_RULE",
    functions: ["command", "tick"],
    optional: false,
    about: "The rule that calls tick each minute while something is watched",
  },
  {
    name: "HEARTBEAT_RULE",
    functions: ["command"],
    optional: false,
    about: "The rule that must never be off, for `doctor` to look at",
  },
  {
    name: "LOST_QUEUE",
    functions: ["command"],
    optional: false,
    about: "The queue of what nobody was told, for `doctor` to count",
  },
  { name: "FAILURES_QUEUE", functions: ["command"], optional: false, about: "The queue of failures, for the same" },
  { name: "APOLOGIES_QUEUE", functions: ["command"], optional: false, about: "The queue of the commands' timers, for the same" },
  { name: "SECRETS_PATH", functions: all, optional: false, about: "Where the secrets are in the parameter store" },
  { name: "SLACK_TEAM_ID", functions: all, optional: false, about: "The workspace whose people may use the bot" },
  { name: "ODPS_ENDPOINT", functions: [...workers, ...watchers], optional: false, about: "MaxCompute's endpoint" },
  { name: "ODPS_PROJECT", functions: workers, optional: false, about: "The default MaxCompute project" },
  { name: "ODPS_ACCESS_ID", functions: [...workers, ...watchers], optional: false, about: "Id of the access key" },
  {
    name: "ODPS_REGION_NAME",
    functions: [...workers, ...watchers],
    optional: true,
    about: "Region, where the endpoint does not tell it",
  },
  {
    name: "ODPS_ROLE_ARN",
    functions: [...workers, ...watchers],
    optional: true,
    about: "RAM role in whose sessions the bot acts, each named after the Slack user; without it the access key acts itself",
  },
  {
    name: "ODPS_STS_ENDPOINT",
    functions: [...workers, ...watchers],
    optional: true,
    about: "Where those sessions are asked for; https://sts.aliyuncs.com unless told",
  },
  {
    name: "ODPS_LOGVIEW_HOST",
    functions: [...workers, ...watchers],
    optional: true,
    about: "Logview host, where MaxCompute's own answer is not wanted",
  },
  {
    name: "ODPS_POLICY",
    functions: [...workers, ...watchers],
    optional: true,
    about: "Who may do what (docs/rights.md); nobody unless named",
  },
  { name: "LOG_LEVEL", functions: all, optional: true, about: "Least level of a log line" },
];

type Optional =
  | "ODPS_REGION_NAME"
  | "ODPS_ROLE_ARN"
  | "ODPS_STS_ENDPOINT"
  | "ODPS_LOGVIEW_HOST"
  | "ODPS_POLICY"
  | "AUDIT_DAYS"
  | "AUDIT_CHANNEL";
export type Deployment = {
  readonly [name in Exclude<Name, Optional | "LOG_LEVEL">]: string;
} & { readonly [name in Optional]?: string } & { readonly LOG_LEVEL: "debug" | "info" | "warn" | "error" };
/** Of all functions only `command` runs `doctor`. */
export type ForDoctor = "HEARTBEAT_RULE" | "LOST_QUEUE" | "FAILURES_QUEUE" | "APOLOGIES_QUEUE";
/** Functions that only follow instances have nothing to put on record. */
export type ForAudit = "AUDIT_TABLE" | "AUDIT_DAYS" | "AUDIT_CHANNEL";
type Of<F extends FunctionName> = F extends "slack"
  ? Pick<Deployment, "TABLE_NAME" | "PRIVATE_BUS" | "SECRETS_PATH" | "SLACK_TEAM_ID" | "LOG_LEVEL">
  : F extends "apologise"
    ? Pick<
        Deployment,
        "TABLE_NAME" | "AUDIT_TABLE" | "AUDIT_DAYS" | "PRIVATE_BUS" | "SECRETS_PATH" | "SLACK_TEAM_ID" | "LOG_LEVEL"
      >
    : F extends "transfer"
      ? Omit<Deployment, "PRIVATE_BUS" | "PUBLIC_BUS" | "MINUTE_RULE" | "AUDIT_DAYS" | "AUDIT_CHANNEL" | ForDoctor>
      : F extends "tick"
        ? Omit<Deployment, "ODPS_PROJECT" | "AUDIT_CHANNEL" | ForDoctor>
        : F extends "hot" | "shard"
          ? Omit<Deployment, "PRIVATE_BUS" | "MINUTE_RULE" | "ODPS_PROJECT" | ForDoctor | ForAudit>
          : Omit<Deployment, "PUBLIC_BUS">;

/** A function was deployed with wrong settings: every problem at once. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}

/** The settings of one function from its environment; an empty value counts as absent. Throws one DeploymentError. */
export function loadDeployment<F extends FunctionName>(name: F, env: Readonly<Record<string, string | undefined>>): Of<F> {
  const mine = deployedSettings.filter(({ functions }) => functions.includes(name));
  const given = mine.flatMap((setting) => {
    const value = env[setting.name] ?? "";
    return value === "" ? [] : [[setting.name, value] as const];
  });
  const found = new Map<Name, string>(given);
  const problems = mine.flatMap(({ name: key, optional }) => {
    const value = found.get(key);
    if (value === undefined) return optional ? [] : [`  ${key}: is missing`];
    return rules[key].pattern.test(value) ? [] : [`  ${key}: must be ${rules[key].wanted}`];
  });
  if (problems.length === 0) return { LOG_LEVEL: "info", ...Object.fromEntries(found) } as Of<F>;
  throw new DeploymentError(`The function ${name} was deployed with wrong settings:\n${problems.join("\n")}`);
}

/** What each function may do with the audit trail; nobody may do anything else with it. Who puts a row must read whether it is there. */
export const auditActions: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  command: ["dynamodb:PutItem", "dynamodb:Query"],
  transfer: ["dynamodb:Query"],
  apologise: ["dynamodb:PutItem", "dynamodb:Query"],
  tick: ["dynamodb:PutItem", "dynamodb:Query"],
};

/** Days that the audit trail keeps a row; 0 is for ever. */
export const auditDaysIn = (days: string | undefined): number => Number(days ?? "400");
