import type { StagePlan, TaskEnding } from "./plan.ts";
import { concurrency } from "./worker-shifts.ts";

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

// Backups are raced against the last, slow workers.
const backupsStartAt = 0.7;

const stageStatus = (stage: StagePlan, elapsedMs: number, ended: TaskEnding | undefined): StageProgress["status"] => {
  if (elapsedMs >= stage.toMs) return "TERMINATED";
  if (ended === "Failed") return "FAILED";
  if (ended === "Cancelled") return "CANCELLED";
  return elapsedMs < stage.fromMs ? "WAITING" : "RUNNING";
};

/** How much of a stage's time is over, 0 to 1. */
export const fractionDone = (stage: StagePlan, elapsedMs: number): number => {
  if (elapsedMs >= stage.toMs) return 1;
  return Math.max(0, (elapsedMs - stage.fromMs) / (stage.toMs - stage.fromMs));
};

type Done = { readonly workers: number; readonly records: number; readonly percentage: number };

/** Of a skewed stage nearly all workers are done soon, and the percentage stays just below the end for the rest of the time. */
const skewedDone = ({ workers }: StagePlan, skew: number, fraction: number): Done => {
  const others = Math.min(1, fraction * skew);
  const done = fraction >= 1 ? workers : Math.floor((workers - 1) * others);
  const records = ((workers - 1) * others + skew * fraction) / (workers - 1 + skew);
  return { workers: done, records, percentage: Math.floor((100 * done) / workers) };
};

const doneOf = (stage: StagePlan, fraction: number): Done =>
  stage.skew === undefined
    ? { workers: Math.floor(stage.workers * fraction), records: fraction, percentage: Math.floor(100 * fraction) }
    : skewedDone(stage, stage.skew, fraction);

/** Where a stage stands `elapsedMs` after its task started; `ended` is how the task ended, if it has. Never moves backwards. */
export const stageAt = (stage: StagePlan, elapsedMs: number, ended: TaskEnding | undefined): StageProgress => {
  const status = stageStatus(stage, elapsedMs, ended);
  const fraction = fractionDone(stage, elapsedMs);
  const done = doneOf(stage, fraction);
  const isRunning = status === "RUNNING";
  return {
    name: stage.name,
    status,
    totalWorkers: stage.workers,
    runningWorkers: isRunning ? Math.min(stage.workers - done.workers, concurrency(stage.workers)) : 0,
    terminatedWorkers: done.workers,
    backupWorkers: isRunning && fraction >= backupsStartAt ? (stage.backups ?? 0) : 0,
    inputRecords: Math.floor(stage.inputRecords * done.records),
    outputRecords: Math.floor(stage.outputRecords * done.records),
    finishedPercentage: done.percentage,
  };
};
