import type { Call } from "../call.ts";
import { jsonReply, type Reply } from "../reply.ts";
import type { StageProgress } from "../stage-progress.ts";
import type { TaskState } from "../timeline.ts";
import type { Found } from "../world.ts";
import { namedTask } from "./progress.ts";

const total = (stages: readonly StageProgress[], count: (stage: StageProgress) => number): number =>
  stages.reduce((sum, stage) => sum + count(stage), 0);

/** Cost in the service's units (protocol section 7.3): CPU in 100 core seconds, memory in MB seconds, input in bytes. */
const costOf = ({ stages, startTime = 0, endTime = startTime }: TaskState) => {
  const workerSeconds = (total(stages, (stage) => stage.terminatedWorkers) * (endTime - startTime)) / 1_000;
  return {
    CPU: Math.round(workerSeconds * 100),
    Memory: Math.round(workerSeconds * 1_024),
    Input: total(stages, (stage) => stage.inputRecords) * 64,
  };
};

const summaryText = ({ stages }: TaskState): string =>
  stages
    .map((stage) => `${stage.name}:\n\tinstances: ${stage.totalWorkers}\n\toutput records: ${stage.outputRecords}\n`)
    .join("");

/** `?instancesummary`: nothing to sum up before the task has ended. */
export const instanceSummary = (call: Call, found: Found): Reply => {
  const task = namedTask(call, found, "instancesummary");
  const hasEnded = task.endTime !== undefined;
  const summary = hasEnded
    ? { JsonSummary: JSON.stringify({ Cost: costOf(task) }), Summary: summaryText(task) }
    : { JsonSummary: null };
  return jsonReply({ Instance: summary }, { "x-odps-task-finalized": String(hasEnded) });
};
