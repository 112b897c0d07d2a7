import { stageWorkers } from "./task-workers.ts";
import type { TaskState } from "./timeline.ts";
import type { Found } from "./world.ts";

/** Least, most and average over a stage's workers. */
export type Spread = { readonly min: number; readonly max: number; readonly avg: number; readonly total: number };

/** What the workers of a stage did, summed up; times in seconds. */
export type StageFigures = {
  readonly name: string;
  readonly workers: number;
  readonly runTime: number;
  readonly time: Spread;
  readonly input: Spread;
  readonly output: Spread;
};

const spreadOf = (numbers: readonly number[]): Spread => {
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const least = numbers.length === 0 ? 0 : Math.min(...numbers);
  return { min: least, max: Math.max(0, ...numbers), avg: numbers.length === 0 ? 0 : total / numbers.length, total };
};

const secondsBetween = (from: number | undefined, to: number | undefined): number =>
  from === undefined || to === undefined ? 0 : (to - from) / 1_000;

/** The figures of each stage of a task that has ended. */
export const stageFigures = (found: Found, task: TaskState): readonly StageFigures[] =>
  stageWorkers(found, task).map(({ stage, workers }) => ({
    name: stage.name,
    workers: stage.workers,
    runTime: Math.max(0, Math.min(task.elapsedMs, stage.toMs) - stage.fromMs) / 1_000,
    time: spreadOf(workers.map(({ startedAt, endedAt }) => secondsBetween(startedAt, endedAt))),
    input: spreadOf(workers.map(({ worker }) => worker.inputRecords)),
    output: spreadOf(workers.map(({ worker }) => worker.outputRecords)),
  }));
