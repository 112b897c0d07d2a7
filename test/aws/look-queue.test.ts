import { randomBytes } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { openSealed } from "../../handlers/open-request.ts";
import { createLookQueue, Look } from "../../src/aws/look-queue.ts";
import { createLog } from "../../src/log.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const key = randomBytes(32).toString("base64");
const place = { team: "T1", connection: "main", project: "prod_dw" };
const secrets = { values: async () => [key], doubt: () => undefined };

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
  const ports = { client, bus: "private", sealKey: async () => key, now: () => 7_000, newId: () => "L1", log };
  return { server, logged, lookAt: createLookQueue(ports) };
}

describe("a first look", () => {
  it("is asked for by a sealed event that names the place and nothing else", async () => {
    const { server, lookAt } = await aQueue({ status: 200, body: { Entries: [{ EventId: "e1" }] } });
    // A watch is a place, too.
    await lookAt({ ...place, startedBy: "U1" } as typeof place);
    const [{ Entries }] = server.received as [{ Entries: readonly { DetailType: string; Detail: string }[] }];
    expect(Entries).toMatchObject([{ EventBusName: "private", DetailType: "LookRequested" }]);
    const detail = JSON.parse(Entries[0]?.Detail ?? "");
    expect(JSON.stringify(detail)).not.toContain("prod_dw");
    expect(await openSealed("LookRequested", detail, secrets)).toEqual({ content: place, at: 7_000 });
    expect(Look.parse(place)).toEqual(place);
  });

  it("that cannot be asked for is the next tick's: whoever started the watch does not hear of it", async () => {
    const { logged, lookAt } = await aQueue("cut");
    await lookAt(place);
    expect(logged.join("")).toContain("look.not_asked_for");
  });

  it("opens as nothing else, and nothing else opens as one", async () => {
    const { server, lookAt } = await aQueue({ status: 200, body: { Entries: [{ EventId: "e1" }] } });
    await lookAt(place);
    const [{ Entries }] = server.received as [{ Entries: readonly { Detail: string }[] }];
    const detail = JSON.parse(Entries[0]?.Detail ?? "");
    expect(await openSealed("CommandRequested", detail, secrets)).toBeUndefined();
    expect(await openSealed("LookRequested", { ...detail, at: 8_000 }, secrets)).toBeUndefined();
  });
});
