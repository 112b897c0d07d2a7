// Whether a request is from Slack, judged on the raw bytes before anything parses them (Slack facts section 1).
import { createHmac, timingSafeEqual } from "node:crypto";

export type SignedRequest = {
  readonly body: string;
  readonly signature: string | undefined;
  /** The x-slack-request-timestamp header, in epoch seconds as text. */
  readonly timestamp: string | undefined;
};

/** Slack's own bound, applied in both directions: a request from the future is no better than an old one. */
const validForSeconds = 300;

const expected = (secret: string, timestamp: string, body: string): Buffer =>
  Buffer.from(`v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`);

/** True when one of the secrets signed this request within five minutes of `now` (epoch ms). Two secrets are valid while one is rotated. */
export function isFromSlack({ body, signature, timestamp }: SignedRequest, secrets: readonly string[], now: number): boolean {
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > validForSeconds) return false;
  const given = Buffer.from(signature);
  return secrets.some((secret) => {
    if (secret === "") return false;
    const right = expected(secret, timestamp, body);
    return right.length === given.length && timingSafeEqual(right, given);
  });
}
