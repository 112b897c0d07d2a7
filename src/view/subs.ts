// The sub-instances of an XFlow.
import type { InstanceStatus, Outcome, Task } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

/** An instance below an XFlow. */
export type SubInstanceRow = {
  readonly name: string;
  /** Names of the sub-workflows it is in, outermost first. */
  readonly path: readonly string[];
  readonly link: InstanceLink;
  /** Absent when it was not asked, or could not be. */
  readonly state?: {
    readonly outcome: Outcome;
    readonly tasks: readonly Task[];
    readonly percent?: number;
    readonly startTime?: number;
    readonly endTime?: number;
  };
};

/** The tree of an XFlow, rolled up. */
export type SubsView = {
  readonly kind: "subs";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  /** In the service's order; those of a sub-workflow follow each other. */
  readonly rows: readonly SubInstanceRow[];
  /** How many lie deeper than was asked for. */
  readonly deeper: number;
  readonly mayStop: boolean;
  readonly seenAt: number;
};
