import type { Call } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import { textAt } from "../read-xml.ts";
import { jsonReply, type Reply, textReply } from "../reply.ts";
import { taskPlanOf } from "../task-workers.ts";
import type { TaskState } from "../timeline.ts";
import type { Found, World } from "../world.ts";
import { namedTask } from "./progress.ts";
import { readBody } from "./read-job.ts";

const placeOf = ({ record }: Found, task: TaskState, key: string): string => JSON.stringify([record.id, task.name, key]);

/** GET `?info&taskname=&key=` (protocol section 7.6): the warnings, or what was put before; empty for anything else. */
export const readInfo = (call: Call, found: Found, world: World): Reply => {
  const task = namedTask(call, found, "info");
  const key = call.query.get("key") ?? "";
  if (key === "") throw invalidArgument("?info needs a key");
  const put = world.memory.infos.get(placeOf(found, task, key));
  if (put !== undefined || key !== "warnings") return textReply(put ?? "");
  return textReply(JSON.stringify({ warnings: taskPlanOf(found, task)?.warnings ?? [] }));
};

/** PUT `?info&taskname=` with `<Instance><Key>k</Key><Value>v</Value></Instance>`. */
export const writeInfo = (call: Call, found: Found, world: World): Reply => {
  const task = namedTask(call, found, "info");
  const root = readBody(call.body);
  const [key = "", value] = [textAt(root, "Key"), textAt(root, "Value")];
  if (root.name !== "Instance" || key === "" || value === undefined) throw invalidArgument("an info needs a Key and a Value");
  world.memory.infos.set(placeOf(found, task, key), value);
  return jsonReply({ result: value, status: "ok" });
};
