import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, type Rig, secret, startSlack, until } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const type = (text: string, channel = "general", user = "ann") => rig.slack.command({ user, channel, text });

describe("a slash command", () => {
  it("arrives signed, as a form, with Slack's fields", async () => {
    const { ok, deliveryId } = await type("status 1");
    const { headers, body, form } = rig.bot.received[0]!;
    const base = `v0:${headers["x-slack-request-timestamp"]}:${body}`;
    expect(headers["x-slack-signature"]).toBe(`v0=${createHmac("sha256", secret).update(base).digest("hex")}`);
    expect(headers["x-slack-request-timestamp"]).toBe(String(rig.clock.now() / 1000));
    expect(Object.fromEntries(form)).toMatchObject({
      team_id: "T0ODPSSIM",
      team_domain: "odps-sim",
      channel_id: "C0GENERAL1",
      channel_name: "general",
      user_id: ann,
      user_name: "ann",
      command: "/odps",
      text: "status 1",
      is_enterprise_install: "false",
      trigger_id: deliveryId,
    });
    expect(form.get("response_url")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/commands\/T0ODPSSIM\/[0-9a-f]{32}$/);
    expect(form.get("token") && form.get("api_app_id")).toBeTruthy();
    expect(ok).toBe(true);
  });

  it.each([
    ["status 1", "status 1"],
    ["/odps status 1", "status 1"],
    ["/odps", ""],
    ["/odpsx", "/odpsx"],
    ["run select 1 < 2 & 3 > 2", "run select 1 &lt; 2 &amp; 3 &gt; 2"],
    ["status @bob", "status @bob"],
  ])("typed as %j is sent as %j", async (typed, sent) => {
    await type(typed);
    expect(rig.bot.received[0]?.form.get("text")).toBe(sent);
  });

  it("is invisible, and so is an empty answer", async () => {
    expect(await type("x")).toMatchObject({ ok: true, ack: "", elapsedMs: 0 });
    expect(rig.slack.messages({ channel: "general" })).toEqual([]);
  });

  it("shows a plain answer to the person alone", async () => {
    rig.bot.willAnswer({ body: "looking" });
    await type("x");
    expect(rig.slack.messages({ channel: "general" })).toMatchObject([{ text: "looking", visible_to: ann }]);
  });

  it("shows an in_channel answer to all, with what was typed", async () => {
    rig.bot.willAnswer({ body: { response_type: "in_channel", text: "done" } });
    expect((await type("stop 1")).ack).toEqual({ response_type: "in_channel", text: "done" });
    expect(rig.texts("general", "bob")).toEqual(["/odps stop 1", "done"]);
  });

  it("fails with operation_timeout after three seconds, by the clock", async () => {
    rig.bot.willAnswer("silence");
    const typed = type("x");
    await until(() => rig.bot.received.length === 1);
    await rig.clock.advance(2999);
    expect(rig.texts("general")).toEqual([]);
    await rig.clock.advance(1);
    expect(await typed).toMatchObject({ ok: false, error: "operation_timeout", elapsedMs: 3000 });
    expect(rig.slack.messages({ channel: "general" })).toMatchObject([
      { text: '/odps failed with the error "operation_timeout"', visible_to: ann, from_slack: true },
    ]);
  });

  it.each([
    ["an error status", { status: 500 }],
    ["not found", { status: 404 }],
    ["a redirect", { status: 302, headers: { location: "/elsewhere" } }],
  ])("fails with dispatch_failed on %s", async (_what, answer) => {
    rig.bot.willAnswer(answer);
    expect(await type("x")).toMatchObject({ ok: false, error: "dispatch_failed", ack: "" });
    expect(rig.texts("general", "ann")).toEqual(['/odps failed with the error "dispatch_failed"']);
  });

  it("fails with dispatch_failed when the bot is down, and is never repeated", async () => {
    rig.bot.close();
    expect(await type("x")).toMatchObject({ ok: false, error: "dispatch_failed" });
    await rig.clock.advance(600_000);
    expect(rig.bot.received).toEqual([]);
  });

  it("judges the answer like any message", async () => {
    rig.bot.willAnswer({ body: { text: "t", blocks: [{ type: "section" }] } });
    expect(await type("x")).toMatchObject({ ok: false, error: "invalid_blocks" });
    expect(rig.texts("general", "ann")).toEqual(['/odps failed with the error "invalid_blocks"']);
  });

  it.each([
    ["a channel nobody has", "nowhere", "ann", "channel_not_found"],
    ["a private channel without membership", "secret-ops", "vic", "channel_not_found"],
    ["somebody else's conversation", "@bob", "ann", "channel_not_found"],
    ["nobody known", "general", "eve", "user_not_found"],
  ])("is not sent from %s", async (_what, channel, user, error) => {
    expect(await type("x", channel, user)).toMatchObject({ ok: false, error });
    expect(rig.bot.received).toEqual([]);
  });

  it("works where the bot is not, and in its own conversation", async () => {
    await type("x", "secret-ops");
    await type("x", "@ann");
    await type("x", "@odps");
    const sent = rig.bot.received.map(({ form }) => [form.get("channel_id"), form.get("channel_name")]);
    expect(sent).toEqual([
      ["C0SECRET01", "privategroup"],
      ["D0ANN0001", "directmessage"],
      ["D0ANN0001", "directmessage"],
    ]);
  });

  it("is refused in a thread", async () => {
    const ts = await rig.say("parent");
    const typed = await rig.slack.message({ user: "ann", channel: "general", text: "/odps status", thread_ts: ts });
    expect(typed).toMatchObject({ ok: false, error: "not_supported_in_threads" });
  });
});

describe("a response_url", () => {
  const urlOf = async (channel = "general") => {
    await type("x", channel);
    return rig.bot.received.at(-1)?.form.get("response_url") ?? "";
  };

  it("takes five posts, private by default", async () => {
    const url = await urlOf();
    for (let count = 1; count <= 5; count += 1)
      expect(await rig.respond(url, { text: `${count}` })).toMatchObject({ status: 200 });
    expect(await rig.respond(url, { text: "6" })).toEqual({ status: 404, json: { ok: false, error: "used_url" } });
    expect(rig.texts("general", "ann")).toEqual(["1", "2", "3", "4", "5"]);
    expect(rig.texts("general", "bob")).toEqual([]);
  });

  it("lives thirty minutes", async () => {
    const url = await urlOf();
    await rig.clock.advance(30 * 60_000);
    expect((await rig.respond(url, { text: "just in time" })).status).toBe(200);
    await rig.clock.advance(1);
    expect(await rig.respond(url, { text: "late" })).toEqual({ status: 404, json: { ok: false, error: "expired_url" } });
  });

  it("posts in channels the bot has not joined, for all when asked", async () => {
    await rig.respond(await urlOf("secret-ops"), { text: "seen", response_type: "in_channel" });
    expect(rig.texts("secret-ops", "bob")).toEqual(["seen"]);
  });

  it("posts in a thread", async () => {
    const ts = await rig.say("parent");
    await rig.respond(await urlOf(), { text: "in there", thread_ts: ts });
    expect(rig.slack.messages({ channel: "general" })[1]).toMatchObject({ thread_ts: ts, visible_to: ann });
  });

  it("judges what it is given, and does not count what it refused", async () => {
    const url = await urlOf();
    expect(await rig.respond(url, { text: "x".repeat(4001) })).toMatchObject({ status: 400, json: { error: "msg_too_long" } });
    expect(await rig.respond(url, "no object")).toMatchObject({ status: 400, json: { error: "invalid_payload" } });
    for (let count = 0; count < 5; count += 1) expect((await rig.respond(url, { text: "t" })).status).toBe(200);
  });

  it("of a command has no original: replacing posts anew, deleting does nothing", async () => {
    const url = await urlOf();
    await rig.respond(url, { text: "first" });
    await rig.respond(url, { text: "second", replace_original: true });
    await rig.respond(url, { delete_original: true });
    expect(rig.texts("general", "ann")).toEqual(["first", "second"]);
  });

  it("cannot be guessed", async () => {
    await urlOf();
    expect(await rig.respond(`${rig.slack.url}/commands/T0ODPSSIM/constructor`, { text: "t" })).toMatchObject({ status: 404 });
  });
});
