import type { Task } from "../instance.ts";
import { MalformedBody } from "../malformed-body.ts";
import { parseTime } from "../time.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";
import { normalizeTaskStatus } from "./status.ts";

type Draft = {
  readonly type: string;
  name: string;
  status: string;
  startTime: number | undefined;
  endTime: number | undefined;
  readonly histories: Task[];
};

const begin = (attributes: Readonly<Record<string, string>>): Draft => ({
  name: "",
  type: attributes.Type?.trim() ?? "",
  status: "",
  startTime: undefined,
  endTime: undefined,
  histories: [],
});

const finish = ({ name, type, status, startTime, endTime, histories }: Draft, nameBefore = ""): Task => {
  const task = { name: name || nameBefore, type: type || "UNKNOWN", status: normalizeTaskStatus(status), startTime, endTime };
  if (task.name === "") throw new MalformedBody("a task without a name");
  return histories.length === 0 ? task : { ...task, histories };
};

const readField = (into: Draft, name: string, text: string) => {
  if (name === "Name") into.name = text.trim();
  else if (name === "Status") into.status = text;
  else if (name === "StartTime") into.startTime = parseTime(text);
  else if (name === "EndTime") into.endTime = parseTime(text);
};

/**
 * The answer to `?taskstatus` (protocol section 5.1), in the server's order. Only `Instance/Tasks/Task` counts as a task: its
 * `Histories/History` has the same shape two levels deeper and tells of earlier runs. Throws MalformedBody.
 */
export function decodeTasks(body: Uint8Array): readonly Task[] {
  const tasks: Task[] = [];
  let draft: Draft | undefined;
  let history: Draft | undefined;

  const open = (name: string, depth: number, attributes: Readonly<Record<string, string>>) => {
    refuseForeignRoot(name, depth);
    if (depth === 3 && name === "Task") draft = begin(attributes);
    if (depth === 5 && name === "History" && draft !== undefined) history = begin(attributes);
  };
  const close = (name: string, depth: number, text: string) => {
    if (draft === undefined) return;
    if (depth === 4) readField(draft, name, text);
    else if (depth === 6 && history !== undefined) readField(history, name, text);
    else if (depth === 5 && history !== undefined) {
      draft.histories.push(finish(history, draft.name));
      history = undefined;
    }
    if (depth !== 3) return;
    tasks.push(finish(draft));
    draft = undefined;
  };
  walkXml(body, { open, close }, answerLimits);
  return tasks;
}
