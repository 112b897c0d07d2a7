import type { IncomingHttpHeaders } from "node:http";
import { decodePercent, parseQuery } from "./query.ts";

/** One request as the routes see it. `path` and `rawQuery` are as on the wire; the rest is decoded once. */
export type Call = {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  /** Without the endpoint's own `/api`: tunnel paths start at the root (protocol section 13). */
  readonly segments: readonly string[];
  /** Of a repeated parameter the last counts. */
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; a repeated header is joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** What the server believes the time is, epoch milliseconds: a fault can make it wrong. */
  readonly serverTime: number;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
};

type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly serverTime: number;
  readonly signal: AbortSignal;
};

/** Path and query of a request target, split at the first `?`. */
export const splitUrl = (url: string): { readonly path: string; readonly rawQuery: string } => {
  const at = url.indexOf("?");
  return at < 0 ? { path: url, rawQuery: "" } : { path: url.slice(0, at), rawQuery: url.slice(at + 1) };
};

/** The path relative to the endpoint: `/api` is the endpoint's, not the resource's (protocol section 2.1). */
export const withoutEndpointPath = (path: string): string =>
  /^\/api(?=\/|$)/.test(path) ? path.slice("/api".length) || "/" : path;

export const readCall = ({ method, url, headers, body, serverTime, signal }: Received): Call => {
  const { path, rawQuery } = splitUrl(url);
  const flat = Object.entries(headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const,
  );
  return {
    method,
    path,
    rawQuery,
    segments: withoutEndpointPath(path)
      .split("/")
      .filter((segment) => segment !== "")
      .map(decodePercent),
    query: new Map(parseQuery(rawQuery)),
    headers: new Map(flat),
    body,
    serverTime,
    signal,
  };
};
