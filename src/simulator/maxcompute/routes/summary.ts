import type { Call } from "../call.ts";
import { jsonReply, type Reply } from "../reply.ts";
import { type StageFigures, stageFigures } from "../stage-figures.ts";
import type { StageProgress } from "../stage-progress.ts";
import type { TaskState } from "../timeline.ts";
import { inputBytesPerRecord, outputBytesPerRecord } from "../workers.ts";
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
    Input: total(stages, (stage) => stage.inputRecords) * inputBytesPerRecord,
  };
};

/** The JSON summary of a task that has ended; undefined before that. */
export const jsonSummary = (found: Found, task: TaskState): object | undefined => {
  if (task.endTime === undefined) return undefined;
  return {
    Cost: costOf(task),
    jobs: [
      {
        name: `${found.record.id}_${task.type}_0_0_0_job_0`,
        tasks: stageFigures(found, task).map(({ name, workers, input, output, time, runTime }) => ({
          name,
          instanceCount: workers,
          runTime,
          instanceTime: time,
          inputRecords: input,
          inputBytes: input.total * inputBytesPerRecord,
          outputRecords: output,
          outputBytes: output.total * outputBytesPerRecord,
        })),
      },
    ],
  };
};

const spread = (
  { min, max, avg }: { readonly min: number; readonly max: number; readonly avg: number },
  digits: number,
): string => `min: ${min.toFixed(digits)}, max: ${max.toFixed(digits)}, avg: ${avg.toFixed(digits)}`;

const stageText = ({ name, workers, runTime, time, input, output }: StageFigures): string =>
  [
    `${name}:`,
    `\tinstance count: ${workers}`,
    `\trun time: ${runTime.toFixed(3)}`,
    "\tinstance time:",
    `\t\t${spread(time, 3)}`,
    "\tinput records:",
    `\t\tTableScan_REL1: ${input.total}  (${spread(input, 0)})`,
    "\toutput records:",
    `\t\tStreamLineWrite_REL2: ${output.total}  (${spread(output, 0)})`,
    "",
  ].join("\n");

/** The text odpscmd prints after a statement. */
const summaryText = (found: Found, task: TaskState): string => {
  const { startTime = 0, endTime = startTime } = task;
  const { CPU, Memory } = costOf(task);
  const cost = `cpu ${(CPU / 6_000).toFixed(2)} Core * Min, memory ${(Memory / 61_440).toFixed(2)} GB * Min`;
  const run = `Job run time: ${((endTime - startTime) / 1_000).toFixed(3)}\nJob run mode: fuxi job\nJob run engine: execution engine\n`;
  return `resource cost: ${cost}\n${run}${stageFigures(found, task).map(stageText).join("")}`;
};

/** `?instancesummary`: nothing to sum up before the task has ended. */
export const instanceSummary = (call: Call, found: Found): Reply => {
  const task = namedTask(call, found, "instancesummary");
  const json = jsonSummary(found, task);
  const summary =
    json === undefined ? { JsonSummary: null } : { JsonSummary: JSON.stringify(json), Summary: summaryText(found, task) };
  return jsonReply({ Instance: summary }, { "x-odps-task-finalized": String(json !== undefined) });
};

/** `?summary`, as odpscmd asks for the same. */
export const mapReduceSummary = (call: Call, found: Found): Reply => {
  const task = namedTask(call, found, "summary");
  const json = jsonSummary(found, task);
  if (json === undefined) return jsonReply({ mapReduce: {} });
  return jsonReply({ mapReduce: { jsonSummary: JSON.stringify(json), summary: summaryText(found, task) } });
};
