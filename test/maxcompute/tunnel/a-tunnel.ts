import type { ServerResponse } from "node:http";
import type { MaxComputeOptions } from "../../../src/maxcompute/index.ts";
import type { RecordedAnswer } from "../../support/recorded-server.ts";
import { encodeParts, encodeStream, type StreamParts } from "../../support/tunnel-encoder.ts";
import { encodeField, encodeRows, type Table, type TunnelType } from "../../support/tunnel-types.ts";
import { aClient, aServer } from "../a-client.ts";

export { encodeField };

/** What a service with a tunnel answers; each part can be replaced. */
export type TunnelScript = {
  readonly service: RecordedAnswer;
  readonly session: RecordedAnswer;
  /** To a session of limited rows; default: the same. */
  readonly limited: RecordedAnswer | undefined;
  readonly reload: RecordedAnswer;
  /** `range` is what rowrange asks for. */
  readonly data: (range: { start: number; count: number }, index: number) => RecordedAnswer;
  readonly result: RecordedAnswer;
  readonly taskstatus: RecordedAnswer;
};

export const sessionOf = (columns: readonly { name: string; type: string }[], rowCount: number, status = "normal") =>
  JSON.stringify({ DownloadID: "d1", Status: status, RecordCount: rowCount, Schema: { columns, partitionKeys: [] } });

export const columnsOf = (types: readonly TunnelType[]) => types.map(({ name }, index) => ({ name: `c${index}`, type: name }));

const refusal = (status: number, code: string): RecordedAnswer => ({
  status,
  headers: { "x-odps-request-id": "RQ-TUNNEL" },
  body: JSON.stringify({ Code: code, Message: "no" }),
});

export { refusal };

const unscripted: TunnelScript = {
  service: { body: "dt.mc.test" },
  session: refusal(400, "InvalidArgument"),
  limited: undefined,
  reload: refusal(400, "InvalidArgument"),
  data: () => refusal(500, "InternalServerError"),
  result: refusal(404, "NoSuchObject"),
  taskstatus: { body: '<Instance><Tasks><Task Type="SQL"><Name>t1</Name><Status>SUCCESS</Status></Task></Tasks></Instance>' },
};

/** A service with an instance tunnel, and a client of it. */
export async function aTunnel(script: Partial<TunnelScript>, options: Partial<MaxComputeOptions> = {}) {
  const { service, session, limited, reload, data, result, taskstatus } = { ...unscripted, ...script };
  let reads = 0;
  const server = await aServer((request) => {
    const { pathname, searchParams } = new URL(`http://mc.test${request.target}`);
    if (pathname.endsWith("/tunnel")) return service;
    if (searchParams.has("result")) return result;
    if (searchParams.has("taskstatus")) return taskstatus;
    if (searchParams.has("instance_tunnel_limit_enabled")) return limited ?? session;
    if (searchParams.has("downloads")) return session;
    if (!searchParams.has("data")) return reload;
    const [start = 0, count = 0] = (searchParams.get("rowrange") ?? "").match(/\d+/g)?.map(Number) ?? [];
    reads += 1;
    return data({ start, count }, reads - 1);
  });
  return { server, ...aClient(server, options) };
}

/** The stream of the rows a range asks for. */
export const streamOf = (table: Table, start = 0, count = table.rows.length): Uint8Array =>
  encodeStream(encodeRows({ ...table, rows: table.rows.slice(start, start + count) }));

export const partsOf = (table: Table, start = 0, count = table.rows.length): StreamParts =>
  encodeParts(encodeRows({ ...table, rows: table.rows.slice(start, start + count) }));

/** The script of a service whose tunnel has this result. */
export const scriptOf = (table: Table): Pick<TunnelScript, "session" | "data"> => ({
  session: { body: sessionOf(columnsOf(table.types), table.rows.length) },
  data: ({ start, count }) => ({ headers: { "x-odps-request-id": "RQ-DATA" }, body: streamOf(table, start, count) }),
});

/** Sends bytes in chunks of these sizes, which come in one by one. */
export const inChunks = (body: Uint8Array, sizes: readonly number[]) => (response: ServerResponse) => {
  let at = 0;
  let turn = 0;
  const send = () => {
    if (at >= body.byteLength) {
      response.end();
      return;
    }
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    turn += 1;
    response.write(body.subarray(at, at + size), () => setImmediate(send));
    at += size;
  };
  send();
};
