// How functions run and what they are given.
import { arn, type Fault, resource } from "./fault.ts";

export const functionsFaults: readonly Fault[] = [
  {
    what: "a function runs on another runtime",
    path: resource("CommandLambdaFunction", "Runtime"),
    value: "nodejs22.x",
    says: /Runtime is nodejs22.x/,
  },
  {
    what: "a function runs on another architecture",
    path: resource("CommandLambdaFunction", "Architectures"),
    value: ["x86_64"],
    says: /Architectures is x86_64/,
  },
  { what: "a function may run longer", path: resource("CommandLambdaFunction", "Timeout"), value: 60, says: /Timeout is 60/ },
  {
    what: "a log is kept for ever",
    path: resource("CommandLogGroup", "RetentionInDays"),
    value: undefined,
    says: /not kept for 30 days/,
  },
  {
    what: "a log group is missing",
    path: resource("CommandLogGroup", "LogGroupName"),
    value: "/other",
    says: /CommandLambdaFunction: its log group/,
  },
  {
    what: "the URL is beside the alias",
    path: resource("SlackLambdaFunctionUrl", "TargetFunctionArn"),
    value: arn("SlackLambdaFunction"),
    says: /not on the alias live/,
  },
  {
    what: "the URL answers browsers",
    path: resource("SlackLambdaFunctionUrl", "Cors"),
    value: { AllowOrigins: ["*"] },
    says: /answers browsers/,
  },
  { what: "anybody may call a worker", path: resource("CommandPermission", "Principal"), value: "*", says: /lets anybody call/ },
  {
    what: "a rule of anybody may call a worker",
    path: resource("CommandPermission", "SourceArn"),
    value: undefined,
    says: /names no SourceArn of ours/,
  },
  {
    what: "a setting is missing",
    path: resource("CommandLambdaFunction", "Environment", "Variables", "TABLE_NAME"),
    value: undefined,
    says: /is not given TABLE_NAME/,
  },
  {
    what: "a setting has no reader",
    path: resource("SlackLambdaFunction", "Environment", "Variables", "ODPS_ENDPOINT"),
    value: "t",
    says: /is given ODPS_ENDPOINT/,
  },
  {
    what: "a token stands in a setting",
    path: resource("SlackLambdaFunction", "Environment", "Variables", "LOG_LEVEL"),
    value: "xoxb-1-2-abc",
    says: /looks like a secret/,
  },
  {
    what: "a key stands anywhere",
    path: resource("PublicBus", "Description"),
    value: "k3yAbCdEfGhIjKlMnOpQrStUvWxYz0123456789=",
    says: /looks like a secret/,
  },
  {
    what: "a secret is resolved into a setting",
    path: resource("SlackLambdaFunction", "Environment", "Variables", "LOG_LEVEL"),
    value: "{{resolve:ssm-secure:/odps-chatops/prod/seal-key}}",
    says: /looks like a secret/,
  },
];
