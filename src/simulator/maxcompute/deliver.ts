import type { ServerResponse } from "node:http";
import type { Ending } from "./faults.ts";
import type { Reply } from "./reply.ts";

const oversizeBytes = 64 * 1024 * 1024;
const padding = Buffer.alloc(64 * 1024, " ");

// HTTP headers are bytes; a name that is not ASCII travels as UTF-8, and what would break the header does not travel.
const headerSafe = (value: string): string => Buffer.from(value.replaceAll(/[\r\n\0]/g, " ")).toString("latin1");

const writeHead = (res: ServerResponse, { status, headers }: Reply, length: number | undefined): void => {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, headerSafe(value));
  if (length !== undefined) res.setHeader("content-length", length);
  res.writeHead(status);
};

const send = (res: ServerResponse, reply: Reply, body: Buffer): void => {
  writeHead(res, reply, body.length);
  res.end(body);
};

/** Promises more bytes than it sends, then breaks the connection. */
const sendHalf = (res: ServerResponse, reply: Reply, body: Buffer): void => {
  writeHead(res, reply, Math.max(body.length, 2));
  res.write(body.subarray(0, Math.max(1, body.length >> 1)), () => res.destroy());
};

/** Resolves when more can be written, or when there is nobody to write to. */
const drainedOrClosed = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      res.off("drain", done);
      res.off("close", done);
      resolve();
    };
    res.on("drain", done);
    res.on("close", done);
  });

/** White space after the root element is legal XML and JSON, so only its size is wrong. Stops when the reader does. */
const sendPadded = async (res: ServerResponse, reply: Reply, body: Buffer, bytes: number): Promise<void> => {
  writeHead(res, reply, undefined);
  res.write(body);
  for (let sent = body.length; sent < bytes && !res.destroyed; sent += padding.length) {
    if (!res.write(padding)) await drainedOrClosed(res);
  }
  res.end();
};

const broken = (body: string): Buffer => {
  const at = body.lastIndexOf("</");
  return Buffer.from(`${at < 0 ? body : body.slice(0, at)}<&`);
};

/** Puts a reply on the wire, spoiled by whatever `ending` is in force. */
export const deliver = async (res: ServerResponse, reply: Reply, ending: Ending | undefined): Promise<void> => {
  const body = Buffer.from(reply.body);
  switch (ending?.kind) {
    case "cut":
      return ending.at === "middle" ? sendHalf(res, reply, body) : void res.destroy();
    case "malformed":
      return send(res, reply, broken(reply.body));
    case "truncate":
      return send(res, reply, body.subarray(0, body.length >> 1));
    case "oversize":
      return sendPadded(res, reply, body, ending.bytes ?? oversizeBytes);
    default:
      return send(res, reply, body);
  }
};
