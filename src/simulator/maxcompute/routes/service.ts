import type { Call } from "../call.ts";
import { jsonReply, textReply } from "../reply.ts";
import type { Route } from "./route.ts";

/** `host:port` by which the caller reached the simulator. */
export const hostOf = (call: Call): string => {
  const host = call.headers.get("host") ?? "";
  return /^[\w.-]+(?::\d+)?$/.test(host) ? host : "127.0.0.1";
};

/** Links lead back to the simulator, so that they can be opened. Used for both hosts of protocol section 10. */
export const linkHost: Route = (call) => textReply(`http://${hostOf(call)}`);

/** Must be JSON with an object of parameters, or `run_sql` of PyODPS raises (protocol section 1.1). */
export const tenant: Route = () =>
  jsonReply({
    Tenant: { Name: "simulated", TenantId: "1000000000000001", OwnerId: "1000000000000001", TenantMeta: "", Parameters: {} },
  });
