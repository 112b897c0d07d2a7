// What reaches `apologise`, in its three wrappings: the event itself, 50 s late; a dead letter of the rule; a failure record of Lambda.

import type { EventKind } from "./eventbridge-queue.ts";

export type SealedEvent = { readonly kind: EventKind; readonly detail: unknown };
export type Unanswered = SealedEvent & {
  /** "slow": its time is up. "failed": something broke on the way or at work. "untimed": its timer broke, and says nothing of its worker. */
  readonly why: "slow" | "failed" | "untimed";
  /** The invocation that the record is of; it has ended. */
  readonly ended?: string;
};

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

const eventIn = (value: unknown): SealedEvent | undefined => {
  const { "detail-type": kind, detail } = record(value);
  return kind === "CommandRequested" || kind === "TransferRequested" || kind === "PingRequested" ? { kind, detail } : undefined;
};

/** Whether this is the ARN of the 50 s queue. */
export const isTimer = (arn: string | undefined): boolean => arn?.endsWith("-apologies") === true;

/**
 * The sealed event of a message's body; undefined for a body that holds none. `queue` is the ARN of where it lay, `target` of where
 * EventBridge could not deliver it: the attribute TARGET_ARN of a dead letter.
 */
export function readFailure(body: string, queue: string, target?: string): Unanswered | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined; // nothing of ours writes such a body
  }
  const { requestPayload, requestContext } = record(value);
  const failed = eventIn(requestPayload);
  if (failed !== undefined) {
    const { requestId } = record(requestContext);
    return { ...failed, why: "failed", ...(typeof requestId === "string" ? { ended: requestId } : {}) };
  }
  const event = eventIn(value);
  if (event === undefined) return undefined;
  if (isTimer(queue)) return { ...event, why: "slow" };
  return { ...event, why: isTimer(target) ? "untimed" : "failed" };
}
