import { once } from "node:events";
import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startWorkbench } from "./start-workbench.ts";

let bench: Awaited<ReturnType<typeof startWorkbench>>;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; text: string };

/** Raw, because fetch would neither lie about Host nor send a foreign Origin. */
async function call(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  const sent = request({
    host: "127.0.0.1",
    port: bench.port,
    method,
    path,
    headers: { host: `localhost:${bench.port}`, ...headers },
  });
  sent.end(body);
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

async function post(path: string, body: unknown) {
  const { status, text } = await call("POST", path, { "content-type": "application/json" }, JSON.stringify(body));
  return { status, body: JSON.parse(text) };
}

async function get(path: string) {
  const { status, text } = await call("GET", path);
  return { status, body: JSON.parse(text) };
}

describe("people acting in the simulated Slack", () => {
  it("delivers a slash command and answers with the acknowledgement, its time and the bot's request id", async () => {
    bench.slack.answer("command", () => ({ ack: { text: "on it" }, elapsedMs: 31, deliveryId: "trigger-9" }));
    const { status, body } = await post("/sim/slack/command", { user: "ann", channel: "general", text: "status last" });
    expect(status).toBe(200);
    expect(body).toEqual({ ok: true, ack: { text: "on it" }, elapsed_ms: 31, request_id: "req-trigger-9" });
    expect(bench.slack.deeds).toEqual([{ kind: "command", user: "ann", channel: "general", text: "status last" }]);
  });

  it("tells Slack's word when the bot did not acknowledge in time", async () => {
    bench.slack.answer("command", () => ({ ok: false, error: "operation_timeout" }));
    const { status, body } = await post("/sim/slack/command", { user: "ann", channel: "general", text: "status" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: false, error: "operation_timeout" });
  });

  it("posts a typed message and lists it as the reader sees it", async () => {
    await post("/sim/slack/message", { user: "bob", channel: "#general", text: "hello" });
    bench.slack.post({ text: "for ann only", visible_to: "U0ANN0001" });
    const asVic = await get("/sim/slack/messages?channel=general&user=vic");
    const asAnn = await get("/sim/slack/messages?channel=C0GENERAL1&user=U0ANN0001");
    const all = await get("/sim/slack/messages?channel=general");
    expect(asVic.body.map(({ text }: { text: string }) => text)).toEqual(["hello"]);
    expect(asAnn.body).toMatchObject([{ text: "hello", edited: false, blocks: [], files: [] }, { visible_to: "U0ANN0001" }]);
    expect(all.body).toHaveLength(2);
  });

  it("passes clicks, submissions, closings and searches on as they are", async () => {
    const click = { user: "ann", channel: "general", message_ts: "1.2", action_id: "stop", value: "v", confirm: true };
    await post("/sim/slack/action", click);
    await post("/sim/slack/view", { user: "ann", view_id: "V1", values: { block: { field: "text" } } });
    await post("/sim/slack/view-closed", { user: "ann", view_id: "V1" });
    await post("/sim/slack/suggest", { user: "ann", channel: "@odps", message_ts: "1.2", action_id: "pick", value: "et" });
    expect(bench.slack.deeds).toEqual([
      { kind: "action", ...click },
      { kind: "submit", user: "ann", view_id: "V1", values: { block: { field: "text" } } },
      { kind: "close", user: "ann", view_id: "V1" },
      { kind: "suggest", user: "ann", channel: "@odps", message_ts: "1.2", action_id: "pick", value: "et" },
    ]);
  });

  it("refuses what never reached the bot with 400", async () => {
    bench.slack.answer("action", () => ({ ok: false, error: "no_such_element", deliveryId: "" }));
    const click = { user: "ann", channel: "general", message_ts: "1.2", action_id: "nothing" };
    expect(await post("/sim/slack/action", click)).toEqual({ status: 400, body: { ok: false, error: "no_such_element" } });
  });

  it.each([
    ["an unknown person", { user: "eve", channel: "general", text: "status" }, "nobody here is called eve"],
    ["an unknown channel", { user: "ann", channel: "nowhere", text: "status" }, "there is no nowhere"],
    ["an unknown field", { user: "ann", channel: "general", text: "status", sudo: true }, "sudo"],
    ["a missing field", { user: "ann", channel: "general" }, "text"],
    ["no object", [1], "expected object"],
  ])("answers %s with 400 and says so", async (_, body, words) => {
    const answer = await post("/sim/slack/command", body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(words);
    expect(bench.slack.deeds).toEqual([]);
  });

  it("shows people with roles, channels, open modals and the bot's verbs", async () => {
    bench.slack.openModal("ann", { type: "modal" });
    const { body } = await get("/sim/slack");
    expect(body.people[0]).toEqual({
      id: "U0ANN0001",
      name: "ann",
      real_name: "Ann Admin",
      role: "admin",
      tz: "Asia/Shanghai",
      is_bot: false,
    });
    expect(body.channels.map(({ name }: { name: string }) => name)).toContain("prod-alerts");
    expect(body.modals).toMatchObject([{ user: "U0ANN0001", view: { type: "modal" } }]);
    expect(body.commands[0].name).toBe("status");
  });

  it("asks which channel when none is named", async () => {
    expect((await get("/sim/slack/messages?user=ann")).status).toBe(400);
  });
});

describe("the simulated MaxCompute", () => {
  it("starts an instance of a scenario with its options and lists it", async () => {
    const started = await post("/sim/maxcompute/instances", { scenario: "running", seconds: 30 });
    expect(started.body).toMatchObject({ ok: true, id: expect.stringMatching(/^2026/) });
    expect(bench.started).toEqual([{ scenario: "running", options: { seconds: 30 } }]);
    const { body } = await get("/sim/maxcompute");
    expect(body.scenarios).toHaveLength(3);
    expect(body.instances.at(-1)).toEqual({ id: started.body.id, scenario: "running", status: "RUNNING" });
  });

  it.each([
    ["an unknown scenario", { scenario: "nowhere" }, "there is no scenario nowhere"],
    ["a field that is no plain value", { scenario: "running", seconds: [1] }, "must be a text, a number or a boolean"],
  ])("answers %s with 400", async (_, body, words) => {
    const answer = await post("/sim/maxcompute/instances", body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(words);
  });

  it("lets no field touch a prototype", async () => {
    const text = '{ "scenario": "running", "__proto__": { "polluted": true } }';
    const { status } = await call("POST", "/sim/maxcompute/instances", { "content-type": "application/json" }, text);
    const options = bench.started[0]?.options ?? {};
    expect(status === 400 || !("polluted" in options)).toBe(true);
    expect("polluted" in {}).toBe(false);
  });
});

describe("faults", () => {
  it("sets and clears those of MaxCompute", async () => {
    await post("/sim/faults", { target: "maxcompute", kind: "http", times: 2 });
    await post("/sim/faults", { target: "maxcompute", kind: "slow", ms: 500 });
    expect(bench.faults).toEqual([
      { kind: "http", status: 500, times: 2 },
      { kind: "slow", ms: 500 },
    ]);
    await post("/sim/faults", { target: "maxcompute", kind: "clear" });
    expect(bench.faults).toEqual([]);
  });

  it("takes those of the tunnel: of its records, or of one part of it", async () => {
    await post("/sim/faults", { target: "maxcompute", kind: "stream", spoil: { how: "cut", afterBytes: 1_000 }, times: 1 });
    await post("/sim/faults", { target: "maxcompute", kind: "throttled", tunnel: "read" });
    expect(bench.faults).toEqual([
      { kind: "stream", spoil: { how: "cut", afterBytes: 1_000 }, times: 1 },
      { kind: "throttled", retryAfterSeconds: 1, tunnel: "read" },
    ]);
  });

  it("sets and clears those of Slack", async () => {
    await post("/sim/faults", { target: "slack", kind: "rate_limited", method: "chat.update", retryAfterSeconds: 3 });
    expect(bench.slack.faults).toEqual([{ kind: "rate_limited", method: "chat.update", retryAfterSeconds: 3, times: 1 }]);
    await post("/sim/faults", { target: "slack", kind: "clear" });
    expect(bench.slack.faults).toEqual([]);
  });

  it.each([
    { target: "moon", kind: "slow" },
    { target: "slack", kind: "melt" },
    { target: "maxcompute", kind: "slow", ms: -1 },
    { target: "maxcompute", kind: "stream", spoil: { how: "melt" } },
    { target: "maxcompute", kind: "http", tunnel: "upload" },
  ])("refuses %o", async (fault) => {
    expect((await post("/sim/faults", fault)).status).toBe(400);
  });
});

describe("the border", () => {
  it.each([
    ["a rebound name", { host: "evil.example" }],
    ["another port", { host: "localhost:1" }],
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
    ["a request the browser marks as cross-site", { "sec-fetch-site": "cross-site" }],
  ])("refuses %s with 403", async (_, headers) => {
    const answer = await call("GET", "/sim/slack", headers);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("foreign");
  });

  it.each(["localhost", "127.0.0.1", "[::1]"])("answers as %s, and to its own page", async (name) => {
    const host = `${name}:${bench.port}`;
    expect((await call("GET", "/sim/slack", { host, origin: `http://${host}` })).status).toBe(200);
  });

  it("takes JSON only", async () => {
    const answer = await call("POST", "/sim/slack/command", { "content-type": "text/plain" }, "{}");
    expect(answer.status).toBe(415);
  });

  it("says what is wrong with broken JSON", async () => {
    const answer = await call("POST", "/sim/slack/command", { "content-type": "application/json; charset=utf-8" }, "{");
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("not JSON");
  });

  it("takes no body above 256 KiB", async () => {
    const big = JSON.stringify({ user: "ann", channel: "general", text: "x".repeat(300 * 1024) });
    expect((await call("POST", "/sim/slack/command", { "content-type": "application/json" }, big)).status).toBe(413);
  });

  it("knows its addresses and their methods", async () => {
    expect((await call("GET", "/sim/slack/command")).status).toBe(405);
    expect((await call("GET", "/sim/nothing")).status).toBe(404);
    expect((await call("GET", "/page/../server.ts")).status).toBe(404);
    expect((await call("GET", "/api/chat.postMessage")).text).toBe("not the workbench");
  });
});

describe("the page's files", () => {
  it("come with a strict policy, as modules without types, and are known again by their etag", async () => {
    const page = await call("GET", "/");
    expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[^']+';/);
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    const module = await call("GET", "/page/main.ts");
    expect(module.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    const again = await call("GET", "/page/main.ts", { "if-none-match": String(module.headers.etag) });
    expect(again).toMatchObject({ status: 304, text: "" });
  });

  it("name no other host", async () => {
    for (const path of ["/", "/page/styles/message.css", "/page/app.ts"]) {
      expect((await call("GET", path)).text).not.toMatch(/(src|href|url\()\s*=?\s*["'(]?(https?:)?\/\//);
    }
  });
});
