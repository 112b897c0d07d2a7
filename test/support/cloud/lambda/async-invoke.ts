// Asynchronous invocation: Lambda takes the event, tries, tries again, and tells a destination how it ended.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
import type { Chance } from "../chance.ts";
import type { Metrics } from "../metrics.ts";
import type { Work } from "../work.ts";
import type { FunctionTarget } from "./functions.ts";
import type { InvokeConfig } from "./invoke-config.ts";
import type { Outcome } from "./outcome.ts";
import type { Lambda } from "./service.ts";

/** After a function's error, Lambda waits this long before the second and the third attempt. */
const waitsMs = [60_000, 120_000] as const;
/** While throttled, from a second to five minutes, doubled each time. */
const throttledWaitMs = (times: number) => Math.min(1_000 * 2 ** times, 300_000);

type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded";

/** What a destination is told. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export type InvocationRecord = {
  readonly version: "1.0";
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: Condition;
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext?: {
    readonly statusCode: number;
    readonly executedVersion: string;
    readonly functionError?: "Unhandled" | undefined;
  };
  readonly responsePayload?: unknown;
};

export type AsyncOptions = {
  readonly lambda: Lambda;
  readonly work: Work;
  readonly chance: Chance;
  readonly metrics: Metrics;
  readonly configOf: (target: FunctionTarget) => InvokeConfig;
  /** Sends a record to a destination's ARN; false when it was refused or does not exist. */
  readonly tell: (target: FunctionTarget, destinationArn: string, record: InvocationRecord) => Promise<boolean>;
  /** Sends the event to the function's own dead-letter queue; false when it was refused. */
  readonly deadLetter: (
    target: FunctionTarget,
    payload: string,
    requestId: string,
    error: Outcome | undefined,
  ) => Promise<boolean>;
};

type Accepted = {
  readonly target: FunctionTarget;
  readonly payload: string;
  readonly requestId: string;
  readonly acceptedAt: number;
  readonly config: InvokeConfig;
  readonly invoked: number;
  readonly throttled: number;
  readonly last?: Outcome;
};

function recordOf(event: Accepted, condition: Condition, now: number): InvocationRecord {
  const { target, last } = event;
  const response = { statusCode: 200, executedVersion: target.version };
  return {
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${target.fn.arn}:${target.qualifier}`,
      condition,
      approximateInvokeCount: event.invoked,
    },
    requestPayload: JSON.parse(event.payload),
    ...(last?.kind === "returned" && { responseContext: response, responsePayload: JSON.parse(last.payload) }),
    ...(last?.kind === "failed" && {
      responseContext: { ...response, functionError: "Unhandled" },
      responsePayload: last.error,
    }),
  };
}

export function createAsyncInvocations({ lambda, work, chance, metrics, configOf, tell, deadLetter }: AsyncOptions) {
  async function end(event: Accepted, condition: Condition): Promise<void> {
    const { target, config, payload, requestId, last } = event;
    const destination = condition === "Success" ? config.onSuccess : config.onFailure;
    const record = recordOf(event, condition, work.now());
    if (destination !== undefined && !(await tell(target, destination, record))) {
      metrics.count("DestinationDeliveryFailures", target.fn.logicalId);
    }
    if (condition === "Success") return;
    if (condition === "EventAgeExceeded") metrics.count("AsyncEventsDropped", target.fn.logicalId);
    if (target.fn.deadLetterArn !== undefined && !(await deadLetter(target, payload, requestId, last))) {
      metrics.count("DeadLetterErrors", target.fn.logicalId);
    }
  }

  /** Tries again after a while, or ends the event at the age it may reach. */
  function later(event: Accepted, waitMs: number): void {
    const left = event.acceptedAt + event.config.ageMs - work.now();
    if (waitMs >= left) work.after(left, () => end(event, "EventAgeExceeded"));
    else work.after(waitMs, () => attempt(event));
  }

  async function attempt(event: Accepted): Promise<void> {
    const outcome = await lambda.invoke(event.target, event.payload, event.requestId);
    if (outcome.kind === "throttled") {
      return later({ ...event, throttled: event.throttled + 1 }, throttledWaitMs(event.throttled));
    }
    const tried = { ...event, invoked: event.invoked + 1, last: outcome };
    if (outcome.kind === "returned") return end(tried, "Success");
    const wait = waitsMs[tried.invoked - 1];
    if (tried.invoked > event.config.retries || wait === undefined) return end(tried, "RetriesExhausted");
    later(tried, wait);
  }

  return {
    /** Takes the event (JSON) and gives its request id at once. */
    accept(target: FunctionTarget, payload: string): string {
      const requestId = chance.uuid();
      const config = configOf(target);
      const event = { target, payload, requestId, acceptedAt: work.now(), config, invoked: 0, throttled: 0 };
      work.run(() => attempt(event));
      return requestId;
    },
  };
}

export type AsyncInvocations = ReturnType<typeof createAsyncInvocations>;
