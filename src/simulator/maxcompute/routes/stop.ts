import { invalidArgument, Refusal } from "../errors.ts";
import { textAt } from "../read-xml.ts";
import { emptyReply } from "../reply.ts";
import { findInstance, stopAt } from "../world.ts";
import { readBody } from "./read-job.ts";
import type { Route } from "./route.ts";

/**
 * `PUT` of `<Status>Terminated</Status>` (protocol section 6): accepted at once, in effect after `stopDelayMs`. A second stop
 * before that changes nothing; one after the end is InvalidStateSetting.
 */
export const stop: Route = (call, world) => {
  const found = findInstance(world, call.segments[3] ?? "", "odps:Write");
  const root = readBody(call.body);
  const wanted = root.name === "Instance" ? textAt(root, "Status") : undefined;
  if (wanted !== "Terminated") throw invalidArgument("the only status that can be set is Terminated");
  const { record, state } = found;
  if (state.status === "Terminated") {
    const message = `ODPS-0430055: Can not set status of instance ${record.id} from Terminated to Terminated`;
    throw new Refusal(world.settings.invalidStateStatus, "InvalidStateSetting", message);
  }
  stopAt(world, found, world.clock.now() + world.settings.stopDelayMs);
  return emptyReply(200);
};
