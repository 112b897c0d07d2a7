import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { RefusedRequest } from "./answer.ts";

export const bodyBytes = 256 * 1024;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bodyBytes) throw new RefusedRequest(413, `the body is larger than ${bodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const problemsOf = (error: z.ZodError) =>
  error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message)).join("; ");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RefusedRequest(400, `the body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Reads a JSON body of at most 256 KiB and judges it by `schema`; throws a RefusedRequest with 400, 413 or 415. */
export async function readJson<Schema extends z.ZodType>(request: IncomingMessage, schema: Schema): Promise<z.infer<Schema>> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new RefusedRequest(415, "send JSON with content-type: application/json");
  const judged = schema.safeParse(parseJson(await readBody(request)));
  if (!judged.success) throw new RefusedRequest(400, problemsOf(judged.error));
  return judged.data;
}
