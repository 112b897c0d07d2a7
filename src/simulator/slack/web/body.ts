import type { IncomingMessage } from "node:http";

/** The whole body, or undefined when it is larger than `limit` bytes; nothing beyond the limit is kept. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    size += bytes.length;
    // The rest is read and dropped: a connection cut in the middle would hide the answer.
    if (size <= limit) chunks.push(bytes);
    else if (size > 4 * limit) break;
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

/** The first file of a multipart form, or the body itself when it is none. */
export function uploadedBytes(body: Buffer, contentType: string): Buffer {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return body;
  const start = body.indexOf("\r\n\r\n");
  const end = body.indexOf(`\r\n--${boundary}`, Math.max(0, start));
  return start < 0 || end < 0 ? body : body.subarray(start + 4, end);
}
