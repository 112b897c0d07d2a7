import type { Table } from "./table.ts";

/** What an instance is going to do, written down before it starts. Durations and offsets are milliseconds. */
export type Plan = {
  /** Time between submission and the first worker. */
  readonly queuedMs: number;
  readonly tasks: readonly TaskPlan[];
  /** When set, the instance is suspended this long after submission and stays so until it is stopped. */
  readonly suspendAfterMs?: number;
  /** Every call on the instance is refused with NoPermission. */
  readonly denied?: boolean;
  /** Place and length of the queue at submission; the place moves up while the instance waits. */
  readonly queue?: { readonly position: number; readonly length: number };
};

export type TaskEnding = "Success" | "Failed" | "Cancelled";

export type TaskPlan = {
  readonly name: string;
  readonly type: string;
  /** Counted from the end of the queue. */
  readonly startsAtMs: number;
  readonly durationMs: number;
  readonly endsAs: TaskEnding;
  readonly stages: readonly StagePlan[];
  readonly result: ResultPlan;
  /** What the compiler had to say, as `?info&key=warnings` lists it. */
  readonly warnings?: readonly string[];
  /** What the worker that failed wrote to stderr. */
  readonly stderr?: string;
};

/** `fromMs` and `toMs` count from the start of the task; a task that ends before `toMs` leaves the stage unfinished. */
export type StagePlan = {
  readonly name: string;
  readonly workers: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly inputRecords: number;
  readonly outputRecords: number;
  readonly backups?: number;
  /** One worker reads so many times what the others do, and takes the whole stage for it while they are done long before. */
  readonly skew?: number;
};

/** `descriptor` is the JSON text of `ResultDescriptor` (protocol section 7.1). */
export type ResultPlan = {
  readonly format: "csv" | "text";
  readonly text: string;
  readonly base64: boolean;
  readonly descriptor?: string;
  /** What the tunnel serves: the result of a SELECT. */
  readonly table?: Table;
};

const scaleStage = (stage: StagePlan, factor: number): StagePlan => ({
  ...stage,
  fromMs: stage.fromMs * factor,
  toMs: stage.toMs * factor,
});

const scaleTask = (task: TaskPlan, factor: number): TaskPlan => ({
  ...task,
  startsAtMs: task.startsAtMs * factor,
  durationMs: task.durationMs * factor,
  stages: task.stages.map((stage) => scaleStage(stage, factor)),
});

/** Length of the running part of a plan, in milliseconds, without the queue. */
export const runMs = (plan: Plan): number => Math.max(0, ...plan.tasks.map((task) => task.startsAtMs + task.durationMs));

/** The same plan with its running part stretched or squeezed to `wantedMs`; the queue keeps its length. */
export const lasting = (plan: Plan, wantedMs: number): Plan => {
  const length = runMs(plan);
  if (length === 0) return plan;
  return { ...plan, tasks: plan.tasks.map((task) => scaleTask(task, wantedMs / length)) };
};

/** The same plan, its queue included, in `factor` of its time; 0 is over at once. */
export const scaled = (plan: Plan, factor: number): Plan => ({
  ...plan,
  queuedMs: plan.queuedMs * factor,
  tasks: plan.tasks.map((task) => scaleTask(task, factor)),
});
