// Calls to services that all stand at one address; nothing is waited for between two attempts.
import type { AwsCall } from "../../src/aws/json-call.ts";
import { createAwsCall } from "../../src/aws/json-call.ts";

export const anAwsCall = (url: string, env: Readonly<Record<string, string>> = {}): AwsCall =>
  createAwsCall({
    env: { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret", AWS_ENDPOINT_URL: url, ...env },
    now: Date.now,
    pause: async () => undefined,
  });
