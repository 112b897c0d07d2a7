import { type AttemptResult, attempt, type FailedAttempt } from "./attempt.ts";
import type { Connection } from "./connection.ts";
import { type Correction, correctionFor } from "./correction.ts";
import { MaxComputeError } from "./errors.ts";
import type { WireResponse } from "./exchange.ts";
import { withinTime } from "./identity/within-time.ts";
import type { ApiRequest } from "./request.ts";
import { type NextStep, nextStep, withRetries } from "./retry.ts";
import { sleepUnlessAborted } from "./sleep.ts";

const outOfTime = ({ instanceId, ifLost }: ApiRequest, waitedMs: number, last: MaxComputeError | undefined): MaxComputeError => {
  const waited = `MaxCompute did not answer in time (waited ${(waitedMs / 1000).toFixed(1)} s)`;
  const message = ifLost !== undefined && last?.kind === "timeout" ? `${waited}: ${ifLost}` : waited;
  return new MaxComputeError("timeout", message, {
    instanceId,
    requestId: last?.requestId,
    httpStatus: last?.httpStatus,
    cause: last,
  });
};

const toldToWait = ({ error, retryAfterMs = 0 }: FailedAttempt): MaxComputeError => {
  const message = `${error.message} (MaxCompute asks to wait ${Math.ceil(retryAfterMs / 1000)} s)`;
  const { code, requestId, instanceId, httpStatus } = error;
  return new MaxComputeError("throttled", message, { code, requestId, instanceId, httpStatus, retryAfterMs });
};

/** Whether there is another key than the one that was refused. A call refused for its key was not executed, so this is safe for writes. */
const hasNewKey = async ({ identity }: Connection, request: ApiRequest, { error, key }: FailedAttempt, timeLeftMs: number) => {
  if (error.kind !== "unauthorized") return false;
  try {
    return (await withinTime(identity.keyInsteadOf(key), timeLeftMs, request)) !== undefined;
  } catch (late) {
    // That MaxCompute refused the old one says more than that no new one came in time.
    if (late instanceof MaxComputeError && late.kind === "timeout") return false;
    throw late;
  }
};

/** What the caller is told when a failed attempt is the last one. */
const finalError = (
  step: Exclude<NextStep, { kind: "repeat" }>,
  request: ApiRequest,
  failed: FailedAttempt,
  waitedMs: number,
) => {
  if (step.kind === "told-to-wait") return toldToWait(failed);
  if (step.kind === "out-of-time" || failed.fault === "timed-out") return outOfTime(request, waitedMs, failed.error);
  return failed.error;
};

/** A wrong key is refused under either signature; only an answer that got past it proves that v2 is what the service wants. */
const isPastSignature = (result: AttemptResult) =>
  result.kind === "answered" || (typeof result.fault === "number" && result.error.kind !== "unauthorized");

/**
 * Makes one call: attempts, repetitions by the request's policy, and at most one correction each of the clock, of the signature's
 * version and of the key. Everything is over by `deadline` (epoch ms) and within the client's total time. Throws MaxComputeError.
 */
export async function call(connection: Connection, request: ApiRequest, deadline: number): Promise<WireResponse> {
  const { settings, learnt, now, sleep, random } = connection;
  const policy = withRetries(request.repeat, settings.retries);
  const startedAt = now();
  const endAt = Math.min(deadline, startedAt + settings.totalMs);
  const corrected = new Set<Correction["kind"] | "key">();
  let attempts = 1;
  let version = request.server === undefined ? learnt.signature : "v2";
  let last: MaxComputeError | undefined;

  for (;;) {
    const timeLeftMs = endAt - now();
    if (timeLeftMs <= 0) throw outOfTime(request, now() - startedAt, last);
    const result = await attempt(connection, request, version, Math.min(settings.requestMs, timeLeftMs));
    if (corrected.has("signature") && isPastSignature(result)) learnt.signature = "v2";
    if (result.kind === "answered") return result.response;
    last = result.error;

    const correction = correctionFor(result, version, now());
    if (correction !== undefined && !corrected.has(correction.kind)) {
      corrected.add(correction.kind);
      if (correction.kind === "clock") learnt.clockOffsetMs = correction.offsetMs;
      else version = "v2";
      continue;
    }
    if (!corrected.has("key") && (await hasNewKey(connection, request, result, endAt - now()))) {
      corrected.add("key");
      continue;
    }

    const usedUpItsTime = result.fault === "timed-out" && timeLeftMs <= settings.requestMs;
    if (usedUpItsTime) throw outOfTime(request, Math.max(timeLeftMs, now() - startedAt), last);
    const failed = { fault: result.fault, retryAfterMs: result.retryAfterMs, attempt: attempts, timeLeftMs: endAt - now() };
    const step = nextStep(policy, failed, random());
    if (step.kind !== "repeat") throw finalError(step, request, result, now() - startedAt);
    await sleepUnlessAborted(sleep, step.afterMs, request.signal, request.instanceId);
    attempts += 1;
  }
}
