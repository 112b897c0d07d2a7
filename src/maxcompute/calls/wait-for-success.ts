import type { Api } from "../api.ts";
import { decodeResults } from "../decode/results.ts";
import { decodeTasks } from "../decode/tasks.ts";
import { MaxComputeError } from "../errors.ts";
import type { Instance, Task, TaskResult } from "../instance.ts";
import { badEnding, culpritOf, type EndedTask, hasSucceeded, taskFailure } from "../waiting/ending.ts";
import type { WaitOptions } from "../waiting/options.ts";
import { instanceQuery } from "./instance-request.ts";
import { waitForCompletion } from "./wait.ts";

type Signal = AbortSignal | undefined;

const tasksOf = (api: Api, id: string, signal: Signal): Promise<readonly Task[]> =>
  api.ask({ ...instanceQuery(api.project, id, [["taskstatus", ""]]), signal }, ({ body }) => decodeTasks(body));

const resultsOf = (api: Api, id: string, signal: Signal): Promise<Map<string, TaskResult>> =>
  api.ask({ ...instanceQuery(api.project, id, [["result", ""]]), signal }, ({ body }) => decodeResults(body));

/** What a failed task left as its result. That it failed is known anyway, so a text that cannot be had is only missing. */
const failureOf = async (api: Api, id: string, task: EndedTask, signal: Signal): Promise<MaxComputeError> => {
  try {
    const text = (await resultsOf(api, id, signal)).get(task.name)?.text;
    return text === undefined ? badEnding(id, task) : taskFailure(id, task.name, text);
  } catch (error) {
    if (!(error instanceof MaxComputeError) || error.kind === "aborted") throw error;
    return badEnding(id, task, error);
  }
};

/** Throws unless every task of an instance that has ended succeeded. */
export async function requireSuccess(api: Api, id: string, signal: Signal): Promise<void> {
  if (hasSucceeded(await tasksOf(api, id, signal))) return;
  // Asked once more before an ending is called a bad one: right after the end a task's status may still be the one before.
  const tasks = await tasksOf(api, id, signal);
  if (hasSucceeded(tasks)) return;
  const culprit = culpritOf(tasks);
  throw culprit?.status === "FAILED" ? await failureOf(api, id, culprit, signal) : badEnding(id, culprit);
}

/**
 * Waits until the instance has ended, and throws unless it succeeded (protocol section 5.2): "task-failed" with the task's own code and
 * message, "cancelled", "suspended", or "unknown" when nothing tells how it ended; `taskName` is the first task that did not succeed.
 * `hasAnswered` as for `waitForCompletion`.
 */
export async function waitForSuccess(api: Api, id: string, options: WaitOptions = {}, hasAnswered = false): Promise<Instance> {
  const instance = await waitForCompletion(api, id, options, hasAnswered);
  await requireSuccess(api, id, options.signal);
  return instance;
}
