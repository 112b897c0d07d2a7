// Progress in words: a bar, the stage that runs, its workers.
import type { StageProgress } from "../maxcompute/index.ts";
import type { TaskProgressView } from "../view/index.ts";
import { count, percent, plural, progressBar } from "./format.ts";
import { shown } from "./limits.ts";
import { code, join, linesWithin, type Mrkdwn, mrkdwn, nothing } from "./mrkdwn.ts";

/** The stage a person would ask about: the one at work, else the first that is not done, else the last. */
export const currentStage = (stages: readonly StageProgress[]): StageProgress | undefined =>
  stages.find((stage) => (stage.runningWorkers ?? 0) > 0) ??
  stages.find((stage) => (stage.finishedPercentage ?? 0) < 100) ??
  stages.at(-1);

/** "41 of 64 workers done", empty when the service did not say. */
export const workers = (stage: StageProgress): Mrkdwn =>
  stage.totalWorkers === undefined
    ? nothing
    : mrkdwn`${count(stage.terminatedWorkers ?? 0)} of ${count(stage.totalWorkers)} workers done`;

/** "M1 · 41 of 64 workers done", empty when no stage is known. */
export const stageSummary = (stages: readonly StageProgress[]): Mrkdwn => {
  const stage = currentStage(stages);
  return stage === undefined ? nothing : join([code(stage.name), workers(stage)], " · ");
};

/** The bar of a task, or that nothing is known yet. */
export const bar = (task: TaskProgressView): Mrkdwn =>
  task.percent === undefined ? mrkdwn`no progress yet` : mrkdwn`${progressBar(task.percent)}`;

/** One line a task of several: its bar, its name, its stage. */
export const progressLines = (tasks: readonly TaskProgressView[]): Mrkdwn =>
  linesWithin(
    tasks.map((task) => join([bar(task), code(task.taskName), stageSummary(task.stages)], " · ")),
    shown.taskLines,
  );

/** One line a stage: percent, name, workers, rows read and written. */
export const stageLines = (stages: readonly StageProgress[], max: number): Mrkdwn =>
  linesWithin(
    stages.map((stage) => {
      const running = stage.runningWorkers === undefined ? nothing : mrkdwn`${count(stage.runningWorkers)} running`;
      const read = stage.inputRecords === undefined ? nothing : mrkdwn`${count(stage.inputRecords)} rows in`;
      const written = stage.outputRecords === undefined ? nothing : mrkdwn`${count(stage.outputRecords)} rows out`;
      const done = stage.finishedPercentage === undefined ? nothing : mrkdwn`${percent(stage.finishedPercentage)}`;
      return join([code(stage.name), done, workers(stage), running, read, written], " · ");
    }),
    max,
  );

/** All tasks in a few words, for the text beside the blocks: "63%", or "2 tasks: a 63%, b 10%". */
export const progressWords = (tasks: readonly TaskProgressView[]): Mrkdwn => {
  const known = tasks.filter((task) => task.percent !== undefined);
  const [only] = known;
  if (only === undefined) return nothing;
  if (tasks.length === 1) return mrkdwn`${percent(only.percent ?? 0)}`;
  const first = known.slice(0, shown.detailedTasks).map((task) => mrkdwn`${task.taskName} ${percent(task.percent ?? 0)}`);
  return mrkdwn`${plural(tasks.length, "task")}: ${join(first, ", ")}`;
};
