import type { Instance, QueueingInfo, StageProgress, Task } from "../maxcompute/index.ts";
import type { Failure, Streak } from "./failure.ts";

/** An instance below an XFlow as it was found. */
export type SubSight = {
  readonly id: string;
  /** With the sub-workflows it is in: "prepare › train". */
  readonly name: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  /** 0 to 100. */
  readonly percent?: number | undefined;
};

/** What is known of the same job's earlier runs. */
export type Usual = { readonly p90Ms?: number | undefined; readonly streak?: Streak | undefined };

export type Seen = {
  readonly kind: "seen";
  readonly at: number;
  readonly instance: Instance;
  readonly tasks: readonly Task[];
  /** By task. */
  readonly progress: readonly { readonly taskName: string; readonly stages: readonly StageProgress[] }[];
  readonly queueing?: QueueingInfo | undefined;
  readonly failure?: Failure | undefined;
  readonly jobName?: string | undefined;
  /** Of an XFlow: what it has started so far. */
  readonly subs?: readonly SubSight[] | undefined;
  readonly usual?: Usual | undefined;
};

/** One look at an instance, once for all its watches. A failure is data: a look never throws. Times are epoch ms. */
export type Observation =
  | Seen
  | { readonly kind: "missing"; readonly at: number }
  | { readonly kind: "forbidden"; readonly at: number; readonly reason: string }
  /** `since`: since when MaxCompute has not answered on this connection. */
  | { readonly kind: "unreachable"; readonly at: number; readonly reason: string; readonly since?: number | undefined };
