import type { StagePlan, TaskEnding } from "./plan.ts";

/** One `<Stage>` of `?instanceprogress` (protocol section 7.2). Statuses are those the Java SDK knows. */
export type StageProgress = {
  readonly name: string;
  readonly status: "WAITING" | "RUNNING" | "TERMINATED" | "FAILED" | "CANCELLED";
  readonly totalWorkers: number;
  readonly runningWorkers: number;
  readonly terminatedWorkers: number;
  readonly backupWorkers: number;
  readonly inputRecords: number;
  readonly outputRecords: number;
  readonly finishedPercentage: number;
};

// A quota rarely runs all workers of a stage at once; backups are raced against the last, slow workers.
const concurrentShare = 0.4;
const backupsStartAt = 0.7;

const stageStatus = (stage: StagePlan, elapsedMs: number, ended: TaskEnding | undefined): StageProgress["status"] => {
  if (elapsedMs >= stage.toMs) return "TERMINATED";
  if (ended === "Failed") return "FAILED";
  if (ended === "Cancelled") return "CANCELLED";
  return elapsedMs < stage.fromMs ? "WAITING" : "RUNNING";
};

const fractionDone = (stage: StagePlan, elapsedMs: number): number => {
  if (elapsedMs >= stage.toMs) return 1;
  return Math.max(0, (elapsedMs - stage.fromMs) / (stage.toMs - stage.fromMs));
};

/** Where a stage stands `elapsedMs` after its task started; `ended` is how the task ended, if it has. Never moves backwards. */
export const stageAt = (stage: StagePlan, elapsedMs: number, ended: TaskEnding | undefined): StageProgress => {
  const status = stageStatus(stage, elapsedMs, ended);
  const fraction = fractionDone(stage, elapsedMs);
  const terminatedWorkers = Math.floor(stage.workers * fraction);
  const unfinished = stage.workers - terminatedWorkers;
  const isRunning = status === "RUNNING";
  return {
    name: stage.name,
    status,
    totalWorkers: stage.workers,
    runningWorkers: isRunning ? Math.min(unfinished, Math.ceil(stage.workers * concurrentShare)) : 0,
    terminatedWorkers,
    backupWorkers: isRunning && fraction >= backupsStartAt ? (stage.backups ?? 0) : 0,
    inputRecords: Math.floor(stage.inputRecords * fraction),
    outputRecords: Math.floor(stage.outputRecords * fraction),
    finishedPercentage: Math.floor(100 * fraction),
  };
};
