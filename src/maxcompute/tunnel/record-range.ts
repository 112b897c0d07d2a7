import type { Api } from "../api.ts";
import { instancePath } from "../calls/instance-request.ts";
import type { ApiRequest } from "../request.ts";
import { repeatRead } from "../retry.ts";
import type { ApiServer } from "../settings.ts";
import type { QueryParameter } from "../sign.ts";
import type { ResultType } from "./result-type.ts";
import { tunnelVersion } from "./session.ts";

/** Which records of a download session to read. */
export type RecordRange = {
  readonly instanceId: string;
  readonly sessionId: string;
  readonly server: ApiServer;
  /** Names of the columns, in the order wanted; undefined for all. */
  readonly columns: readonly string[] | undefined;
  /** Of those columns. */
  readonly types: readonly ResultType[];
  /** How many, from the first. */
  readonly count: number;
  /** Whether the session has more than that. */
  readonly isPart: boolean;
};

/** `GET .../instances/{id}?downloadid=<id>&rowrange=(<start>,<count>)&data` (protocol section 13), from record `start` to the range's end. */
export function recordsRequest(api: Api, range: RecordRange, start: number): ApiRequest {
  const columns: readonly QueryParameter[] = range.columns === undefined ? [] : [["columns", range.columns.join(",")]];
  const encoding = api.connection.settings.compressTunnel ? ([["Accept-Encoding", "deflate"]] as const) : [];
  return {
    method: "GET",
    path: instancePath(api.project, range.instanceId),
    query: [["downloadid", range.sessionId], ["rowrange", `(${start},${range.count - start})`], ["data", ""], ...columns],
    headers: [tunnelVersion, ...encoding],
    repeat: repeatRead,
    server: range.server,
    instanceId: range.instanceId,
    isStreamed: true,
  };
}
