import type { ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import type { Ending } from "./faults.ts";
import type { Reply } from "./reply.ts";
import { deliverRecords } from "./tunnel/deliver-records.ts";
import type { StreamSpoil } from "./tunnel/stream-fault.ts";
import { drainedOrClosed, writeHead } from "./write-response.ts";

const oversizeBytes = 64 * 1024 * 1024;
const padding = Buffer.alloc(64 * 1024, " ");

const send = (res: ServerResponse, reply: Reply, body: Buffer): void => {
  writeHead(res, reply, body.length);
  res.end(body);
};

/** Promises more bytes than it sends, then breaks the connection. */
const sendHalf = (res: ServerResponse, reply: Reply, body: Buffer): void => {
  writeHead(res, reply, Math.max(body.length, 2));
  res.write(body.subarray(0, Math.max(1, body.length >> 1)), () => res.destroy());
};

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

/** What an ending that any reply can meet makes of a stream of records. */
const spoilOf = (ending: Ending | undefined): StreamSpoil | undefined => {
  switch (ending?.kind) {
    case "stream":
      return ending.spoil;
    case "cut":
      return { how: "cut" };
    case "malformed":
      return { how: "record_checksum" };
    case "truncate":
      return { how: "truncate" };
    default:
      return undefined;
  }
};

/** Puts a reply on the wire, spoiled by whatever `ending` is in force. */
export const deliver = async (res: ServerResponse, reply: Reply, ending: Ending | undefined, clock: Clock): Promise<void> => {
  if (ending?.kind === "cut" && ending.at !== "middle") return void res.destroy();
  if (reply.records !== undefined) return deliverRecords(res, reply, reply.records, { spoil: spoilOf(ending), clock });
  const body = Buffer.from(reply.body);
  switch (ending?.kind) {
    case "cut":
      return sendHalf(res, reply, body);
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
