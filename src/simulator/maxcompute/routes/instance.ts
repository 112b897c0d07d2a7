import type { Call } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import type { Reply } from "../reply.ts";
import { readTunnel } from "../tunnel/read-records.ts";
import { openSession } from "../tunnel/session-routes.ts";
import { type Found, findInstance, type World } from "../world.ts";
import { detail } from "./detail.ts";
import { readInfo, writeInfo } from "./info.ts";
import { progress } from "./progress.ts";
import { cached } from "./queueing.ts";
import { quota } from "./quota.ts";
import type { Route } from "./route.ts";
import { source } from "./source.ts";
import { status, statusWhenChanged } from "./status.ts";
import { stop } from "./stop.ts";
import { instanceSummary, mapReduceSummary } from "./summary.ts";
import { results, taskStatus } from "./tasks.ts";
import { workerLog } from "./worker-log.ts";
import { xflowResult, xflowSource } from "./xflow.ts";

type Action = (call: Call, found: Found, world: World) => Reply | Promise<Reply>;

/** What can be asked of an instance, by the bare query key that asks for it (protocol section 3). */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["instancestatus", statusWhenChanged],
  ["taskstatus", taskStatus],
  ["result", results],
  ["instanceprogress", progress],
  ["instancesummary", instanceSummary],
  ["source", source],
  ["cached", cached],
  ["detail", detail],
  ["instancedetail", detail],
  ["summary", mapReduceSummary],
  ["instancequota", quota],
  ["info", readInfo],
  ["log", workerLog],
  ["xresult", xflowResult],
  ["xsource", xflowSource],
]);

// These accompany an action, or come with every request.
const companions = ["curr_project", "curr_schema", "taskname", "subquery_id", "key", "id", "logtype", "size"];

/** `GET /projects/{p}/instances/{id}[?action]`. A key that is neither an action nor a companion is InvalidArgument. */
export const readInstance: Route = (call, world) => {
  if (call.query.has("downloadid")) return readTunnel(call, world);
  const found = findInstance(world, call.segments[3] ?? "");
  const asked = [...call.query.keys()].filter((key) => !companions.includes(key) && !key.startsWith("x-odps-"));
  const unknown = asked.find((key) => !actions.has(key));
  if (unknown !== undefined) throw invalidArgument(`unknown action ${unknown}`);
  const [first] = asked;
  const action = first === undefined ? status : (actions.get(first) ?? status);
  return action(call, found, world);
};

/** PUT sets the status, or with `?info` a value that the task keeps. */
export const writeInstance: Route = (call, world) => {
  if (call.query.has("info")) return writeInfo(call, findInstance(world, call.segments[3] ?? "", "odps:Write"), world);
  const unknown = [...call.query.keys()].find((key) => !companions.includes(key) && !key.startsWith("x-odps-"));
  if (unknown !== undefined) throw invalidArgument(`unknown action ${unknown}`);
  return stop(call, world);
};

/** POST opens a tunnel session; nothing else is posted to an instance. */
export const openTunnel: Route = (call, world) => {
  if (call.query.has("downloads")) return openSession(call, world);
  findInstance(world, call.segments[3] ?? "");
  throw invalidArgument("unknown action");
};
