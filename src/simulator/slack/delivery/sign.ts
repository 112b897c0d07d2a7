import { createHmac } from "node:crypto";

/** The two headers by which a bot knows that Slack speaks: HMAC-SHA256 over `v0:<seconds>:<raw body>`. */
export function signature(secret: string, body: string, nowMs: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${digest}` };
}
