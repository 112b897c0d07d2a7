import type { Api } from "../api.ts";
import { instancePath } from "../calls/instance-request.ts";
import { MaxComputeError } from "../errors.ts";
import type { WireResponse } from "../exchange.ts";
import type { ApiRequest } from "../request.ts";
import { repeatRead, repeatSession } from "../retry.ts";
import type { ApiServer } from "../settings.ts";
import type { Header, QueryParameter } from "../sign.ts";
import { clip } from "../text.ts";
import { type DownloadSession, decodeSession } from "./decode-session.ts";

/** What a session is opened with (protocol section 13). */
export type SessionOptions = {
  /** At most as many rows as the project allows to everybody; needs no right to download. */
  readonly isLimited: boolean;
  readonly quota?: string | undefined;
  /** Sent along for the service's own statistics. */
  readonly tags?: readonly string[] | undefined;
};

/** The version whose record stream the decoder reads. */
export const tunnelVersion: Header = ["x-odps-tunnel-version", "6"];

const maxSessionBytes = 16 * 1024 * 1024;
const pollMs = 1000;
/** Then it is the fault of the session, not of our patience. */
const maxPolls = 120;

/** The parameters that go with every request of a session, after its own. */
export const quotaParameter = ({ quota }: SessionOptions): readonly QueryParameter[] =>
  quota === undefined ? [] : [["quotaName", quota]];

const sessionIn = ({ body, header }: WireResponse): DownloadSession => ({
  ...decodeSession(body),
  requestId: header("x-odps-request-id"),
});

/** `POST .../instances/{id}?downloads`: a session on the instance's result, in whatever state it begins. */
export function createSession(api: Api, server: ApiServer, id: string, options: SessionOptions): Promise<DownloadSession> {
  const { isLimited, tags } = options;
  const limit: readonly QueryParameter[] = isLimited ? [["instance_tunnel_limit_enabled", ""]] : [];
  const tagged: readonly Header[] = tags === undefined ? [] : [["odps-tunnel-tags", tags.join(",")]];
  const request: ApiRequest = {
    method: "POST",
    path: instancePath(api.project, id),
    query: [["downloads", ""], ...limit, ...quotaParameter(options)],
    headers: [tunnelVersion, ...tagged],
    repeat: repeatSession,
    server,
    instanceId: id,
    maxBytes: maxSessionBytes,
  };
  return api.ask(request, sessionIn);
}

const reloadSession = (api: Api, server: ApiServer, id: string, sessionId: string, options: SessionOptions) => {
  const request: ApiRequest = {
    method: "GET",
    path: instancePath(api.project, id),
    query: [["downloadid", sessionId], ...quotaParameter(options)],
    headers: [tunnelVersion],
    repeat: repeatRead,
    server,
    instanceId: id,
    maxBytes: maxSessionBytes,
  };
  return api.ask(request, sessionIn);
};

/** Those of which nothing can be read; a word nobody knows yet may be one that can. */
const endedStatuses: ReadonlySet<string> = new Set(["EXPIRED", "FAILED", "CLOSED"]);

const notReady = (instanceId: string, { status, requestId }: DownloadSession): MaxComputeError => {
  const isWaiting = status === "INITIATING";
  const message = `MaxCompute's download session is ${clip(status, 100)}`;
  return new MaxComputeError(isWaiting ? "timeout" : "server", message, { instanceId, requestId });
};

/** Opens a session and waits until it can be read. Throws "timeout" while it is still not ready, "server" for one that failed. */
export async function openSession(api: Api, server: ApiServer, id: string, options: SessionOptions): Promise<DownloadSession> {
  const { now, sleep, settings } = api.connection;
  const endAt = Math.min(api.deadline, now() + settings.totalMs);
  let session = await createSession(api, server, id, options);
  for (let polls = 0; session.status === "INITIATING"; polls += 1) {
    if (polls === maxPolls || now() + pollMs >= endAt) throw notReady(id, session);
    await sleep(pollMs);
    session = await reloadSession(api, server, id, session.id, options);
  }
  if (endedStatuses.has(session.status)) throw notReady(id, session);
  return session;
}
