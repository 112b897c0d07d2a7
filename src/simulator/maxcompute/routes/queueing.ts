import type { Call } from "../call.ts";
import { jsonReply, type Reply, xmlReply } from "../reply.ts";
import { queueTime } from "../times.ts";
import type { Found, World } from "../world.ts";
import { cdata, element } from "../xml.ts";
import { listedPage } from "./list-instances.ts";
import type { Route } from "./route.ts";

// Whoever waits a second for a worker is next, and alone.
const noQueue = { position: 1, length: 1 };

/** The place in the queue moves up from the one at submission to the first while the instance waits; then there is none. */
const placeInQueue = ({ plan, record }: Found, isWaiting: boolean, now: number): number => {
  const { position } = plan.queue ?? noQueue;
  if (!isWaiting) return 0;
  const left = 1 - (now - record.startedAt) / Math.max(1, plan.queuedMs);
  return Math.max(1, Math.ceil(position * left));
};

const subStatus = (isWaiting: boolean, startedAt: number): Readonly<Record<string, unknown>> =>
  isWaiting
    ? { code: 1010, description: "Waiting for scheduling", start_time: Math.floor(startedAt / 1_000) }
    : { description: "" };

/** One object of queueing information (protocol section 9). PyODPS and Java name the progress differently: both are written. */
const queueingInfo = (found: Found, now: number): Readonly<Record<string, unknown>> => {
  const { record, state, plan } = found;
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
    subStatus: subStatus(isWaiting, record.startedAt),
    cpuUsage: running * 100,
    memUsage: running * 1_024,
    totalCpuUsage: all * 100,
    totalMemUsage: all * 1_024,
    waitPos: placeInQueue(found, isWaiting, now),
    queueLength: (plan.queue ?? noQueue).length,
  };
};

/** `?cached`: plain JSON. */
export const cached = (_call: Call, found: Found, world: World): Reply => jsonReply(queueingInfo(found, world.clock.now()));

/** `GET /cachedinstances`: a listing whose content is JSON inside XML; `[]` when there is none. Only unfinished instances queue. */
export const cachedInstances: Route = (call, world) => {
  const { found, marker, maxItems } = listedPage(call, world, ({ state }) => state.status !== "Terminated");
  const infos = found.map((one) => queueingInfo(one, world.clock.now()));
  return xmlReply(
    element("Instances", [
      element("Marker", [marker]),
      element("MaxItems", [maxItems]),
      element("Content", [cdata(JSON.stringify(infos))]),
    ]),
  );
};
