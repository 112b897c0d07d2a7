import type { Api } from "../api.ts";
import { decodeProgress } from "../decode/progress.ts";
import { decodeTasks } from "../decode/tasks.ts";
import type { Task, TaskProgress } from "../instance.ts";
import { instanceQuery } from "./instance-request.ts";

/** `?taskstatus` (protocol section 5.1): every task of the instance, in the server's order. */
export function getTasks(api: Api, id: string): Promise<readonly Task[]> {
  return api.ask(instanceQuery(api.project, id, [["taskstatus", ""]]), ({ body }) => decodeTasks(body));
}

export async function getTaskNames(api: Api, id: string): Promise<readonly string[]> {
  const tasks = await getTasks(api, id);
  return tasks.map((task) => task.name);
}

/** `?instanceprogress` (protocol section 7.2): the stages of one task and how many of their workers are done. */
export function getTaskProgress(api: Api, id: string, taskName: string): Promise<TaskProgress> {
  const request = instanceQuery(api.project, id, [
    ["instanceprogress", taskName],
    ["taskname", taskName],
  ]);
  return api.ask(request, ({ body }) => decodeProgress(body));
}
