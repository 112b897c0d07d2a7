import type { Call } from "../call.ts";
import { jsonReply, type Reply } from "../reply.ts";
import { stageDependencies } from "../stage-name.ts";
import { type StageWorkers, stageWorkers, type WorkerSeen } from "../task-workers.ts";
import type { TaskState } from "../timeline.ts";
import { inputBytesPerRecord, outputBytesPerRecord } from "../workers.ts";
import type { Found } from "../world.ts";
import { namedTask } from "./progress.ts";
import { jsonSummary } from "./summary.ts";

/** Epoch seconds, which is what clients take these times for. */
const epochSeconds = (at: number): number => Math.floor(at / 1_000);

const workerObject = ({ worker, logId, address, startedAt, endedAt }: WorkerSeen, stageName: string): object => ({
  id: `${stageName}#${worker.index}_0`,
  logId,
  status: worker.status,
  IpAndPath: address,
  ...(startedAt !== undefined && { startTime: epochSeconds(startedAt) }),
  ...(endedAt !== undefined && { endTime: epochSeconds(endedAt) }),
  input_bytes: worker.inputRecords * inputBytesPerRecord,
  input_records: worker.inputRecords,
  output_bytes: worker.outputRecords * outputBytesPerRecord,
  output_records: worker.outputRecords,
});

const stageObject = ({ stage, workers }: StageWorkers, all: readonly string[]): object => {
  const { up, down } = stageDependencies(stage.name, all);
  return {
    name: stage.name,
    upTasks: up.map((name) => ({ name })),
    downTasks: down.map((name) => ({ name })),
    instances: workers.map((worker) => workerObject(worker, stage.name)),
  };
};

const jobsOf = (found: Found, task: TaskState): readonly object[] => {
  const stages = stageWorkers(found, task);
  const names = stages.map(({ stage }) => stage.name);
  if (stages.length === 0) return [];
  return [{ name: `${found.record.id}_${task.type}_0_0_0_job_0`, tasks: stages.map((stage) => stageObject(stage, names)) }];
};

/** `?detail` and `?instancedetail` (protocol section 7.4): every worker of every stage; no job before the first stage. */
export const detail = (call: Call, found: Found): Reply => {
  const task = namedTask(call, found, "detail");
  return jsonReply({ mapReduce: { jobs: jobsOf(found, task), jsonSummary: JSON.stringify(jsonSummary(found, task) ?? {}) } });
};
