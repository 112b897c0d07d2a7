import type { ServerResponse } from "node:http";
import type { Reply } from "./reply.ts";

// HTTP headers are bytes; a name that is not ASCII travels as UTF-8, and what would break the header does not travel.
const headerSafe = (value: string): string => Buffer.from(value.replaceAll(/[\r\n\0]/g, " ")).toString("latin1");

/** Without a `length` the body travels in chunks. */
export const writeHead = (res: ServerResponse, { status, headers }: Reply, length: number | undefined): void => {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, headerSafe(value));
  if (length !== undefined) res.setHeader("content-length", length);
  res.writeHead(status);
};

/** Resolves when more can be written, or when there is nobody to write to. */
export const drainedOrClosed = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      res.off("drain", done);
      res.off("close", done);
      resolve();
    };
    res.on("drain", done);
    res.on("close", done);
  });
