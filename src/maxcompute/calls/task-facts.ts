import type { Api } from "../api.ts";
import { decodeJsonObject } from "../decode/json-object.ts";
import { decodeTaskDetail, isEmptyDetail } from "../decode/task-detail.ts";
import { costFrom, decodeTaskSummary } from "../decode/task-summary.ts";
import type { WireResponse } from "../exchange.ts";
import type { JsonObject } from "../json.ts";
import type { TaskCost, TaskSummary } from "../task-facts.ts";
import { instanceQuery } from "./instance-request.ts";

/** Summaries grow with the job; the service's own console gives up at the same size (protocol section 7.3). */
const maxSummaryBytes = 64 * 1024 * 1024;

const askAbout = <Answer>(
  api: Api,
  id: string,
  taskName: string,
  action: string,
  decode: (response: WireResponse) => Answer,
): Promise<Answer> => {
  const request = instanceQuery(api.project, id, [
    [action, ""],
    ["taskname", taskName],
  ]);
  return api.ask({ ...request, maxBytes: maxSummaryBytes }, decode);
};

/**
 * `?instancesummary` (protocol section 7.3): undefined when there is none, or not yet. Throws "too-large" for one of more than 64 MiB.
 */
export function getTaskSummary(api: Api, id: string, taskName: string): Promise<TaskSummary | undefined> {
  return askAbout(api, id, taskName, "instancesummary", ({ body, header }) =>
    decodeTaskSummary(body, header("x-odps-task-finalized")),
  );
}

/** What the task used, as its summary tells (protocol section 7.3); undefined when it does not. */
export async function getTaskCost(api: Api, id: string, taskName: string): Promise<TaskCost | undefined> {
  const summary = await getTaskSummary(api, id, taskName);
  return summary && costFrom(summary);
}

/** `?detail` (protocol section 7.4), the older of the two details: JSON, or text, or undefined when there is none. */
export function getTaskDetail2(api: Api, id: string, taskName: string): Promise<unknown> {
  return askAbout(api, id, taskName, "detail", ({ body }) => decodeTaskDetail(body));
}

/** `?instancedetail` (protocol section 7.4), and `?detail` when that tells nothing: JSON of any shape, or text; undefined when there is none. */
export async function getTaskDetail(api: Api, id: string, taskName: string): Promise<unknown> {
  const detail = await askAbout(api, id, taskName, "instancedetail", ({ body }) => decodeTaskDetail(body));
  return isEmptyDetail(detail) ? getTaskDetail2(api, id, taskName) : detail;
}

/** `?instancequota` (protocol section 7.6): the service answers `{}` when it is asked again within 30 s. */
export function getTaskQuota(api: Api, id: string, taskName: string): Promise<JsonObject> {
  return askAbout(api, id, taskName, "instancequota", ({ body }) => decodeJsonObject(body));
}
