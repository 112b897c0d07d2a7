// One instance, whether it exists, and its tasks.
import type { Instance, InstanceStatus, Outcome, StageProgress, Task } from "../maxcompute/index.ts";
import type { Failure } from "./failure.ts";
import type { InstanceLink } from "./link.ts";

export type TaskProgressView = {
  readonly taskName: string;
  /** Weighted by workers; absent while nothing is known. */
  readonly percent?: number;
  readonly stages: readonly StageProgress[];
  /** The documented progress line, with the instance id and a TAB after each stage. */
  readonly line: string;
};

export type InstanceView = {
  readonly kind: "instance";
  readonly link: InstanceLink;
  readonly instance: Instance;
  readonly outcome: Outcome;
  readonly tasks: readonly Task[];
  readonly progress: readonly TaskProgressView[];
  readonly failure?: Failure;
  /** The token-free link, safe to share; absent when no region is known. */
  readonly jobInsightUrl?: string;
  /** Whether the reader may press Stop. */
  readonly mayStop: boolean;
  readonly seenAt: number;
};

export type ExistenceView = {
  readonly kind: "existence";
  readonly project: string;
  readonly answers: readonly { readonly name: string; readonly exists: boolean; readonly link?: InstanceLink }[];
};

export type TasksView = {
  readonly kind: "tasks";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  readonly tasks: readonly Task[];
  readonly seenAt: number;
};

export type ProgressView = {
  readonly kind: "progress";
  readonly link: InstanceLink;
  readonly status: InstanceStatus;
  readonly outcome: Outcome;
  readonly tasks: readonly TaskProgressView[];
  readonly mayStop: boolean;
  readonly seenAt: number;
};
