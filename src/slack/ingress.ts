// The door of the deployed bot: a Function URL event in, an acknowledgement out. Nothing is parsed, allocated or looked up for a
// request that Slack did not sign.
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import type { Log } from "../log.ts";
import { forBolt, isOfKnownType, isProbe, readEvent } from "./lambda-event.ts";
import { isFromSlack } from "./signature.ts";

export type IngressPorts = {
  /** The secrets that may have signed: two while one is rotated. */
  signingSecrets(): Promise<readonly string[]>;
  /** Called when none fitted: they may have been rotated since they were read. */
  doubtSecrets(): void;
  /** Bolt's handler, which trusts what it is given. */
  readonly bolt: (event: LambdaFunctionURLEvent) => Promise<LambdaFunctionURLResult>;
  now(): number;
  readonly log: Log;
};

const answer = (statusCode: number): LambdaFunctionURLResult => ({ statusCode, body: "" });

/**
 * Handles one delivery. Rejected ones are in the log by kind, never with their bodies, and are counted by AWS itself, for nothing: the
 * function's metric Url4xxCount. A metric of our own would cost as much as three alarms.
 */
export function createIngress({ signingSecrets, doubtSecrets, bolt, now, log }: IngressPorts) {
  async function isGenuine(request: Parameters<typeof isFromSlack>[0]): Promise<boolean> {
    if (isFromSlack(request, await signingSecrets(), now())) return true;
    doubtSecrets();
    return isFromSlack(request, await signingSecrets(), now());
  }

  const reject = (kind: string, statusCode: number): LambdaFunctionURLResult => {
    log.warn("ingress.rejected", { kind });
    return answer(statusCode);
  };

  return async (event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> => {
    const request = readEvent(event);
    if (request === "too large") return reject("too large", 413);
    if (isProbe(request)) return answer(200);
    if (!isOfKnownType(request)) return reject("content type", 415);
    const { body, headers } = request;
    const signed = { body, signature: headers["x-slack-signature"], timestamp: headers["x-slack-request-timestamp"] };
    if (!(await isGenuine(signed))) return reject("signature", 401);
    const retry = headers["x-slack-retry-num"];
    if (retry !== undefined) log.info("slack.retry", { num: retry, reason: headers["x-slack-retry-reason"] });
    return bolt(forBolt(event, request)).catch((error: unknown) => {
      if (!(error instanceof SyntaxError)) throw error;
      return reject("malformed", 400); // signed, and neither a form nor JSON
    });
  };
}
