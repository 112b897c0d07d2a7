import { readToken } from "../auth/bearer-token.ts";
import { noPermission } from "../errors.ts";
import { textReply } from "../reply.ts";
import { httpTime } from "../times.ts";
import { findInstance } from "../world.ts";
import type { Route } from "./route.ts";

/** Where a Logview link leads (protocol section 10.1): a plain page, for whoever holds a token for that very instance. */
export const logview: Route = (call, world) => {
  const instance = call.query.get("i") ?? "";
  const grant = readToken(world.accessKey, call.query.get("token") ?? "");
  const isGranted = grant?.instance === instance && grant.project === call.query.get("p") && grant.expiresAt > call.serverTime;
  if (!isGranted) throw noPermission("odps:Read", `projects/${call.query.get("p")}/instances/${instance}`);
  const { record, state } = findInstance(world, instance);
  const tasks = state.tasks.map(({ name, status }) => `${name}\t${status}\n`).join("");
  return textReply(
    `Logview of ${record.id} (simulated)\n\n${state.status} since ${httpTime(state.startTime)}\n\n${tasks}\n${record.sql}\n`,
  );
};

/** Where a job insight link leads (protocol section 10.2): the real one asks for a login to the console. */
export const jobInsight: Route = (call) =>
  textReply(`Job insight of ${call.query.get("i")} (simulated): log in to the console to see it.\n`);
