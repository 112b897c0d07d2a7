import { invalidArgument } from "../errors.ts";
import { emptyReply, textReply, xmlReply } from "../reply.ts";
import { httpTime } from "../times.ts";
import { element } from "../xml.ts";
import type { Route } from "./route.ts";
import { hostOf } from "./service.ts";

const createdAt = Date.UTC(2016, 0, 4, 2, 0, 0);

/** The project itself: SDKs take the region from its body, and owner and times from the headers. */
export const project: Route = (_call, world) =>
  xmlReply(
    element("Project", [
      element("Name", [world.project]),
      element("Type", ["managed"]),
      element("Comment", ["a simulated project"]),
      element("State", ["AVAILABLE"]),
      element("Region", [world.region]),
      element("DefaultQuotaNickname", ["default"]),
    ]),
    {
      "x-odps-owner": world.caller,
      "x-odps-region": world.region,
      "x-odps-creation-time": httpTime(createdAt),
      "last-modified": httpTime(createdAt),
    },
  );

/** Telemetry that SDKs send before other calls (protocol section 1); it is taken and forgotten. */
export const logs: Route = () => emptyReply(200);

/** Where the tunnel is (protocol section 13): at this very host and port, as the caller knows them, with paths from the root. */
export const tunnelService: Route = (call) => {
  if (!call.query.has("service")) throw invalidArgument("only ?service is known here");
  return textReply(hostOf(call));
};
