// Rows of the audit trail.
import type { InstanceLink } from "./link.ts";
import type { ResultFile } from "./result.ts";

/** What was decided about an act. */
export type AuditDecision =
  | "allowed"
  | "denied" // for want of a right
  | "asked" // somebody else has to approve
  | "approved"
  | "refused" // by whoever was asked
  | "expired"
  | "withdrawn"; // by whoever wanted it

/** How an act came out. */
export type AuditOutcome =
  | "done"
  | "unneeded" // it was so already
  | "unconfirmed" // accepted, but not yet seen to have happened
  | "failed"
  | "not begun" // nothing was done
  | "unknown";

/** One act of the audit trail: a decision with what came of it. */
export type AuditEntry = {
  /** Of the decision. */
  readonly at: number;
  readonly who: string;
  readonly channel: string;
  readonly verb: string;
  /** The command as it was typed, shortened and without secrets. */
  readonly text?: string;
  readonly project?: string;
  readonly link?: InstanceLink;
  /** Absent where it cannot be read. */
  readonly decision?: AuditDecision;
  readonly reason?: string;
  /** Absent where nothing came of it yet, or ever can. */
  readonly outcome?: AuditOutcome;
  /** MaxCompute's error code. */
  readonly code?: string;
};

export type AuditView = {
  readonly kind: "audit";
  /** What was asked for, in words: "stop, last 7 d". */
  readonly filter: string;
  /** The instance that was asked for. */
  readonly link?: InstanceLink;
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** There are older ones. */
  readonly hasMore: boolean;
  /** Rows that no key opens, or that a later release wrote. */
  readonly unreadable: number;
  /** Sent to the person's direct message. */
  readonly files: readonly ResultFile[];
  readonly seenAt: number;
};

/** Told to the audit channel: what was decided, before it is done. */
export type AuditedView = { readonly kind: "audited"; readonly entry: AuditEntry; readonly requestId: string };
