import { once } from "node:events";
import type { IncomingMessage } from "node:http";

/**
 * The whole body as it came in, or undefined when it is larger than `limit` bytes; nothing beyond the limit is kept. A large file is
 * neither waited for piece by piece nor put together: its sender waits for the answer.
 */
export async function readPieces(request: IncomingMessage, limit: number): Promise<readonly Buffer[] | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  request.on("data", (piece: Buffer) => {
    size += piece.length;
    // The rest is read and dropped: a connection cut in the middle would hide the answer.
    if (size <= limit) pieces.push(piece);
    else if (size > 4 * limit) request.destroy();
  });
  await once(request, "close");
  if (size > limit) return undefined;
  if (!request.complete) throw new Error("the sender went away");
  return pieces;
}

/** The first file of a multipart form, or the body itself when it is none. */
export function uploadedPieces(body: readonly Buffer[], contentType: string): readonly Buffer[] {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return body;
  const form = Buffer.concat(body);
  const start = form.indexOf("\r\n\r\n");
  const end = form.indexOf(`\r\n--${boundary}`, Math.max(0, start));
  return [start < 0 || end < 0 ? form : form.subarray(start + 4, end)];
}
