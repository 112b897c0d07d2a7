import { suffixFor } from "./ids.ts";
import type { StagePlan, TaskPlan } from "./plan.ts";
import type { TaskState } from "./timeline.ts";
import { type Worker, workersAt } from "./workers.ts";
import type { Found } from "./world.ts";

/** A worker with its times in epoch milliseconds, where it ran, and the id its logs are asked for by. */
export type WorkerSeen = {
  readonly worker: Worker;
  readonly logId: string;
  readonly address: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
};

export type StageWorkers = { readonly stage: StagePlan; readonly workers: readonly WorkerSeen[] };

/** What a task was going to do. */
export const taskPlanOf = ({ plan }: Found, task: TaskState): TaskPlan | undefined =>
  plan.tasks.find(({ name }) => name === task.name);

/** How a task ended, if it has. */
export const endingOf = ({ status }: TaskState): TaskPlan["endsAs"] | undefined =>
  status === "Success" || status === "Failed" || status === "Cancelled" ? status : undefined;

const logIdOf = (instanceId: string, task: string, stage: string, index: number): string =>
  Buffer.from(`${suffixFor(`${instanceId} ${task} ${stage}`)}-${index}`).toString("base64url");

const addressOf = (stageIndex: number, index: number): string =>
  `10.${64 + (stageIndex % 64)}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}:8080/worker/${index}`;

/** The workers of every stage of a task that has started; none before that. */
export const stageWorkers = (found: Found, task: TaskState): readonly StageWorkers[] => {
  const { startTime } = task;
  const stages = taskPlanOf(found, task)?.stages ?? [];
  if (startTime === undefined) return [];
  return stages.map((stage, stageIndex) => ({
    stage,
    workers: workersAt(stage, task.elapsedMs, endingOf(task)).map((worker) => ({
      worker,
      logId: logIdOf(found.record.id, task.name, stage.name, worker.index),
      address: addressOf(stageIndex, worker.index),
      ...(worker.startedMs !== undefined && { startedAt: startTime + worker.startedMs }),
      ...(worker.endedMs !== undefined && { endedAt: startTime + worker.endedMs }),
    })),
  }));
};
