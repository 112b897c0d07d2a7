import type { Call } from "../call.ts";
import { jsonReply, type Reply } from "../reply.ts";
import type { Route } from "../routes/route.ts";
import type { Column, Table } from "../table.ts";
import { httpTime } from "../times.ts";
import { type Found, findInstance, type World } from "../world.ts";
import { readableTable } from "./readable-table.ts";
import { atTheRoot, missingVersion, noSuchDownload } from "./refusals.ts";
import type { TunnelSession } from "./sessions.ts";

export type SessionState = "normal" | "initiating" | "expired";

const stateOf = ({ openedAt }: TunnelSession, { clock, settings }: World): SessionState => {
  const age = clock.now() - openedAt;
  if (age >= settings.tunnelSessionMs) return "expired";
  return age < settings.tunnelInitiatingMs ? "initiating" : "normal";
};

/** What every tunnel request must be, before its session counts. */
export const checkTunnelCall = (call: Call): void => {
  if (/^\/api(\/|$)/.test(call.path)) throw atTheRoot();
  if (!/^\d+$/.test(call.headers.get("x-odps-tunnel-version") ?? "")) throw missingVersion();
};

const columnDocument = ({ name, type }: Column) => ({
  name,
  type,
  nullable: true,
  column_id: "",
  comment: "",
  default_value: "",
});

/** A session that is still initiating does not know how many records there are. */
const sessionReply = (session: TunnelSession, { record }: Found, table: Table, world: World): Reply => {
  const status = stateOf(session, world);
  return jsonReply({
    DownloadID: session.id,
    Status: status,
    RecordCount: status === "initiating" ? 0 : table.rowCount,
    Owner: record.owner,
    Initiated: httpTime(session.openedAt),
    QuotaName: record.quota,
    Schema: { IsVirtualView: false, columns: table.columns.map(columnDocument), partitionKeys: [] },
    SupportReadByRawSize: false,
  });
};

/** `POST ?downloads[&instance_tunnel_limit_enabled]` (protocol section 13). */
export const openSession: Route = (call, world) => {
  checkTunnelCall(call);
  const found = findInstance(world, call.segments[3] ?? "");
  const isLimited = call.query.has("instance_tunnel_limit_enabled");
  const table = readableTable(found, isLimited, world);
  return sessionReply(world.sessions.open(found.record.id, isLimited), found, table, world);
};

export type OpenSession = {
  readonly session: TunnelSession;
  readonly found: Found;
  readonly table: Table;
  readonly state: SessionState;
};

/** The session that a request names, which must be one of the instance in its path. */
export const sessionOf = (call: Call, world: World): OpenSession => {
  checkTunnelCall(call);
  const found = findInstance(world, call.segments[3] ?? "");
  const id = call.query.get("downloadid") ?? "";
  const session = world.sessions.get(id);
  if (session?.instance !== found.record.id) throw noSuchDownload(id);
  return { session, found, table: readableTable(found, session.isLimited, world), state: stateOf(session, world) };
};

/** `GET ?downloadid=`: how a session stands. */
export const readSession: Route = (call, world) => {
  const { session, found, table } = sessionOf(call, world);
  return sessionReply(session, found, table, world);
};
