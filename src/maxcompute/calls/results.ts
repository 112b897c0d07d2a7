import type { Api } from "../api.ts";
import { decodeResults } from "../decode/results.ts";
import { MaxComputeError } from "../errors.ts";
import type { TaskResult } from "../instance.ts";
import { clip } from "../text.ts";
import { instanceQuery } from "./instance-request.ts";

/** `?result` (protocol section 7.1): the inline result of every task by its name, in the server's order; at most 10,000 rows each. */
export function getTaskResults(api: Api, id: string): Promise<Map<string, TaskResult>> {
  return api.ask(instanceQuery(api.project, id, [["result", ""]]), ({ body }) => decodeResults(body));
}

/** The error for a task that is not there, which names those that are. */
export const notFound = (id: string, taskName: string | undefined, names: readonly string[]): MaxComputeError => {
  const wanted = taskName === undefined ? "The instance has no task" : `The instance has no task named ${clip(taskName, 100)}`;
  const there = names.length === 0 ? "" : `; there is: ${clip(names.join(", "), 1000)}`;
  return new MaxComputeError("not-found", `${wanted}${there}`, { instanceId: id, taskName });
};

/** One task's result; without a name the first task's. Throws "not-found", naming the tasks there are. */
export async function getTaskResult(api: Api, id: string, taskName?: string): Promise<TaskResult> {
  const results = await getTaskResults(api, id);
  const names = [...results.keys()];
  const result = results.get(taskName ?? names[0] ?? "");
  if (result === undefined) throw notFound(id, taskName, names);
  return result;
}
