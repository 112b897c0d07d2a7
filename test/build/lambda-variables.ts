// The variables of a function's process: Lambda's own, and those that the template gives it. Nothing of this machine's.

/** Of every function; `url` is where AWS is. */
export const lambdaVariables = (url: string): Readonly<Record<string, string>> => ({
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "ASIATEST",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "session",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
  AWS_ENDPOINT_URL: url,
  TZ: ":UTC",
});

export const doorVariables: Readonly<Record<string, string>> = {
  TABLE_NAME: "items",
  AUDIT_TABLE: "audit",
  PRIVATE_BUS: "private",
  MINUTE_RULE: "minute",
  HEARTBEAT_RULE: "heartbeat",
  LOST_QUEUE: "https://sqs.eu-central-1.amazonaws.com/123456789012/lost",
  FAILURES_QUEUE: "https://sqs.eu-central-1.amazonaws.com/123456789012/failures",
  APOLOGIES_QUEUE: "https://sqs.eu-central-1.amazonaws.com/123456789012/apologies",
  SECRETS_PATH: "/odps-chatops/test",
  SLACK_TEAM_ID: "T0TEST",
  ODPS_PROJECT: "demo_project",
};
