import type { Call } from "../call.ts";
import type { ResultPlan } from "../plan.ts";
import { type Reply, xmlReply } from "../reply.ts";
import type { TaskState } from "../timeline.ts";
import { httpTime } from "../times.ts";
import type { Found } from "../world.ts";
import { cdata, element, type Xml } from "../xml.ts";
import { instanceHeaders } from "./instance-headers.ts";

const taskElement = (task: TaskState): Xml =>
  element(
    "Task",
    [
      element("Name", [task.name]),
      element("StartTime", [httpTime(task.startTime)]),
      element("EndTime", [httpTime(task.endTime)]),
      element("Status", [task.status]),
      element("Histories"),
    ],
    { Type: task.type },
  );

/** `?taskstatus` (protocol section 5.1). */
export const taskStatus = (_call: Call, found: Found): Reply =>
  xmlReply(
    element("Instance", [element("Status", [found.state.status]), element("Tasks", found.state.tasks.map(taskElement))]),
    instanceHeaders(found),
  );

const resultElements = ({ format, text, base64, descriptor }: ResultPlan): readonly Xml[] => [
  element("Result", [cdata(base64 ? Buffer.from(text).toString("base64") : text)], {
    ...(base64 && { Transform: "Base64" }),
    Format: format,
  }),
  ...(descriptor === undefined ? [] : [element("ResultDescriptor", [cdata(descriptor)])]),
];

const taskWithResult = ({ name, type, status, result }: TaskState): Xml =>
  element(
    "Task",
    [
      element("Name", [name]),
      ...resultElements(result ?? { format: "text", text: "", base64: true }),
      element("Status", [status]),
    ],
    { Type: type },
  );

/** `?result` (protocol section 7.1): one Task each, in order; a task that has not ended has an empty result. */
export const results = (_call: Call, found: Found): Reply =>
  xmlReply(element("Instance", [element("Tasks", found.state.tasks.map(taskWithResult))]), instanceHeaders(found));
