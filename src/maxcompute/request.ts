import type { WireRequest } from "./exchange.ts";
import type { RetryPolicy } from "./retry.ts";
import type { ApiServer, Settings } from "./settings.ts";
import type { Header, QueryParameter, SignableRequest } from "./sign.ts";

/** One call of the protocol, before it is signed. */
export type ApiRequest = {
  readonly method: "GET" | "PUT" | "POST";
  /** Decoded segments; each becomes one percent-encoded segment of the path. */
  readonly path: readonly string[];
  /** Decoded; an empty value is a bare action key such as `?taskstatus`. */
  readonly query?: readonly QueryParameter[] | undefined;
  readonly body?: { readonly contentType: string; readonly text: string } | undefined;
  readonly repeat: RetryPolicy;
  /** Named in errors. */
  readonly instanceId?: string | undefined;
  /** The largest answer, in bytes, where it is known to be small. */
  readonly maxBytes?: number | undefined;
  /** Further headers; those whose names begin with `x-odps-` are signed. */
  readonly headers?: readonly Header[] | undefined;
  /** Another server than the endpoint's. It is signed for with v2, as every client of the instance tunnel does (protocol section 13). */
  readonly server?: ApiServer | undefined;
  /** The answer is handed over while it still comes in, and may be compressed if the headers asked for that. */
  readonly isStreamed?: boolean | undefined;
  /** Calls the request off, also between attempts: it then fails with kind "aborted". */
  readonly signal?: AbortSignal | undefined;
  /** Said in the error when the request went out and nothing certain came back: what may have happened all the same. */
  readonly ifLost?: string | undefined;
};

const encodeParameter = ([name, value]: QueryParameter): string =>
  value === "" ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

/** Half a surrogate pair, as in a task name cut in the middle, cannot be percent-encoded. */
const wellFormed = ([name, value]: QueryParameter): QueryParameter => [name, value.toWellFormed()];

/** The request with what every request carries (protocol section 1): the client's project, its name, and the date. */
export function signableRequest(request: ApiRequest, settings: Settings, date: string): SignableRequest {
  const contentType: readonly Header[] = request.body === undefined ? [] : [["Content-Type", request.body.contentType]];
  return {
    method: request.method,
    path: `/${request.path.join("/")}`,
    query: [...(request.query ?? []), ["curr_project", settings.project] as const].map(wellFormed),
    headers: [
      ...contentType,
      ["Date", date],
      ["User-Agent", settings.userAgent],
      ["x-odps-user-agent", settings.userAgent],
      ...(request.headers ?? []),
    ],
  };
}

/** The request as it goes over the wire; `credentials` are the headers that are sent but not signed. */
export function wireRequest(
  request: ApiRequest,
  signed: SignableRequest,
  settings: Settings,
  credentials: readonly Header[],
): WireRequest {
  const path = request.path.map(encodeURIComponent).join("/");
  const { origin, basePath } = request.server ?? settings;
  return {
    origin,
    path: `${basePath}/${path}?${signed.query.map(encodeParameter).join("&")}`,
    method: request.method,
    headers: Object.fromEntries([...signed.headers, ...credentials]),
    body: request.body?.text,
  };
}
