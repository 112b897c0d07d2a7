/** Why an attempt failed: an HTTP status, or where the exchange broke off. */
export type AttemptFault = number | "not-connected" | "connection-lost" | "timed-out" | "protocol" | "too-large";

/** When an attempt is repeated. The n-th repetition waits `firstDelayMs * 2^(n-1)`, times 0.5 to 1.5. */
export type RetryPolicy = {
  /** Repetitions after the first attempt. */
  readonly retries: number;
  readonly firstDelayMs: number;
  readonly faults: ReadonlySet<AttemptFault>;
};

const backoff = { retries: 4, firstDelayMs: 100 };

/** For calls that change nothing: repeated for whatever may pass by itself (protocol section 8.4, and 429 and 500 besides). */
export const repeatRead: RetryPolicy = {
  ...backoff,
  faults: new Set<AttemptFault>([429, 500, 502, 503, 504, "not-connected", "connection-lost", "timed-out"]),
};

/** For calls that change something: repeated only when they cannot have reached the service, because there never was a connection. */
export const repeatUnsent: RetryPolicy = { ...backoff, faults: new Set<AttemptFault>(["not-connected"]) };

/**
 * For opening a download session: a POST that changes no data, so it is repeated for whatever may pass by itself, but for 500, by which the
 * service says that there is nothing to download, and but for silence. Few times: there is an inline result to fall back on.
 */
export const repeatSession: RetryPolicy = {
  ...backoff,
  retries: 2,
  faults: new Set<AttemptFault>([429, 502, 503, 504, "not-connected", "connection-lost"]),
};

/** For calls whose answer we can do without. */
export const neverRepeat: RetryPolicy = { ...backoff, retries: 0, faults: new Set<AttemptFault>() };

/** The policy with another number of repetitions; one that never repeats stays so. */
export function withRetries(policy: RetryPolicy, retries: number | undefined): RetryPolicy {
  return retries === undefined || policy.retries === 0 ? policy : { ...policy, retries };
}

export type AttemptsSoFar = {
  readonly fault: AttemptFault;
  /** What the service's Retry-After asks for. */
  readonly retryAfterMs: number | undefined;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly timeLeftMs: number;
};

export type NextStep =
  | { readonly kind: "give-up" }
  | { readonly kind: "repeat"; readonly afterMs: number }
  /** It would be repeated, but not before the time is up. */
  | { readonly kind: "out-of-time" }
  /** The service asked us to stay away for longer than there is time. */
  | { readonly kind: "told-to-wait" };

/** Decides what follows a failed attempt; `random` is in [0, 1). No wait ends after the time is up, and none follows the last attempt. */
export function nextStep(policy: RetryPolicy, failed: AttemptsSoFar, random: number): NextStep {
  if (!policy.faults.has(failed.fault) || failed.attempt > policy.retries) return { kind: "give-up" };
  const backoffMs = policy.firstDelayMs * 2 ** (failed.attempt - 1) * (0.5 + random);
  const afterMs = Math.max(backoffMs, failed.retryAfterMs ?? 0);
  if (afterMs < failed.timeLeftMs) return { kind: "repeat", afterMs };
  return failed.retryAfterMs !== undefined && failed.retryAfterMs >= failed.timeLeftMs
    ? { kind: "told-to-wait" }
    : { kind: "out-of-time" };
}
