import type { Call } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import { type Reply, xmlReply } from "../reply.ts";
import type { StageProgress } from "../stage-progress.ts";
import type { TaskState } from "../timeline.ts";
import type { Found } from "../world.ts";
import { element, type Xml } from "../xml.ts";

/** All numbers are always there: PyODPS raises when `BackupWorkers` is missing (protocol section 7.2). */
const stageElement = (stage: StageProgress): Xml =>
  element(
    "Stage",
    [
      element("Status", [stage.status]),
      element("BackupWorkers", [stage.backupWorkers]),
      element("TerminatedWorkers", [stage.terminatedWorkers]),
      element("RunningWorkers", [stage.runningWorkers]),
      element("TotalWorkers", [stage.totalWorkers]),
      element("InputRecords", [stage.inputRecords]),
      element("OutputRecords", [stage.outputRecords]),
      element("FinishedPercentage", [stage.finishedPercentage]),
    ],
    { ID: stage.name },
  );

/** The task an action is about: `taskname`, or the action's own value; both keys may be sent, or either. */
export const namedTask = (call: Call, { state }: Found, action: string): TaskState => {
  const name = call.query.get("taskname") || call.query.get(action);
  if (name === undefined || name === "") throw invalidArgument(`?${action} needs a taskname`);
  const task = state.tasks.find((candidate) => candidate.name === name);
  if (task === undefined) throw invalidArgument(`the instance has no task ${name}`);
  return task;
};

/** `?instanceprogress`: no stages while the instance is queued. */
export const progress = (call: Call, found: Found): Reply =>
  xmlReply(element("Progress", namedTask(call, found, "instanceprogress").stages.map(stageElement)));
