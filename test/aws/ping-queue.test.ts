import { randomBytes } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { openSealed } from "../../handlers/open-request.ts";
import { createPingQueue, Ping } from "../../src/aws/ping-queue.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const key = randomBytes(32).toString("base64");
const secrets = { values: async () => [key], doubt: () => undefined };

async function aQueue(answer: Answer) {
  const server = await jsonServer([answer]);
  closing.push(server.close);
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const client = new EventBridgeClient({ endpoint: server.url, region: "eu-central-1", maxAttempts: 1, credentials });
  return { server, ping: createPingQueue({ client, bus: "private", sealKey: async () => key, now: () => 7_000 }) };
}

describe("a ping", () => {
  it("is a sealed event on the private bus that opens as a ping alone", async () => {
    const { server, ping } = await aQueue({ status: 200, body: { Entries: [{ EventId: "e1" }] } });
    await ping("P1");
    const [{ Entries }] = server.received as [{ Entries: readonly { DetailType: string; Detail: string }[] }];
    expect(Entries).toMatchObject([{ EventBusName: "private", DetailType: "PingRequested" }]);
    const detail = JSON.parse(Entries[0]?.Detail ?? "");
    expect(await openSealed("PingRequested", detail, secrets)).toEqual({ content: { id: "P1" }, at: 7_000 });
    expect(await openSealed("CommandRequested", detail, secrets)).toBeUndefined();
    expect(Ping.parse({ id: "P1" })).toEqual({ id: "P1" });
  });

  it("that the bus does not take is told to whoever sends it", async () => {
    const { ping } = await aQueue({ status: 400, body: { __type: "AccessDeniedException", message: "no" } });
    await expect(ping("P1")).rejects.toThrow("does not take events");
  });
});
