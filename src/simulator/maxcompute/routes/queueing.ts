import type { Call } from "../call.ts";
import { jsonReply, type Reply, xmlReply } from "../reply.ts";
import { queueTime } from "../times.ts";
import type { Found } from "../world.ts";
import { cdata, element } from "../xml.ts";
import { listedPage } from "./list-instances.ts";
import type { Route } from "./route.ts";

/** One object of queueing information (protocol section 9). PyODPS and Java name the progress differently: both are written. */
const queueingInfo = ({ record, state }: Found): Readonly<Record<string, unknown>> => {
  const [task] = state.tasks;
  const workers = state.tasks.flatMap(({ stages }) => stages);
  const done = workers.reduce((sum, stage) => sum + stage.terminatedWorkers, 0);
  const all = workers.reduce((sum, stage) => sum + stage.totalWorkers, 0);
  const progress = all === 0 ? 0 : done / all;
  const isWaiting = task?.status === "Waiting";
  const running = workers.reduce((sum, stage) => sum + stage.runningWorkers, 0);
  return {
    instanceId: record.id,
    projectName: record.project,
    jobName: record.jobName,
    skynetId: "",
    userAccount: record.owner,
    taskType: task?.type ?? "",
    taskName: task?.name ?? "",
    instancePriority: record.priority,
    instanceProcess: progress,
    instanceProgress: progress,
    startTime: queueTime(record.startedAt),
    status: state.status,
    subStatus: { description: isWaiting ? "Waiting for resources" : "" },
    cpuUsage: running * 100,
    memUsage: running * 1_024,
    totalCpuUsage: all * 100,
    totalMemUsage: all * 1_024,
    waitPos: isWaiting ? 3 : 0,
    queueLength: 7,
  };
};

/** `?cached`: plain JSON. */
export const cached = (_call: Call, found: Found): Reply => jsonReply(queueingInfo(found));

/** `GET /cachedinstances`: a listing whose content is JSON inside XML; `[]` when there is none. Only unfinished instances queue. */
export const cachedInstances: Route = (call, world) => {
  const { found, marker, maxItems } = listedPage(call, world, ({ state }) => state.status !== "Terminated");
  return xmlReply(
    element("Instances", [
      element("Marker", [marker]),
      element("MaxItems", [maxItems]),
      element("Content", [cdata(JSON.stringify(found.map(queueingInfo)))]),
    ]),
  );
};
