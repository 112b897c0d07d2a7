/** Why an attempt failed: an HTTP status, or where the exchange broke off. */
export type AttemptFault = number | "not-connected" | "connection-lost" | "timed-out" | "aborted" | "protocol" | "too-large";

/** When an attempt is repeated. The n-th repetition waits `firstDelayMs * 2^(n-1)`, times 0.5 to 1.5. */
export type RetryPolicy = {
  /** Repetitions after the first attempt. */
  readonly retries: number;
  readonly firstDelayMs: number;
  readonly faults: ReadonlySet<AttemptFault>;
  /** How long to wait after a 409 that names no time itself; without it a 409 is final. It is repeated for as long as there is time. */
  readonly conflictDelayMs?: number | undefined;
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

/**
 * For a new instance: like any write, but a conflict with another submission was not executed either (protocol section 8.4), and is
 * repeated after its Retry-After or five seconds.
 */
export const repeatCreate: RetryPolicy = { ...repeatUnsent, conflictDelayMs: 5_000 };

/** For a question the service may hold its answer to: an attempt that took too long is no failure, but is the asker's to judge. */
export const repeatLongPoll: RetryPolicy = {
  ...repeatRead,
  faults: new Set([...repeatRead.faults].filter((fault) => fault !== "timed-out")),
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

/** How long to wait before the next attempt; undefined when there should be none. */
const delayMs = (policy: RetryPolicy, { fault, retryAfterMs, attempt }: AttemptsSoFar, random: number): number | undefined => {
  const { conflictDelayMs } = policy;
  if (fault === 409 && conflictDelayMs !== undefined && policy.retries > 0)
    return Math.max(retryAfterMs ?? conflictDelayMs, policy.firstDelayMs);
  if (!policy.faults.has(fault) || attempt > policy.retries) return undefined;
  const backoffMs = policy.firstDelayMs * 2 ** (attempt - 1) * (0.5 + random);
  return Math.max(backoffMs, retryAfterMs ?? 0);
};

/** Decides what follows a failed attempt; `random` is in [0, 1). No wait ends after the time is up, and none follows the last attempt. */
export function nextStep(policy: RetryPolicy, failed: AttemptsSoFar, random: number): NextStep {
  const afterMs = delayMs(policy, failed, random);
  if (afterMs === undefined) return { kind: "give-up" };
  if (afterMs < failed.timeLeftMs) return { kind: "repeat", afterMs };
  return failed.retryAfterMs !== undefined && failed.retryAfterMs >= failed.timeLeftMs
    ? { kind: "told-to-wait" }
    : { kind: "out-of-time" };
}
