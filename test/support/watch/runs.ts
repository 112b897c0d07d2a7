// Instances that live by the clock: what MaxCompute would say of one at any moment.

import type { Instance, StageProgress, Task } from "../../../src/maxcompute/index.ts";
import type { Observation } from "../../../src/watch/index.ts";

export const t0 = Date.UTC(2026, 10, 22, 10, 0, 0);
export const min = (count: number): number => count * 60_000;

export type Stage = { readonly name: string; readonly workers: number; readonly minutes: number };

export type Run = {
  readonly id: string;
  /** When it was submitted; epoch ms. */
  readonly start?: number;
  readonly queuedMin?: number;
  readonly stages?: readonly Stage[];
  readonly ends?: "SUCCESS" | "FAILED" | "CANCELLED";
  /** After so many minutes it stands still for ever. */
  readonly stuckAtMin?: number;
  /** After so many minutes it is stopped. */
  readonly stoppedAtMin?: number;
  readonly vanishesAtMin?: number;
  readonly jobName?: string;
  readonly code?: string;
  readonly owner?: string;
};

const recordsPerWorker = 1_000;

/** One after the other. */
function stagesAt(stages: readonly Stage[], workedMs: number): StageProgress[] {
  let begins = 0;
  return stages.map(({ name, workers, minutes }) => {
    const share = Math.min(1, Math.max(0, (workedMs - begins) / min(minutes)));
    const hasBegun = workedMs > begins;
    begins += min(minutes);
    const terminated = Math.floor(share * workers);
    return {
      name,
      status: share >= 1 ? "TERMINATED" : hasBegun ? "RUNNING" : "WAITING",
      totalWorkers: workers,
      terminatedWorkers: terminated,
      runningWorkers: hasBegun ? workers - terminated : 0,
      backupWorkers: 0,
      inputRecords: Math.floor(share * workers * recordsPerWorker),
      outputRecords: 0,
      finishedPercentage: Math.floor(share * 100),
    };
  });
}

export const oneStage = (minutes: number): readonly Stage[] => [{ name: "M1", workers: 100, minutes }];

export function observationAt(run: Run, at: number): Observation {
  const { id, start = t0, queuedMin = 0, stages = oneStage(10), ends = "SUCCESS", stuckAtMin, stoppedAtMin, vanishesAtMin } = run;
  if (vanishesAtMin !== undefined && at >= start + min(vanishesAtMin)) return { kind: "missing", at };
  const whole = min(queuedMin) + stages.reduce((sum, each) => sum + min(each.minutes), 0);
  const age = Math.min(at - start, stuckAtMin === undefined ? Number.POSITIVE_INFINITY : min(stuckAtMin));
  const endsAt = start + Math.min(whole, stoppedAtMin === undefined ? whole : min(stoppedAtMin));
  const isOver = at >= endsAt && (stuckAtMin === undefined || stoppedAtMin !== undefined);
  const isQueued = age < min(queuedMin);
  const how = stoppedAtMin !== undefined && min(stoppedAtMin) <= whole ? "CANCELLED" : ends;
  const instance: Instance = {
    id,
    project: "prod",
    owner: run.owner ?? "ALIYUN$ann@example.com",
    status: isOver ? "Terminated" : "Running",
    startTime: start,
    ...(isOver ? { endTime: endsAt } : {}),
  };
  const status = isOver ? how : isQueued ? "WAITING" : "RUNNING";
  const task: Task = { name: "AnonymousSQLTask", type: "SQL", status, startTime: start };
  const failure = {
    taskName: task.name,
    code: run.code ?? "ODPS-0130131",
    message: "table not found",
    cause: "A table does not exist.",
    next: "Check it.",
  };
  return {
    kind: "seen",
    at,
    instance,
    tasks: [task],
    progress: [{ taskName: task.name, stages: isQueued ? [] : stagesAt(stages, age - min(queuedMin)) }],
    queueing: isQueued && !isOver ? { instanceId: id, waitPosition: 4, queueLength: 9 } : undefined,
    failure: isOver && how === "FAILED" ? failure : undefined,
    jobName: run.jobName,
  };
}
