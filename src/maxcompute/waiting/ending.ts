import { MaxComputeError, type MaxComputeErrorKind } from "../errors.ts";
import type { Task } from "../instance.ts";
import { outcomeOf } from "../outcome.ts";
import { parseTaskError } from "../task-error.ts";
import { clip } from "../text.ts";

export type EndedTask = Pick<Task, "name" | "status">;

/** Whether an instance that is Terminated did what it was asked: every task succeeded, and there was one (protocol section 5.2). */
export const hasSucceeded = (tasks: readonly EndedTask[]): boolean => outcomeOf("Terminated", tasks) === "success";

/** The first task that did not succeed: it stands for the others, as in the protocol's other clients. */
export const culpritOf = (tasks: readonly EndedTask[]): EndedTask | undefined => tasks.find(({ status }) => status !== "SUCCESS");

const kindByStatus: ReadonlyMap<string, MaxComputeErrorKind> = new Map<string, MaxComputeErrorKind>([
  ["FAILED", "task-failed"],
  ["CANCELLED", "cancelled"],
  ["SUSPENDED", "suspended"],
]);

const maxMessageLength = 4000;

/** The error of a FAILED task from the text it left as its result (protocol section 8.3). */
export function taskFailure(instanceId: string, taskName: string, text: string): MaxComputeError {
  const { code, message, requestId } = parseTaskError(text);
  return new MaxComputeError("task-failed", clip(message, maxMessageLength), { code, requestId, instanceId, taskName });
}

/** The error of an instance that ended without success, from all that is known but a task's own text: `<task>, status=<STATUS>`. */
export function badEnding(instanceId: string, culprit: EndedTask | undefined, cause?: unknown): MaxComputeError {
  if (culprit === undefined) {
    const message = "The instance has ended without a single task, so nothing proves that it did anything";
    return new MaxComputeError("unknown", message, { instanceId });
  }
  const { name: taskName, status } = culprit;
  const kind = kindByStatus.get(status) ?? "unknown";
  return new MaxComputeError(kind, `${taskName}, status=${status}`, { instanceId, taskName, cause });
}
