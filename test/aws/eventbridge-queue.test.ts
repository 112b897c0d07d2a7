import { randomBytes } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { open } from "../../src/aws/envelope.ts";
import { createEventBridgeQueue } from "../../src/aws/eventbridge-queue.ts";
import { MaybeQueued } from "../../src/commands/maybe-queued.ts";
import { aRequest } from "../support/a-bot.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const key = randomBytes(32).toString("base64");
const taken: Answer = { status: 200, body: { FailedEntryCount: 0, Entries: [{ EventId: "e1" }] } };
const busy: Answer = { status: 200, body: { FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException" }] } };

async function aBus(answers: readonly Answer[]) {
  const server = await jsonServer(answers);
  closing.push(server.close);
  const client = new EventBridgeClient({
    endpoint: server.url,
    region: "eu-central-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  return { server, queue: createEventBridgeQueue({ client, bus: "private", sealKey: async () => key, now: Date.now }) };
}

describe("a command on its way to the bus", () => {
  it("is one sealed event", async () => {
    const { server, queue } = await aBus([taken]);
    const request = aRequest({ requestedAt: 7 });
    await queue.send(request);
    expect(server.received).toHaveLength(1);
    const { Entries } = server.received[0] as {
      Entries: { EventBusName: string; DetailType: string; Source: string; Detail: string }[];
    };
    expect(Entries).toMatchObject([{ EventBusName: "private", DetailType: "CommandRequested", Source: "odps-chatops" }]);
    expect(Entries[0]?.Detail).not.toContain("status");
    expect(open("CommandRequested", JSON.parse(Entries[0]?.Detail ?? ""), [key])).toEqual(request);
  });

  it.each([
    ["a throttled entry", busy],
    ["a server error", { status: 500, body: {} }],
    ["a cut connection", "cut" as const],
  ])("is sent once more, under the same id, after %s", async (_what, first) => {
    const { server, queue } = await aBus([first, taken]);
    await queue.send(aRequest());
    const ids = server.received.map((body) => JSON.parse((body as { Entries: [{ Detail: string }] }).Entries[0].Detail).id);
    expect(ids).toEqual(["E-TEST", "E-TEST"]);
  });

  it("is certainly not there when the bus says so: it is not tried again without a right", async () => {
    const { server, queue } = await aBus([{ status: 400, body: { __type: "AccessDeniedException" } }]);
    await expect(queue.send(aRequest())).rejects.toThrow("does not take events");
    expect(server.received).toHaveLength(1);
    const throttled = await aBus([busy, busy]);
    await expect(throttled.queue.send(aRequest())).rejects.toThrow("ThrottlingException");
  });

  it.each([
    ["no answer came to either attempt", ["cut", "cut"] as const],
    ["no answer came to the first, and the second was refused", ["cut", busy] as const],
    ["the bus was refused first and then silent", [busy, "cut"] as const],
  ])("may be there when %s", async (_what, answers) => {
    const { queue } = await aBus(answers);
    await expect(queue.send(aRequest())).rejects.toThrow(MaybeQueued);
  });

  it("does not wait longer than Slack does", async () => {
    const { queue } = await aBus(["hang", "hang"]);
    const from = performance.now();
    await expect(queue.send(aRequest())).rejects.toThrow(MaybeQueued);
    expect(performance.now() - from).toBeLessThan(2_500);
  });

  it("has its whole time however long its key took", async () => {
    let at = 0;
    const limits: boolean[] = [];
    const queue = createEventBridgeQueue({
      client: {
        async send(_command: unknown, { abortSignal }: { readonly abortSignal: AbortSignal }) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          limits.push(abortSignal.aborted);
          return { Entries: [{ EventId: "e1" }] };
        },
      } as unknown as EventBridgeClient,
      bus: "private",
      sealKey: async () => {
        at += 1_700;
        return key;
      },
      now: () => at,
    });
    await queue.send(aRequest());
    expect(limits).toEqual([false]);
  });
});
