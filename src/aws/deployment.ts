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

const rules = {
  TABLE_NAME: text(/^[\w.-]{3,255}$/, "a DynamoDB table name"),
  PRIVATE_BUS: text(/^[\w./-]{1,256}$/, "an event bus name"),
  PUBLIC_BUS: text(/^[\w./-]{1,256}$/, "an event bus name"),
  MINUTE_RULE: text(/^[\w.-]{1,64}$/, "the name of a rule"),
  SECRETS_PATH: text(/^(\/[\w.-]+)+$/, "a parameter path such as /odps-chatops/prod"),
  SLACK_TEAM_ID: text(/^[TE][A-Z0-9]{2,}$/, "a Slack workspace id such as T0123ABCD"),
  ODPS_ENDPOINT: url,
  ODPS_PROJECT: text(/^[A-Za-z][\w-]{1,63}$/, "a project name such as prod_dw"),
  ODPS_ACCESS_ID: text(/^[\x21-\x7e]+$/, "printable ASCII without spaces"),
  ODPS_REGION_NAME: text(/^[a-z0-9]+(-[a-z0-9]+)+$/, "a region such as cn-shanghai"),
  ODPS_LOGVIEW_HOST: url,
  ODPS_OPERATORS: text(/^\s*[UW][A-Z0-9]+(\s*,\s*[UW][A-Z0-9]+)*\s*$/, "Slack user ids such as U0123ABCD, separated by commas"),
  LOG_LEVEL: text(/^(debug|info|warn|error)$/, "debug, info, warn or error"),
} satisfies Readonly<Record<string, Rule>>;

type Name = keyof typeof rules;

const doors: readonly FunctionName[] = ["slack"];
const workers: readonly FunctionName[] = ["command", "transfer"];
const watchers: readonly FunctionName[] = ["tick", "hot", "shard"];
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
    name: "ODPS_LOGVIEW_HOST",
    functions: [...workers, ...watchers],
    optional: true,
    about: "Logview host, where MaxCompute's own answer is not wanted",
  },
  {
    name: "ODPS_OPERATORS",
    functions: [...doors, ...workers],
    optional: true,
    about: "Slack user ids that may stop instances; nobody unless named",
  },
  { name: "LOG_LEVEL", functions: all, optional: true, about: "Least level of a log line" },
];

type Optional = "ODPS_REGION_NAME" | "ODPS_LOGVIEW_HOST" | "ODPS_OPERATORS";
export type Deployment = {
  readonly [name in Exclude<Name, Optional | "LOG_LEVEL">]: string;
} & { readonly [name in Optional]?: string } & { readonly LOG_LEVEL: "debug" | "info" | "warn" | "error" };
type Of<F extends FunctionName> = F extends "slack"
  ? Pick<Deployment, "TABLE_NAME" | "PRIVATE_BUS" | "SECRETS_PATH" | "SLACK_TEAM_ID" | "ODPS_OPERATORS" | "LOG_LEVEL">
  : F extends "apologise"
    ? Pick<Deployment, "TABLE_NAME" | "PRIVATE_BUS" | "SECRETS_PATH" | "SLACK_TEAM_ID" | "LOG_LEVEL">
    : F extends "transfer"
      ? Omit<Deployment, "PRIVATE_BUS" | "PUBLIC_BUS" | "MINUTE_RULE">
      : F extends "tick"
        ? Omit<Deployment, "ODPS_PROJECT" | "ODPS_OPERATORS">
        : F extends "hot" | "shard"
          ? Omit<Deployment, "PRIVATE_BUS" | "MINUTE_RULE" | "ODPS_PROJECT" | "ODPS_OPERATORS">
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

/** The ids in ODPS_OPERATORS. */
export const operatorsIn = (list: string | undefined): readonly string[] => (list ?? "").split(",").map((id) => id.trim());
