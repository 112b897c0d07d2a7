// The parts of a large group are handed out over the private bus, sealed (production rules 2 and 22): who runs what is nobody's business.
import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import { ShardRequest, type Shards } from "../watch/index.ts";
import { putSealed, type QueuePorts } from "./eventbridge-queue.ts";

/** What a ShardRequested holds: ids are alike, and a part has thousands of them. */
const Packed = z.object({ ...ShardRequest.shape, listing: z.looseObject({ kind: z.string(), gzip: z.optional(z.string()) }) });

/** An event has room for 256 KB, and sealing makes it larger by a third. */
const mostPacked = 180_000;
/** No listing of ours unpacks to more. */
const mostBytes = 4 * 1024 * 1024;

export function packShard(request: ShardRequest): unknown {
  const { listing } = request;
  if (listing.kind !== "read") return request;
  const { running, ...rest } = listing;
  const gzip = gzipSync(running.join("\n")).toString("base64");
  return { ...request, listing: gzip.length > mostPacked ? { kind: "own" } : { ...rest, gzip } };
}

/** Undefined for what is no request of a tick's. */
export function unpackShard(content: unknown): ShardRequest | undefined {
  const packed = Packed.safeParse(content).data;
  if (packed === undefined) return undefined;
  const { gzip, ...listing } = packed.listing;
  if (gzip === undefined) return ShardRequest.safeParse(packed).data;
  const text = gunzipSync(Buffer.from(gzip, "base64"), { maxOutputLength: mostBytes }).toString();
  return ShardRequest.safeParse({ ...packed, listing: { ...listing, running: text === "" ? [] : text.split("\n") } }).data;
}

export type ShardQueuePorts = QueuePorts & { newId(): string; readonly log: Pick<Log, "warn"> };

/** `hand` never throws: what was not handed out stays due, and the next tick does it. */
export const createShardQueue = (ports: ShardQueuePorts): Shards => ({
  async hand(request) {
    try {
      await putSealed(ports, "ShardRequested", ports.newId(), ports.now(), packShard(request));
    } catch (error) {
      ports.log.warn("shard.not_handed_out", { shard: request.id, error });
    }
  },
});
