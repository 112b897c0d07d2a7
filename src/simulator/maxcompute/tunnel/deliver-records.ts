import type { ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import { createDeflate } from "node:zlib";
import type { Clock } from "../../clock.ts";
import type { Reply } from "../reply.ts";
import { drainedOrClosed, writeHead } from "../write-response.ts";
import { type Records, recordStream } from "./record-stream.ts";
import { flawOf, type StreamSpoil } from "./stream-fault.ts";

const hugeBodyBytes = 2 ** 40;

/** zlib (RFC 1950), at its fastest; takes no more chunks than it can work on. */
const deflated = (chunks: Iterable<Buffer>): AsyncIterable<Buffer> => {
  const deflate = createDeflate({ level: 1 });
  // Who iterates is told of errors; the callback only keeps them from being thrown besides.
  return pipeline(Readable.from(chunks, { highWaterMark: 1 }), deflate, () => undefined);
};

const headFor = (
  reply: Reply,
  spoil: StreamSpoil | undefined,
): { readonly reply: Reply; readonly length: number | undefined } => ({
  reply: spoil?.how === "encoding" ? { ...reply, headers: { ...reply.headers, "content-encoding": spoil.claims } } : reply,
  length: spoil?.how === "huge_body" ? (spoil.bytes ?? hugeBodyBytes) : undefined,
});

/** Bytes of the body after which nothing follows. */
const endsAfter = (spoil: StreamSpoil | undefined): number =>
  (spoil?.how === "cut" || spoil?.how === "truncate" ? spoil.afterBytes : undefined) ?? Number.POSITIVE_INFINITY;

const written = (res: ServerResponse, chunk: Buffer): Promise<void> =>
  new Promise((resolve) => void res.write(chunk, () => resolve()));

const pause = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

/** Sends records as fast as they are taken, in constant memory; stops making them when the reader goes away. */
export const deliverRecords = async (
  res: ServerResponse,
  reply: Reply,
  { range, isDeflated }: Records,
  { spoil, clock }: { readonly spoil: StreamSpoil | undefined; readonly clock: Clock },
): Promise<void> => {
  const chunks = recordStream(range, flawOf(spoil, range));
  const head = headFor(reply, spoil);
  const breaks = spoil?.how === "cut" || spoil?.how === "huge_body";
  let left = endsAfter(spoil);
  writeHead(res, head.reply, head.length);
  res.flushHeaders();
  for await (const chunk of isDeflated ? deflated(chunks) : chunks) {
    if (spoil?.how === "slow") await pause(clock, spoil.ms);
    if (res.destroyed || left <= 0) break;
    const part = chunk.subarray(0, left);
    left -= part.length;
    if (breaks) await written(res, part);
    else if (!res.write(part)) await drainedOrClosed(res);
  }
  if (breaks) res.destroy();
  else res.end();
};
