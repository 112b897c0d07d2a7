// Who waits in a quota's queue.
import type { InstanceStatus } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

/** Where an instance stands in line. */
export type QueueRow = {
  /** Its number in this list; absent when one instance was asked for. */
  readonly number?: number;
  readonly link: InstanceLink;
  readonly status?: InstanceStatus;
  readonly owner?: string;
  readonly jobName?: string;
  /** From 1. */
  readonly position?: number;
  readonly length?: number;
  /** 0 is the highest. */
  readonly priority?: number;
  /** 0 to 100. */
  readonly percent?: number;
  /** What it does or waits for, in the service's words. */
  readonly subStatuses: readonly string[];
  readonly startTime?: number;
};

export type QueueView = {
  readonly kind: "queue";
  readonly project: string;
  /** One instance was asked for. */
  readonly isSingle: boolean;
  readonly rows: readonly QueueRow[];
  readonly total: number;
  readonly seenAt: number;
};
