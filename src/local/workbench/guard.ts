import type { IncomingHttpHeaders } from "node:http";

const localNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Why a request may not be served, or undefined when it may. The workbench acts for anybody who reaches it, so a page from elsewhere
 * must not: its `Origin` is foreign, and a rebound DNS name shows in `Host`. `port` is the one we listen on.
 */
export function refusalOf(headers: IncomingHttpHeaders, port: number): string | undefined {
  const hosts = localNames.map((name) => `${name}:${port}`);
  if (!hosts.includes(headers.host ?? "")) return "foreign host: the workbench answers only as localhost";
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return "foreign origin";
  if (headers["sec-fetch-site"] === "cross-site") return "foreign origin";
  return undefined;
}
