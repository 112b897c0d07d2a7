import type { Call } from "../call.ts";
import { invalidArgument, Refusal } from "../errors.ts";
import { type Reply, textReply } from "../reply.ts";
import { stageWorkers, taskPlanOf } from "../task-workers.ts";
import { logText, logTypes } from "../worker-logs.ts";
import type { Found } from "../world.ts";

const sizeOf = (text: string | undefined): number => {
  if (text === undefined || text === "") return 0;
  if (!/^\d{1,12}$/.test(text)) throw invalidArgument(`size is a number of bytes, not ${text}`);
  return Number(text);
};

/** Fewer bytes than there are means the last ones, where the trouble stands; 0 means all. Never half of a character. */
const lastBytes = (text: string, size: number): string => {
  const bytes = Buffer.from(text);
  if (size === 0 || bytes.length <= size) return text;
  return bytes
    .subarray(bytes.length - size)
    .toString("utf8")
    .replace(/^\u{FFFD}+/u, "");
};

/** `?log&id=&logtype=&size=` (protocol section 7.5): what one worker wrote. */
export const workerLog = (call: Call, found: Found): Reply => {
  const [id, type = ""] = [call.query.get("id"), call.query.get("logtype")];
  if (!logTypes.includes(type)) throw invalidArgument(`logtype is one of ${logTypes.join(", ")}, not ${type}`);
  const size = sizeOf(call.query.get("size"));
  const subjects = found.state.tasks.flatMap((task) =>
    stageWorkers(found, task).flatMap(({ stage, workers }) =>
      workers.map((seen) => ({ seen, stage, task: taskPlanOf(found, task) })),
    ),
  );
  const subject = subjects.find(({ seen }) => seen.logId === id);
  if (subject === undefined) throw new Refusal(404, "NoSuchObject", `ODPS-0430104: There is no worker log ${id ?? ""}`);
  return textReply(lastBytes(logText(type, subject), size));
};
