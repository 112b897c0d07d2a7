import type { Outcome } from "../maxcompute/index.ts";
import { outcomeOf, percentDone } from "../maxcompute/index.ts";
import type { Counts } from "./face.ts";
import type { Seen, SubSight } from "./observation.ts";

export type StageState = "waiting" | "running" | "done" | "failed";
export type StageSight = {
  readonly name: string;
  readonly state: StageState;
  readonly workers: number;
  readonly finished: number;
};

/** A look in the terms of the rules. */
export type Sight = {
  readonly at: number;
  readonly outcome: Outcome;
  readonly hasEnded: boolean;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  /** It has left the queue. */
  readonly begun: boolean;
  readonly percent: number | undefined;
  readonly unit: "stage" | "sub-instance";
  readonly stages: readonly StageSight[];
  readonly subs: Counts | undefined;
  readonly records: number;
  readonly position: number | undefined;
  readonly queueLength: number | undefined;
  /** Runs of each task that has run more than once. */
  readonly attempts: Readonly<Record<string, number>>;
};

type Stage = Seen["progress"][number]["stages"][number];

function stateOf({ status = "", runningWorkers = 0, terminatedWorkers = 0, totalWorkers = 0 }: Stage): StageState {
  const word = status.toUpperCase();
  if (word === "FAILED") return "failed";
  if (word === "TERMINATED") return "done";
  if (totalWorkers > 0 && terminatedWorkers >= totalWorkers) return "done";
  return runningWorkers + terminatedWorkers > 0 ? "running" : "waiting";
}

const stageOf = (stage: Stage): StageSight => ({
  name: stage.name,
  state: stateOf(stage),
  workers: stage.totalWorkers ?? 0,
  finished: stage.terminatedWorkers ?? 0,
});

const subStage = ({ name, state, percent = 0 }: SubSight): StageSight => ({
  name,
  state,
  workers: 100,
  finished: state === "done" || state === "failed" ? 100 : percent,
});

const countsOf = (subs: readonly SubSight[]): Counts => {
  const counts = { waiting: 0, running: 0, done: 0, failed: 0 };
  for (const { state } of subs) counts[state] += 1;
  return counts;
};

/** Whole per cent; 100 only at the very end, for a card that says 100 % and runs on is a lie. */
const whole = (percent: number | undefined): number | undefined => (percent === undefined ? undefined : Math.floor(percent));

export function sightOf(seen: Seen): Sight {
  const { at, instance, tasks, progress, queueing, subs } = seen;
  const own = progress.flatMap(({ stages }) => stages);
  const stages = subs === undefined ? own.map(stageOf) : subs.map(subStage);
  const position = queueing?.waitPosition;
  const worksAlready = stages.some(({ state }) => state !== "waiting");
  const taskRuns = tasks.some(({ status }) => status !== "WAITING");
  // Some kinds of task never have stages: then a task that runs, and has no place in the queue, has begun.
  const begun = worksAlready || (stages.length === 0 && taskRuns && (position ?? 0) < 1);
  const hasEnded = instance.status === "Terminated";
  const ofSubs = stages.length === 0 ? undefined : stages.reduce((sum, { finished }) => sum + finished, 0) / stages.length;
  return {
    at,
    outcome: outcomeOf(instance.status, tasks),
    hasEnded,
    startTime: instance.startTime,
    endTime: instance.endTime,
    begun: begun || hasEnded,
    percent: whole(subs === undefined ? percentDone({ stages: own }) : ofSubs),
    unit: subs === undefined ? "stage" : "sub-instance",
    stages,
    subs: subs === undefined ? undefined : countsOf(subs),
    records: own.reduce((sum, { inputRecords = 0, outputRecords = 0 }) => sum + inputRecords + outputRecords, 0),
    position: begun || position === undefined || position < 1 ? undefined : position,
    queueLength: queueing?.queueLength,
    attempts: attemptsOf(tasks),
  };
}

function attemptsOf(tasks: Seen["tasks"]): Record<string, number> {
  const repeated = tasks.filter(({ histories = [] }) => histories.length > 0);
  return Object.fromEntries(repeated.map(({ name, histories = [] }) => [name, histories.length + 1]));
}
