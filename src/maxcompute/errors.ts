/**
 * What went wrong, in the words a caller acts on:
 * - "not-found", "no-such-project": the thing asked about does not exist
 * - "denied", "unauthorized": no right to it; the credential itself is missing, wrong or expired
 * - "already-finished", "still-running": the instance's state does not allow it
 * - "task-failed", "unsupported", "invalid": the job failed; the service cannot do that; the request is wrong
 * - "cancelled", "suspended", "unknown": the job did not succeed because somebody stopped it; because it was held; for no reason that is known
 * - "throttled", "server": MaxCompute asks to slow down; MaxCompute failed
 * - "clock-skew": our clock is too far off for the signature to be accepted
 * - "unreachable", "timeout": no connection, or it was lost; no answer in time, or an instance that goes on for longer than one would wait
 * - "aborted": the caller's own signal called the wait off
 * - "malformed", "too-large": the answer is not one of MaxCompute's, or larger than we read
 * - "refused": any other refusal
 */
export type MaxComputeErrorKind =
  | "not-found"
  | "no-such-project"
  | "denied"
  | "unauthorized"
  | "already-finished"
  | "still-running"
  | "task-failed"
  | "cancelled"
  | "suspended"
  | "unknown"
  | "unsupported"
  | "invalid"
  | "throttled"
  | "server"
  | "clock-skew"
  | "unreachable"
  | "timeout"
  | "aborted"
  | "malformed"
  | "too-large"
  | "refused";

export type MaxComputeErrorDetails = {
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly taskName?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
};

/**
 * The one error the client throws. `code` and `message` are the service's own where it gave any (protocol section 8);
 * neither they nor `cause` hold a key, a token or an Authorization header.
 */
export class MaxComputeError extends Error {
  override readonly name = "MaxComputeError";
  readonly kind: MaxComputeErrorKind;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly instanceId: string | undefined;
  /** The task that did not succeed, or that is not there. */
  readonly taskName: string | undefined;
  readonly httpStatus: number | undefined;
  /** How long the service asked to stay away, in ms from when it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: MaxComputeErrorKind, message: string, details: MaxComputeErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.code = details.code;
    this.requestId = details.requestId;
    this.instanceId = details.instanceId;
    this.taskName = details.taskName;
    this.httpStatus = details.httpStatus;
    this.retryAfterMs = details.retryAfterMs;
  }
}
