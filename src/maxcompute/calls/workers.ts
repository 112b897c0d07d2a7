import type { Api } from "../api.ts";
import { decodeWorkers } from "../decode/workers.ts";
import { MaxComputeError } from "../errors.ts";
import type { QueryParameter } from "../sign.ts";
import type { Worker } from "../task-facts.ts";
import { instanceQuery } from "./instance-request.ts";

/** What the service keeps of a worker, and under which name (protocol section 7.5). */
const fileNames = {
  stdout: "stdout",
  stderr: "stderr",
  waterfall_summary: "waterfall_summary",
  jstack: "jstack",
  pstack: "pstack",
  coreinfo: "coreinfo.tmp",
  hs_err_log: "hs_err_*.log",
} as const;

export type WorkerLogType = keyof typeof fileNames;

export type WorkerLogOptions = {
  /** At most so many bytes, as the service counts them; 0, the default, asks for what it gives by itself. */
  readonly size?: number | undefined;
};

/** The workers of a task, from `?detail` (protocol section 7.4); none when it tells nothing. Throws "too-large" beyond 200,000. */
export function getWorkers(api: Api, id: string, taskName: string): Promise<readonly Worker[]> {
  const request = instanceQuery(api.project, id, [
    ["detail", ""],
    ["taskname", taskName],
  ]);
  return api.ask(request, ({ body }) => decodeWorkers(body));
}

const isLogType = (logType: string): logType is WorkerLogType => Object.hasOwn(fileNames, logType);

const invalid = (id: string, message: string) => new MaxComputeError("invalid", message, { instanceId: id });

const logParameters = (id: string, logId: string, logType: string, size: number): readonly QueryParameter[] => {
  const type = logType.toLowerCase();
  if (!isLogType(type)) throw invalid(id, `Not a worker's log: there is ${Object.keys(fileNames).join(", ")}`);
  if (logId === "") throw invalid(id, "A worker's log has an id");
  if (!Number.isSafeInteger(size) || size < 0) throw invalid(id, "`size` must be a whole number of bytes");
  const parameters = [["log", ""] as const, ["id", logId] as const, ["logtype", fileNames[type]] as const];
  return size === 0 ? parameters : [...parameters, ["size", String(size)]];
};

const lenientUtf8 = new TextDecoder("utf-8");

/**
 * `?log` (protocol section 7.5): what a worker wrote; `logId` is from `getWorkers`. Bytes that are no UTF-8 become U+FFFD, since a program
 * may write anything and the size may cut a character in two. Throws "invalid" for a log type that does not exist.
 */
export function getWorkerLog(
  api: Api,
  id: string,
  logId: string,
  logType: WorkerLogType,
  { size = 0 }: WorkerLogOptions = {},
): Promise<string> {
  const request = instanceQuery(api.project, id, logParameters(id, logId, logType, size));
  return api.ask(request, ({ body }) => lenientUtf8.decode(body));
}
