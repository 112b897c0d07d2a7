import type { ServerResponse } from "node:http";
import type { Json } from "../judge/json.ts";

/** An answer still to be written. `lost` writes nothing and cuts the connection. */
export type Reply = {
  readonly status: number;
  readonly body: Json | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly lost?: boolean;
};

export function writeReply(response: ServerResponse, { status, body, headers = {}, lost }: Reply): void {
  if (lost === true) {
    response.destroy();
    return;
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text), ...headers }).end(text);
}

export function rateLimited(seconds: number): Reply {
  return { status: 429, body: { ok: false, error: "ratelimited" }, headers: { "retry-after": String(seconds) } };
}
