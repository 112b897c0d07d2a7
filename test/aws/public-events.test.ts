import { readFileSync } from "node:fs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { createPublicEvents, eventSchema, publicEventTypes } from "../../src/aws/public-events.ts";
import { createLog } from "../../src/log.ts";
import { PublicEvent } from "../../src/watch/events.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const place = { team: "T1", connection: "main", project: "prod" };
const anEvent = (instanceId: string): PublicEvent => ({
  type: "InstanceFinished",
  id: `T1/main/prod/${instanceId}:finished`,
  at: 7,
  ...place,
  instanceId,
  outcome: "failed",
  errorCode: "ODPS-0130131",
});
const taken = { EventId: "e" };

async function aBus(answers: readonly Answer[]) {
  const server = await jsonServer(answers);
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
  return { server, logged, events: createPublicEvents({ client, bus: "public", log }) };
}
const answering = (...Entries: readonly object[]): Answer => ({ status: 200, body: { FailedEntryCount: 0, Entries } });

describe("events for others", () => {
  it("go to the public bus with their version, and nothing is left", async () => {
    const { server, events } = await aBus([answering(taken)]);
    expect(await events.put([anEvent("i1")])).toEqual([]);
    const [{ Entries }] = server.received as [{ Entries: readonly { Detail: string }[] }];
    expect(Entries).toMatchObject([{ EventBusName: "public", Source: "odps-chatops", DetailType: "InstanceFinished" }]);
    const { type: _, ...facts } = anEvent("i1");
    expect(JSON.parse(Entries[0]?.Detail ?? "")).toEqual({ schema: 1, ...facts });
  });

  it("that were refused inside a successful answer come again, and they alone", async () => {
    const { events, logged } = await aBus([answering(taken, { ErrorCode: "ThrottlingException" }, taken)]);
    expect(await events.put(["i1", "i2", "i3"].map(anEvent))).toEqual([anEvent("i2").id]);
    expect(logged.join("")).toContain("ThrottlingException");
  });

  it.each<[string, Answer]>([
    ["no answer came", "cut"],
    ["the bus has no right for us", { status: 400, body: { __type: "AccessDeniedException" } }],
    ["the answer has no entries", { status: 200, body: {} }],
  ])("all come again when %s", async (_, answer) => {
    const { events } = await aBus([answer]);
    expect(await events.put(["i1", "i2"].map(anEvent))).toEqual([anEvent("i1").id, anEvent("i2").id]);
  });

  it("are at most ten at once", async () => {
    const { server, events } = await aBus([answering()]);
    const eleven = Array.from({ length: 11 }, (_, index) => anEvent(`i${index}`));
    await expect(events.put(eleven)).rejects.toThrow("10 events may be put at once, not 11");
    expect(await events.put([])).toEqual([]);
    expect(server.received).toEqual([]);
  });
});

describe("docs/events.md", () => {
  const page = readFileSync(new URL("../../docs/events.md", import.meta.url), "utf8");
  const samples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => JSON.parse(text));

  it("shows each kind of event as it is", () => {
    expect(samples.map((sample) => sample["detail-type"])).toEqual([...publicEventTypes]);
    for (const { detail, "detail-type": type, source } of samples) {
      const { schema, ...facts } = detail;
      expect([schema, source]).toEqual([eventSchema, "odps-chatops"]);
      expect(PublicEvent.parse({ type, ...facts })).toEqual({ type, ...facts });
    }
  });

  it("tells of every field", () => {
    const fields = PublicEvent.def.options.flatMap((option) => Object.keys(option.shape)).filter((name) => name !== "type");
    expect(fields.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
