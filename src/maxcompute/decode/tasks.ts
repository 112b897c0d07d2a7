import type { Task } from "../instance.ts";
import { MalformedBody } from "../malformed-body.ts";
import { parseTime } from "../time.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";
import { normalizeTaskStatus } from "./status.ts";

type Draft = { name: string; type: string; status: string; startTime: number | undefined; endTime: number | undefined };

const finish = ({ name, type, status, startTime, endTime }: Draft): Task => {
  if (name === "") throw new MalformedBody("a task without a name");
  return { name, type: type || "UNKNOWN", status: normalizeTaskStatus(status), startTime, endTime };
};

/**
 * The answer to `?taskstatus` (protocol section 5.1), in the server's order. Only `Instance/Tasks/Task` counts: a task's
 * `Histories/History` has the same shape one level deeper and tells of earlier runs. Throws MalformedBody.
 */
export function decodeTasks(body: Uint8Array): readonly Task[] {
  const tasks: Task[] = [];
  let draft: Draft | undefined;

  const open = (name: string, depth: number, attributes: Readonly<Record<string, string>>) => {
    refuseForeignRoot(name, depth);
    if (depth !== 3 || name !== "Task") return;
    draft = { name: "", type: attributes.Type?.trim() ?? "", status: "", startTime: undefined, endTime: undefined };
  };
  const readField = (into: Draft, name: string, text: string) => {
    if (name === "Name") into.name = text.trim();
    else if (name === "Status") into.status = text;
    else if (name === "StartTime") into.startTime = parseTime(text);
    else if (name === "EndTime") into.endTime = parseTime(text);
  };
  const close = (name: string, depth: number, text: string) => {
    if (draft === undefined) return;
    if (depth === 4) readField(draft, name, text);
    if (depth !== 3) return;
    tasks.push(finish(draft));
    draft = undefined;
  };
  walkXml(body, { open, close }, answerLimits);
  return tasks;
}
