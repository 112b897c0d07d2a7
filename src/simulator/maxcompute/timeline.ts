import type { Plan, ResultPlan, TaskEnding, TaskPlan } from "./plan.ts";
import { type StageProgress, stageAt } from "./stage-progress.ts";

/** Epoch milliseconds. `stopAt` is when an accepted stop takes effect, not when it was asked for. */
export type Life = { readonly startedAt: number; readonly stopAt?: number | undefined };

export type TaskState = {
  readonly name: string;
  readonly type: string;
  readonly status: "Waiting" | "Running" | "Suspended" | TaskEnding;
  readonly startTime?: number;
  readonly endTime?: number;
  /** How long it has run, milliseconds; it stands still once the task has ended or is suspended. */
  readonly elapsedMs: number;
  readonly stages: readonly StageProgress[];
  /** Only once the task ran to its own end. */
  readonly result?: ResultPlan;
};

export type InstanceState = {
  readonly status: "Running" | "Suspended" | "Terminated";
  readonly startTime: number;
  readonly endTime?: number;
  readonly tasks: readonly TaskState[];
};

const naturalEnd = (plan: Plan, startedAt: number): number => {
  if (plan.suspendAfterMs !== undefined) return Number.POSITIVE_INFINITY;
  const ends = plan.tasks.map((task) => task.startsAtMs + task.durationMs);
  return startedAt + plan.queuedMs + Math.max(0, ...ends);
};

/** A stop that comes after the natural end changes nothing. */
const endOf = (plan: Plan, life: Life): number =>
  Math.min(naturalEnd(plan, life.startedAt), life.stopAt ?? Number.POSITIVE_INFINITY);

const suspendedFrom = (plan: Plan, life: Life): number => life.startedAt + (plan.suspendAfterMs ?? Number.POSITIVE_INFINITY);

const statusAt = (plan: Plan, life: Life, now: number): InstanceState["status"] => {
  if (now >= endOf(plan, life)) return "Terminated";
  return now >= suspendedFrom(plan, life) ? "Suspended" : "Running";
};

const unfinishedStatus = (instance: InstanceState["status"], hasStarted: boolean): TaskState["status"] => {
  if (instance === "Terminated") return "Cancelled";
  if (instance === "Suspended") return "Suspended";
  return hasStarted ? "Running" : "Waiting";
};

/** `moment` stands still once the instance has ended or is suspended; `instance` is its status then. */
const taskAt = (task: TaskPlan, runStart: number, moment: number, instance: InstanceState["status"]): TaskState => {
  const startTime = runStart + task.startsAtMs;
  const end = startTime + task.durationMs;
  const hasStarted = moment >= startTime;
  const status = moment >= end ? task.endsAs : unfinishedStatus(instance, hasStarted);
  const ended = status === "Success" || status === "Failed" || status === "Cancelled" ? status : undefined;
  const elapsed = Math.max(0, Math.min(moment, end) - startTime);
  return {
    name: task.name,
    type: task.type,
    status,
    ...(hasStarted && { startTime }),
    ...(ended !== undefined && { endTime: Math.min(moment, end) }),
    elapsedMs: elapsed,
    stages: hasStarted ? task.stages.map((stage) => stageAt(stage, elapsed, ended)) : [],
    ...(moment >= end && { result: task.result }),
  };
};

/** The state of an instance at `now`: a pure function of its plan, when it was started, when it was stopped, and the time. */
export const stateAt = (plan: Plan, life: Life, now: number): InstanceState => {
  const status = statusAt(plan, life, now);
  const end = endOf(plan, life);
  const moment = Math.min(now, end, suspendedFrom(plan, life));
  const runStart = life.startedAt + plan.queuedMs;
  return {
    status,
    startTime: life.startedAt,
    ...(status === "Terminated" && { endTime: end }),
    tasks: plan.tasks.map((task) => taskAt(task, runStart, moment, status)),
  };
};

/** When the instance's own status changes next, epoch milliseconds; Infinity when it never will by itself. */
export const nextStatusChangeAt = (plan: Plan, life: Life, now: number): number => {
  const coming = [suspendedFrom(plan, life), endOf(plan, life)].filter((at) => at > now);
  return Math.min(Number.POSITIVE_INFINITY, ...coming);
};
