import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { general, type Rig, startSlack, until } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const post = (channel = general) => rig.call("chat.postMessage", { channel, text: "t" });

describe("rate limits", () => {
  it("take a burst of ten posts a channel, then one a second", async () => {
    for (let count = 0; count < 10; count += 1) expect((await post()).status).toBe(200);
    const refused = await post();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.json).toEqual({ ok: false, error: "ratelimited" });
    expect((await post("C0PRODALRT")).status).toBe(200);
    await rig.clock.advance(1000);
    expect((await post()).status).toBe(200);
    expect((await post()).status).toBe(429);
  });

  it("take 50 edits a minute from the whole workspace, whatever the message", async () => {
    const [one, two] = [await rig.say("one"), await rig.say("two")];
    const edit = (count: number) => rig.call("chat.update", { channel: general, ts: count % 2 ? one : two, text: `${count}` });
    await rig.clock.advance(1000);
    for (let count = 0; count < 50; count += 1) expect((await edit(count)).status).toBe(200);
    await rig.clock.advance(59_000);
    const refused = await edit(50);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    await rig.clock.advance(1000);
    expect((await edit(51)).status).toBe(200);
  });

  it("are off when unlimited", async () => {
    const free = await startSlack({ unlimited: true });
    for (let count = 0; count < 60; count += 1) await free.say(`${count}`);
    expect(free.texts("general")).toHaveLength(60);
    await free.close();
  });
});

describe("faults", () => {
  it("answer a call as rate limited, for as many times as ordered", async () => {
    rig.slack.fault({ kind: "rate_limited", method: "chat.postMessage", retryAfterSeconds: 7, times: 1 });
    expect((await rig.call("auth.test", {})).status).toBe(200);
    const refused = await post();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
    expect((await post()).status).toBe(200);
  });

  it("answer any call with an error or a status", async () => {
    rig.slack.fault({ kind: "error", error: "is_archived", times: 1 });
    rig.slack.fault({ kind: "http", status: 503, times: 1 });
    expect((await post()).json.error).toBe("is_archived");
    expect((await post()).status).toBe(503);
    expect(rig.texts("general")).toEqual([]);
  });

  it("lose the answer of a call that took effect", async () => {
    rig.slack.fault({ kind: "lost_answer", times: 1 });
    await expect(post()).rejects.toThrow();
    expect(rig.texts("general")).toEqual(["t"]);
  });

  it("answer late by the clock", async () => {
    rig.slack.fault({ kind: "latency", ms: 2000, times: 1 });
    let answered = false;
    const call = post().then(() => {
      answered = true;
    });
    await until(() => rig.texts("general").length === 1);
    expect(answered).toBe(false);
    await rig.clock.advance(2000);
    await call;
    expect(answered).toBe(true);
  });

  it("kill a response_url for good", async () => {
    await rig.slack.command({ user: "ann", channel: "general", text: "x" });
    const url = rig.bot.received[0]?.form.get("response_url") ?? "";
    rig.slack.fault({ kind: "dead_response_url", times: 1 });
    expect(await rig.respond(url, { text: "t" })).toEqual({ status: 404, json: { ok: false, error: "expired_url" } });
    expect((await rig.respond(url, { text: "t" })).status).toBe(404);
  });

  it("deliver twice", async () => {
    rig.slack.fault({ kind: "duplicate_delivery", times: 1 });
    await rig.slack.command({ user: "ann", channel: "general", text: "x" });
    await until(() => rig.bot.received.length === 2);
    const [one, two] = rig.bot.received;
    expect(one?.body).toBe(two?.body);
    await rig.slack.command({ user: "ann", channel: "general", text: "x" });
    expect(rig.bot.received).toHaveLength(3);
  });

  it("are forgotten when cleared", async () => {
    rig.slack.fault({ kind: "http", status: 500, times: 9 });
    rig.slack.clearFaults();
    expect((await post()).status).toBe(200);
  });
});
