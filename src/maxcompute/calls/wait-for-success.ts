import type { Api } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import type { Instance } from "../instance.ts";
import { badEnding, culpritOf, type EndedTask, hasSucceeded, taskFailure } from "../waiting/ending.ts";
import { paceOf, type WaitOptions } from "../waiting/options.ts";
import { createPatience } from "../waiting/patience.ts";
import { askPatiently, type Wait, withSignal } from "./ask-patiently.ts";
import { getTaskResults } from "./results.ts";
import { getTasks } from "./tasks.ts";
import { waitForCompletion } from "./wait.ts";

/** What a failed task left as its result. That it failed is known anyway, so a text that cannot be had is only missing. */
const failureOf = async (wait: Wait, task: EndedTask): Promise<MaxComputeError> => {
  const { api, instanceId } = wait;
  try {
    const text = (await askPatiently(wait, () => getTaskResults(api, instanceId))).get(task.name)?.text;
    return text === undefined ? badEnding(instanceId, task) : taskFailure(instanceId, task.name, text);
  } catch (error) {
    if (!(error instanceof MaxComputeError) || error.kind === "aborted") throw error;
    return badEnding(instanceId, task, error);
  }
};

/** Throws unless every task of an instance that has ended succeeded. */
const requireSuccess = async (wait: Wait): Promise<void> => {
  const { api, instanceId } = wait;
  const tasksOf = () => askPatiently(wait, () => getTasks(api, instanceId));
  if (hasSucceeded(await tasksOf())) return;
  // Asked once more before an ending is called a bad one: right after the end a task's status may still be the one before.
  const tasks = await tasksOf();
  if (hasSucceeded(tasks)) return;
  const culprit = culpritOf(tasks);
  throw culprit?.status === "FAILED" ? await failureOf(wait, culprit) : badEnding(instanceId, culprit);
};

/**
 * Waits until the instance has ended, and throws unless it succeeded (protocol section 5.2): "task-failed" with the task's own code and
 * message, "cancelled", "suspended", or "unknown" when nothing tells how it ended; `taskName` is the first task that did not succeed.
 * `hasAnswered` as for `waitForCompletion`. Once it has ended, MaxCompute's failures to say how are borne as before, until `timeout`.
 */
export async function waitForSuccess(api: Api, id: string, options: WaitOptions = {}, hasAnswered = false): Promise<Instance> {
  const pace = paceOf(options);
  const { signal } = options;
  const endAt = Math.min(api.deadline, api.connection.now() + pace.timeoutMs);
  const instance = await waitForCompletion(api, id, options, hasAnswered);
  const outOfTime = (last: MaxComputeError) => last;
  await requireSuccess({
    api: withSignal(api, signal),
    instanceId: id,
    pace,
    patience: createPatience(true),
    signal,
    endAt,
    outOfTime,
  });
  return instance;
}
