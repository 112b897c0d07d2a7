import type { IncomingMessage } from "node:http";
import { Refusal } from "./errors.ts";

const maxBytes = 8 * 1024 * 1024;

/** The whole body as UTF-8. Throws a Refusal beyond 8 MiB; the rest is then left unread. */
export const readBodyText = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Refusal(413, "RequestEntityTooLarge", `A body of more than ${maxBytes} bytes is not accepted`, {
        connection: "close",
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};
