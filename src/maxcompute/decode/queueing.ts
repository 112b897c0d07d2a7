import { parseBoundedJson } from "../bounded-json.ts";
import { idField, isJsonObject, type JsonObject, numberField, ownField, textField } from "../json.ts";
import { MalformedBody } from "../malformed-body.ts";
import type { QueueingInfo } from "../queueing.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { decodeJsonObject } from "./json-object.ts";
import { parseQueueingTime } from "./queueing-time.ts";
import { refuseForeignRoot } from "./root.ts";
import { normalizeInstanceStatus } from "./status.ts";

/** Read either, whatever the service writes (protocol section 9); a negative one means that it does not know. */
const progressFrom = (info: JsonObject): number | undefined => {
  const sent = numberField(info, "instanceProcess") ?? numberField(info, "instanceProgress");
  return sent !== undefined && sent >= 0 && sent <= 1 ? sent : undefined;
};

const descriptionOf = (subStatus: unknown): readonly string[] => {
  const text = isJsonObject(subStatus) ? textField(subStatus, "description") : subStatus;
  return typeof text === "string" && text.trim() !== "" ? [text] : [];
};

/** One `{"description": "..."}` or a list of them. */
const subStatusesFrom = (info: JsonObject): readonly string[] | undefined => {
  const sent = ownField(info, "subStatus");
  const descriptions = (Array.isArray(sent) ? sent : [sent]).flatMap(descriptionOf);
  return descriptions.length === 0 ? undefined : descriptions;
};

const statusFrom = (info: JsonObject) => {
  const sent = textField(info, "status") ?? "";
  return sent.trim() === "" ? undefined : normalizeInstanceStatus(sent);
};

const infoFrom = (info: JsonObject, instanceId: string): QueueingInfo => ({
  instanceId,
  project: idField(info, "projectName"),
  jobName: idField(info, "jobName"),
  skynetId: idField(info, "skynetId"),
  owner: idField(info, "userAccount"),
  taskType: idField(info, "taskType"),
  taskName: idField(info, "taskName"),
  priority: numberField(info, "instancePriority"),
  progress: progressFrom(info),
  startTime: parseQueueingTime(textField(info, "startTime")),
  status: statusFrom(info),
  cpuUsage: numberField(info, "cpuUsage"),
  memUsage: numberField(info, "memUsage"),
  totalCpuUsage: numberField(info, "totalCpuUsage"),
  totalMemUsage: numberField(info, "totalMemUsage"),
  waitPosition: numberField(info, "waitPos"),
  queueLength: numberField(info, "queueLength"),
  subStatuses: subStatusesFrom(info),
});

/**
 * The answer to `?cached` (protocol section 9), one JSON object; an empty one tells nothing but the id that was asked for.
 * Throws MalformedBody or OversizedBody.
 */
export function decodeQueueingInfo(body: Uint8Array, instanceId: string): QueueingInfo {
  const info = decodeJsonObject(body);
  return infoFrom(info, idField(info, "instanceId") ?? instanceId);
}

export type QueueingPage = {
  readonly infos: readonly QueueingInfo[];
  /** Where the next page starts; undefined on the last one. */
  readonly marker: string | undefined;
};

const infosFrom = (content: string): readonly QueueingInfo[] => {
  if (content.trim() === "") return [];
  const infos = parseBoundedJson(content);
  if (!Array.isArray(infos)) throw new MalformedBody("a queue that is no JSON list");
  return infos.map((info: unknown) => {
    const instanceId = isJsonObject(info) ? idField(info, "instanceId") : undefined;
    if (!isJsonObject(info) || instanceId === undefined) throw new MalformedBody("a queued instance without an id");
    return infoFrom(info, instanceId);
  });
};

/**
 * One page of `GET /projects/{p}/cachedinstances` (protocol section 9): XML around JSON,
 * `<Instances><Marker/><MaxItems>10</MaxItems><Content><![CDATA[[{...}]]]></Content></Instances>`; an empty `Content` holds nothing.
 * Throws MalformedBody or OversizedBody.
 */
export function decodeQueueingPage(body: Uint8Array): QueueingPage {
  let marker = "";
  let content = "";
  const close = (name: string, depth: number, text: string) => {
    if (depth === 2 && name === "Marker") marker = text;
    else if (depth === 2 && name === "Content") content = text;
  };
  walkXml(body, { open: refuseForeignRoot, close }, answerLimits);
  return { infos: infosFrom(content), marker: marker.trim() === "" ? undefined : marker };
}
