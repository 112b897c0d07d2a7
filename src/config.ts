// Every setting, in one schema. The README's table is written from `settings`.
import * as z from "zod";
import type { Policy } from "./commands/rights/policy.ts";
import { misreadWords, type ReadPolicy, readPolicy } from "./commands/rights/policy-text.ts";

/** A value that does not show itself in logs, errors or JSON. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "***";
  }
  toJSON(): string {
    return "***";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "***";
  }
}

const secret = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));
const httpUrl = z.url({ protocol: /^https?$/, error: "must be a http:// or https:// URL" });
// What the client would refuse later, with every command, is refused at the start.
const endpoint = httpUrl.regex(
  /^https?:\/\/[\w.~:[\]-]+(\/[\w./~:-]*)?$/i,
  "must be a plain URL such as https://service.cn-shanghai.maxcompute.aliyun.com/api",
);
const printable = /^[\x21-\x7e]+$/;
const port = z.coerce
  .number({ error: "must be a port number" })
  .int()
  .min(1, "must be a port number")
  .max(65_534, "must be below 65535: the next port is used too");
const policy = z
  .string()
  .transform(readPolicy)
  .refine(({ misread }) => misread.length === 0, {
    error: ({ input }) => misreadWords((input as ReadPolicy).misread),
  })
  .transform(({ policy }) => policy);

const environment = z.object({
  PORT: port.default(3000).describe("Port of the workbench; the simulated MaxCompute takes the next one"),
  ODPS_HOME: z.string().min(1).default(".odps").describe("Folder for everything the local run remembers"),
  SLACK_BOT_TOKEN: secret
    .refine((token) => token.reveal().startsWith("xoxb-"), "must start with xoxb-")
    .optional()
    .describe("Bot token of a real Slack app (with SLACK_APP_TOKEN; otherwise Slack is simulated)"),
  SLACK_APP_TOKEN: secret
    .refine((token) => token.reveal().startsWith("xapp-"), "must start with xapp-")
    .optional()
    .describe("App-level token with connections:write, for Socket Mode"),
  ODPS_ENDPOINT: endpoint
    .optional()
    .describe("Endpoint of a real MaxCompute (with the next three; otherwise MaxCompute is simulated)"),
  ODPS_PROJECT: z
    .string()
    .regex(/^[A-Za-z][\w-]{1,63}$/, "must be a project name such as prod_dw")
    .optional()
    .describe("Default MaxCompute project"),
  ODPS_ACCESS_ID: z
    .string()
    .regex(printable, "must be printable ASCII without spaces")
    .optional()
    .describe(
      "Access key id; without it and its secret, but with any ALIBABA_CLOUD_* variable, the key is looked for where Alibaba Cloud's own tools look",
    ),
  ODPS_ACCESS_KEY: secret.optional().describe("Access key secret"),
  ODPS_STS_TOKEN: secret
    .refine((token) => printable.test(token.reveal()), "must be printable ASCII without spaces")
    .optional()
    .describe("Security token of a temporary access key"),
  ODPS_REGION_NAME: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)+$/, "must be a region such as cn-shanghai")
    .optional()
    .describe("Region, where the endpoint does not tell it: for signatures and job-insight links"),
  ODPS_ROLE_ARN: z
    .string()
    .regex(/^acs:ram::\d+:role\/[\w.-]+$/, "must be a role such as acs:ram::1234567890123456:role/odps-chatops")
    .optional()
    .describe(
      "RAM role in whose sessions the bot acts, each named after the Slack user, so that Alibaba Cloud's own trail names the person (docs/deploy.md); without it the access key acts itself",
    ),
  ODPS_STS_ENDPOINT: z
    .string()
    .regex(
      /^(https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1)(:\d+)?\/?$/,
      "must be a https:// URL such as https://sts.cn-shanghai.aliyuncs.com",
    )
    .optional()
    .describe("Where sessions of ODPS_ROLE_ARN are asked for; https://sts.aliyuncs.com unless told"),
  ODPS_LOGVIEW_HOST: httpUrl.optional().describe("Logview host, where MaxCompute's own answer is not wanted"),
  ODPS_POLICY: policy
    .optional()
    .describe(
      "Who may do what: lines such as `allow U0123ABCD admin`, with semicolons between them (docs/rights.md); nobody unless named",
    ),
  AUDIT_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,}$/, "must be a Slack channel id such as C0123ABCD")
    .optional()
    .describe("Id of a Slack channel that is told each decision about an act; the bot must be in it"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error")
    .default("info")
    .describe("Least level of a log line"),
});

type Environment = z.infer<typeof environment>;

export type MaxComputeSettings = {
  readonly endpoint: string;
  readonly project: string;
  /** Absent, like the next: the key is looked for where Alibaba Cloud's own tools look. */
  readonly accessId?: string;
  readonly accessKey?: Secret;
  readonly stsToken?: Secret;
  readonly region?: string;
  /** Absent: the key makes every call itself. */
  readonly roleArn?: string;
  readonly stsEndpoint?: string;
  readonly logviewHost?: string;
};

export type Config = {
  readonly port: number;
  readonly home: string;
  readonly logLevel: Environment["LOG_LEVEL"];
  /** Absent: Slack is simulated. */
  readonly slack?: { readonly botToken: Secret; readonly appToken: Secret };
  /** Absent: MaxCompute is simulated. */
  readonly maxcompute?: MaxComputeSettings;
  readonly policy: Policy;
  /** Absent: decisions are told to no channel. */
  readonly auditChannel?: string;
};

/** Every problem of the settings at once, in a text for whoever starts the bot. Holds no value of a setting. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const slackNames = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"];
const placeNames = ["ODPS_ENDPOINT", "ODPS_PROJECT"];
const keyNames = ["ODPS_ACCESS_ID", "ODPS_ACCESS_KEY"];
const needMaxCompute = ["ODPS_STS_TOKEN", "ODPS_REGION_NAME", "ODPS_ROLE_ARN", "ODPS_LOGVIEW_HOST"] as const;

/** Settings that mean something only together. */
function missingPartners(names: readonly string[]): string[] {
  const given = (name: string) => names.includes(name);
  const hasOwnKey = [...keyNames, "ODPS_STS_TOKEN"].some(given) || !names.some((name) => name.startsWith("ALIBABA_CLOUD_"));
  const groups = [slackNames, [...placeNames, ...(hasOwnKey ? keyNames : [])]];
  const halves = groups.flatMap((group) => {
    const absent = group.filter((name) => !given(name));
    return absent.length === 0 || absent.length === group.length
      ? []
      : absent.map((name) => `${name}: is missing; ${group.filter(given).join(", ")} makes no sense without it`);
  });
  const alone = needMaxCompute
    .filter((name) => given(name) && !given("ODPS_ENDPOINT"))
    .map((name) => `${name}: is for a real MaxCompute, but ODPS_ENDPOINT is missing`);
  const isLost = given("ODPS_STS_ENDPOINT") && !given("ODPS_ROLE_ARN");
  return [...halves, ...alone, ...(isLost ? ["ODPS_STS_ENDPOINT: makes no sense without ODPS_ROLE_ARN"] : [])];
}

/** Reads the settings; an empty value counts as absent. Throws one ConfigError that lists everything wrong. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const read = environment.safeParse(given);
  const problems = read.success ? [] : read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
  const all = [...problems, ...missingPartners(Object.keys(given))];
  if (!read.success || all.length > 0) {
    throw new ConfigError(`These settings are wrong:\n${all.map((problem) => `  ${problem}`).join("\n")}`);
  }
  return nest(read.data);
}

function nest(env: Environment): Config {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = env;
  const { ODPS_ENDPOINT: endpoint, ODPS_PROJECT: project, ODPS_ACCESS_ID: accessId, ODPS_ACCESS_KEY: accessKey } = env;
  return {
    port: env.PORT,
    home: env.ODPS_HOME,
    logLevel: env.LOG_LEVEL,
    ...(botToken === undefined || appToken === undefined ? {} : { slack: { botToken, appToken } }),
    ...(endpoint === undefined || project === undefined
      ? {}
      : {
          maxcompute: {
            endpoint,
            project,
            ...(accessId === undefined ? {} : { accessId }),
            ...(accessKey === undefined ? {} : { accessKey }),
            ...(env.ODPS_STS_TOKEN === undefined ? {} : { stsToken: env.ODPS_STS_TOKEN }),
            ...(env.ODPS_REGION_NAME === undefined ? {} : { region: env.ODPS_REGION_NAME }),
            ...(env.ODPS_ROLE_ARN === undefined ? {} : { roleArn: env.ODPS_ROLE_ARN }),
            ...(env.ODPS_STS_ENDPOINT === undefined ? {} : { stsEndpoint: env.ODPS_STS_ENDPOINT }),
            ...(env.ODPS_LOGVIEW_HOST === undefined ? {} : { logviewHost: env.ODPS_LOGVIEW_HOST }),
          },
        }),
    policy: env.ODPS_POLICY ?? [],
    ...(env.AUDIT_CHANNEL === undefined ? {} : { auditChannel: env.AUDIT_CHANNEL }),
  };
}

/** Every setting with its default and what it is for: the README's table. */
export const settings: readonly { readonly name: string; readonly default: string; readonly about: string }[] = Object.entries(
  environment.shape,
).map(([name, schema]) => ({
  name,
  default: schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : "",
  about: schema.description ?? "",
}));
