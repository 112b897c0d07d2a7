import { afterEach, expect, it } from "vitest";
import { createBeside } from "../../src/slack/beside.ts";
import { aRequest } from "../support/a-bot.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function said(answer: Answer, thread?: string) {
  const server = await jsonServer([answer]);
  closing.push(server.close);
  const replyTo = { channel: "C1", direct: false, replaceable: true, responseUrl: server.url };
  const request = aRequest({ origin: "button", replyTo: thread === undefined ? replyTo : { ...replyTo, thread } });
  await createBeside(fetch)(request, { kind: "notice", text: "Perhaps.", suggestions: [] });
  return server.received;
}

it("a word beside a button is for the person alone, in their thread, and leaves the button as it is", async () => {
  expect(await said({ status: 200, body: { ok: true } }, "17.1")).toMatchObject([
    { response_type: "ephemeral", replace_original: false, thread_ts: "17.1", text: expect.stringContaining("Perhaps.") },
  ]);
});

it.each([
  ["refuses it", { status: 404, body: {} } as const],
  ["hangs", "hang" as const],
])("a word beside a button was not said when Slack %s", async (_what, answer) => {
  await expect(said(answer)).rejects.toThrow();
});

it("a word beside a button needs somewhere to go", async () => {
  const saying = createBeside(fetch)(aRequest({ origin: "button" }), { kind: "notice", text: "Perhaps.", suggestions: [] });
  await expect(saying).rejects.toThrow("no response_url");
});
