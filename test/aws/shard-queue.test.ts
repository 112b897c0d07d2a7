import { randomBytes } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { openSealed } from "../../handlers/open-request.ts";
import { createShardQueue, packShard, unpackShard } from "../../src/aws/shard-queue.ts";
import { createLog } from "../../src/log.ts";
import type { ShardRequest } from "../../src/watch/index.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const key = randomBytes(32).toString("base64");
const anId = (index: number): string => `20261126${String(index).padStart(9, "0")}g${randomBytes(4).toString("hex")}`;
const aShard = (running: readonly string[] = ["i1", "i2"]): ShardRequest => ({
  id: "T1/main/prod_dw#i1#i3",
  minute: 5,
  depth: 1,
  listing: { kind: "read", at: 7, pages: 3, running: [...running] },
});

async function aQueue(answer: Answer) {
  const server = await jsonServer([answer]);
  closing.push(server.close);
  const client = new EventBridgeClient({
    endpoint: server.url,
    region: "eu-central-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const logged: string[] = [];
  const log = createLog(
    (line) => logged.push(line),
    () => 0,
  );
  const queue = createShardQueue({ client, bus: "private", sealKey: async () => key, now: () => 7_000, newId: () => "S1", log });
  return { server, logged, queue };
}

describe("a part of a large group", () => {
  it("is handed out in a sealed event, with all that runs of it", async () => {
    const { server, queue } = await aQueue({ status: 200, body: { Entries: [{ EventId: "e1" }] } });
    await queue.hand(aShard());
    const [{ Entries }] = server.received as [{ Entries: readonly { DetailType: string; Detail: string }[] }];
    expect(Entries).toMatchObject([{ EventBusName: "private", DetailType: "ShardRequested" }]);
    const detail = JSON.parse(Entries[0]?.Detail ?? "");
    expect(JSON.stringify(detail)).not.toContain("prod_dw");
    const sealed = await openSealed("ShardRequested", detail, { values: async () => [key], doubt: () => undefined });
    expect([sealed?.at, unpackShard(sealed?.content)]).toEqual([7_000, aShard()]);
  });

  it("that cannot be handed out is the next tick's", async () => {
    const { logged, queue } = await aQueue("cut");
    await queue.hand(aShard());
    expect(logged.join("")).toContain("shard.not_handed_out");
  });
});

describe("what is handed out", () => {
  it.each<[string, ShardRequest["listing"]]>([
    ["nothing that runs", { kind: "read", at: 7, pages: 1, running: [] }],
    ["a refusal", { kind: "refused", at: 7 }],
    ["silence", { kind: "silent", at: 7, reason: "unreachable" }],
    ["no listing", { kind: "none" }],
    ["a listing of its own", { kind: "own" }],
  ])("comes out as it was with %s", (_, listing) => {
    const shard = { ...aShard(), listing };
    expect(unpackShard(JSON.parse(JSON.stringify(packShard(shard))))).toEqual(shard);
  });

  it("fits into an event with as many as a part has, and is listed by the part itself where it does not", () => {
    const full = packShard(aShard(Array.from({ length: 5_000 }, (_, index) => anId(index))));
    // Sealed it is longer by a third, and an event has room for 256 KB.
    expect(JSON.stringify(full).length).toBeLessThan(180_000);
    expect(full).toMatchObject({ listing: { kind: "read" } });
    const many = packShard(aShard(Array.from({ length: 20_000 }, (_, index) => anId(index))));
    expect(many).toMatchObject({ listing: { kind: "own" } });
  });

  it("is nothing where it comes from anybody but a tick", () => {
    expect(unpackShard({ ...aShard(), depth: 2 })).toBeUndefined();
    expect(unpackShard(undefined)).toBeUndefined();
    expect(unpackShard({ team: "T1", connection: "main", project: "prod" })).toBeUndefined();
  });
});
