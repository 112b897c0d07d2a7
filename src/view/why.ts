// Why an instance is slow, waits or failed.
import type { InstanceStatus, Outcome, Task } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

/** Why an instance failed, was stopped, waits or is slow. */
export type WhyView = {
  readonly kind: "why";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  readonly tasks: readonly Task[];
  /** What happened and what to do next, a sentence each. */
  readonly cause: string;
  readonly next: string;
  /** The instance below an XFlow that the cause is about. */
  readonly sub?: InstanceLink;
  readonly taskName?: string;
  readonly code?: string;
  /** The service's own words. */
  readonly message?: string;
  /** The line of the SQL that the error names; for the one who asked alone. */
  readonly excerpt?: { readonly line: number; readonly column: number; readonly text: string };
  readonly seenAt: number;
};
