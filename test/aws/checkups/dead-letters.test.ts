import { afterEach, describe, expect, it } from "vitest";
import { deadLettersCheckup, judgeDepths } from "../../../src/aws/checkups/dead-letters.ts";
import { type Answer, jsonServer } from "../../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const empty = { waiting: 0, inFlight: 0 };
const of = (url: string) => ({
  lost: `${url}/1/bot-lost`,
  failures: `${url}/1/bot-failures`,
  apologies: `${url}/1/bot-apologies`,
});

async function found(answer: Answer, withinMs = 4_000) {
  const server = await jsonServer([answer]);
  closing.push(server.close);
  const credentials = async () => ({ accessKeyId: "a", secretAccessKey: "b" });
  const ports = { queues: of(server.url), fetch: globalThis.fetch, credentials, region: "r", now: Date.now };
  return { finding: await deadLettersCheckup(ports).run(Date.now() + withinMs), server };
}
const counted = (waiting: number): Answer => ({
  status: 200,
  body: { Attributes: { ApproximateNumberOfMessages: `${waiting}`, ApproximateNumberOfMessagesNotVisible: "0" } },
});

describe("the check of dead letters", () => {
  it("counts three queues, and is well where they are empty", async () => {
    const { finding, server } = await found(counted(0));
    expect(finding).toEqual({ state: "ok", seen: "none, and none waits to be told of" });
    expect(server.received.map((input) => (input as { QueueUrl: string }).QueueUrl.split("/").at(-1)).sort()).toEqual([
      "bot-apologies",
      "bot-failures",
      "bot-lost",
    ]);
  });

  it("is broken by one letter, and names the queue", async () => {
    const { finding } = await found(counted(1));
    expect(finding).toMatchObject({
      state: "broken",
      seen: "1 of which nobody was told",
      fix: expect.stringContaining("`bot-lost`"),
    });
  });

  it("warns of what waits where nothing may wait, but not of what is being read", () => {
    const waits = { waiting: 2, inFlight: 0 };
    const isRead = { waiting: 0, inFlight: 5 };
    expect(judgeDepths({ lost: empty, failures: waits, apologies: isRead }, "lost")).toMatchObject({
      state: "warning",
      seen: "none is lost, but 2 wait to be told of",
      fix: expect.stringContaining("apologise"),
    });
    expect(judgeDepths({ lost: empty, failures: isRead, apologies: isRead }, "lost").state).toBe("ok");
    expect(judgeDepths({ lost: isRead, failures: empty, apologies: empty }, "lost").state).toBe("broken");
  });

  it.each<[string, Answer, string, string]>([
    ["may not be counted", { status: 400, body: { __type: "AccessDeniedException" } }, "unclear", "Deploy"],
    ["are not there", { status: 400, body: { __type: "com.amazonaws.sqs#QueueDoesNotExist" } }, "broken", "Deploy"],
    ["cannot be reached", "cut", "unclear", "Ask again"],
  ])("says so where they %s", async (_, answer, state, fix) => {
    expect((await found(answer)).finding).toMatchObject({ state, fix: expect.stringContaining(fix) });
  });
});
