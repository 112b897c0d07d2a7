import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, general, type Rig, random, secretOps, startSlack } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const error = async (method: string, args: object) => (await rig.call(method, args)).json.error;

describe("who may call", () => {
  it.each([
    ["no token", "", "not_authed"],
    ["a wrong token", "Bearer xoxb-other", "invalid_auth"],
  ])("refuses %s", async (_what, authorization, word) => {
    expect((await rig.call("chat.postMessage", { channel: general, text: "hi" }, authorization)).json.error).toBe(word);
  });

  it("does not know a method it does not have, not even one that every object has", async () => {
    expect(await error("chat.shout", {})).toBe("unknown_method");
    expect(await error("constructor", {})).toBe("unknown_method");
  });

  it("says which scope is missing and which there are", async () => {
    const { json } = await rig.call("conversations.info", { channel: general });
    expect(json).toMatchObject({ ok: false, error: "missing_scope", needed: "channels:read" });
    expect(json.provided).toContain("chat:write");
  });

  it.each([
    ["usergroups.users.list", { usergroup: "S0ONCALL1" }, "usergroups:read"],
    ["conversations.history", { channel: general }, "channels:history"],
    ["conversations.replies", { channel: general, ts: "1.000000" }, "channels:history"],
    ["conversations.join", { channel: random }, "channels:join"],
  ])("does not grant %s by default", async (method, args, needed) => {
    expect((await rig.call(method, args)).json).toMatchObject({ error: "missing_scope", needed });
  });

  it("answers a form as it answers JSON", async () => {
    const blocks = JSON.stringify([{ type: "divider" }]);
    const body = new URLSearchParams({ token: "xoxb-test", channel: general, text: "a form", blocks });
    const response = await fetch(`${rig.slack.url}/api/chat.postMessage`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ ok: true, message: { text: "a form", blocks: [{ type: "divider" }] } });
  });

  it("refuses a body over 1 MiB", async () => {
    const { status } = await rig.call("chat.postMessage", { channel: general, text: "x".repeat(1024 * 1024) });
    expect(status).toBe(413);
  });

  it("knows itself", async () => {
    expect((await rig.call("auth.test", {})).json).toMatchObject({ ok: true, user: "odps", user_id: rig.slack.bot.userId });
  });

  it("tells whoever has its token what that is good for, and everybody its time", async () => {
    const { headers } = await rig.call("auth.test", {});
    expect(headers.get("x-oauth-scopes")?.split(",")).toContain("chat:write");
    expect(headers.get("date")).toBe(new Date(rig.clock.now()).toUTCString());
    const stranger = await rig.call("auth.test", {}, "Bearer xoxb-wrong");
    expect([stranger.headers.get("x-oauth-scopes"), stranger.headers.get("date")]).toEqual([null, headers.get("date")]);
  });

  it("knows a person's time zone", async () => {
    const { json } = await rig.call("users.info", { user: ann });
    expect(json.user).toMatchObject({ id: ann, name: "ann", tz: "Asia/Shanghai", tz_offset: 28_800, is_bot: false });
  });

  it("offers no socket mode", async () => {
    expect(await error("apps.connections.open", {})).toBe("not_allowed_token_type");
  });
});

describe("posting", () => {
  it("shows a message to everybody in the channel", async () => {
    await rig.say("hello");
    expect(rig.texts("general", "bob")).toEqual(["hello"]);
  });

  it.each([
    ["a public channel it has not joined", { channel: random, text: "t" }, "not_in_channel"],
    ["a private channel it is not in", { channel: secretOps, text: "t" }, "channel_not_found"],
    ["a channel nobody has", { channel: "C0NOWHERE1", text: "t" }, "channel_not_found"],
    ["nothing to say", { channel: general }, "no_text"],
    ["too long a text", { channel: general, text: "x".repeat(4001) }, "msg_too_long"],
    ["a thread nobody started", { channel: general, text: "t", thread_ts: "1.000000" }, "thread_not_found"],
    ["no channel", { text: "t" }, "invalid_arguments"],
    [
      "metadata of over 4,000 bytes",
      { channel: general, text: "t", metadata: { event_type: "e", event_payload: { a: "x".repeat(4000) } } },
      "metadata_too_large",
    ],
    [
      "metadata that is not flat",
      { channel: general, text: "t", metadata: { event_type: "e", event_payload: { a: {} } } },
      "invalid_metadata_format",
    ],
  ])("refuses %s", async (_what, args, word) => {
    expect(await error("chat.postMessage", args)).toBe(word);
    expect(rig.texts("general")).toEqual([]);
  });

  it("names the pointer of a refused block", async () => {
    const { json } = await rig.call("chat.postMessage", { channel: general, text: "t", blocks: [{ type: "section" }] });
    expect(json.error).toBe("invalid_blocks");
    expect(json.response_metadata.messages).toEqual(["[ERROR] missing required field: text or fields [json-pointer:/blocks/0]"]);
  });

  it("says msg_blocks_too_long when the blocks are too long together", async () => {
    const blocks = Array.from({ length: 5 }, () => ({ type: "section", text: { type: "mrkdwn", text: "x".repeat(2700) } }));
    expect(await error("chat.postMessage", { channel: general, text: "t", blocks })).toBe("msg_blocks_too_long");
  });

  it("refuses an archived channel", async () => {
    rig.slack.archive({ channel: "general", archived: true });
    expect(await error("chat.postMessage", { channel: general, text: "t" })).toBe("is_archived");
  });

  it("posts where it was invited", async () => {
    rig.slack.invite({ channel: "secret-ops", user: "odps" });
    expect(await error("chat.postMessage", { channel: secretOps, text: "t" })).toBeUndefined();
    expect(rig.texts("secret-ops", "vic")).toEqual([]);
    expect(rig.texts("secret-ops", "ann")).toEqual(["t"]);
  });

  it("opens the direct conversation when a user's id is the channel", async () => {
    const { json } = await rig.call("chat.postMessage", { channel: ann, text: "psst" });
    expect(json.channel).toBe("D0ANN0001");
    expect(rig.texts("@ann", "ann")).toEqual(["psst"]);
    expect(rig.texts("@ann", "bob")).toEqual([]);
  });

  it("keeps a reply in its thread and broadcasts it when asked", async () => {
    const ts = await rig.say("parent");
    await rig.call("chat.postMessage", { channel: general, text: "reply", thread_ts: ts, reply_broadcast: true });
    expect(rig.slack.messages({ channel: "general" })[1]).toMatchObject({ thread_ts: ts, broadcast: true });
  });

  it("keeps the newest 2,000 messages of a channel", async () => {
    for (let count = 0; count <= 2000; count += 1)
      await rig.slack.message({ user: "ann", channel: "general", text: `m${count}` });
    const texts = rig.texts("general");
    expect([texts.length, texts[0], texts.at(-1)]).toEqual([2000, "m1", "m2000"]);
  });
});

describe("correcting", () => {
  it("edits in place and keeps the blocks it is not given", async () => {
    const ts = await rig.say("before", { blocks: [{ type: "divider" }] });
    await rig.say("later");
    expect(await error("chat.update", { channel: general, ts, text: "after" })).toBeUndefined();
    const [first] = rig.slack.messages({ channel: "general" });
    expect(first).toMatchObject({ ts, text: "after", edited: true, blocks: [{ type: "divider" }] });
  });

  it("does not touch what a person wrote", async () => {
    const { deliveryId: ts } = await rig.slack.message({ user: "ann", channel: "general", text: "mine" });
    expect(await error("chat.update", { channel: general, ts, text: "t" })).toBe("cant_update_message");
    expect(await error("chat.delete", { channel: general, ts })).toBe("cant_delete_message");
  });

  it("does not find a message that is gone", async () => {
    const ts = await rig.say("gone soon");
    expect(await error("chat.delete", { channel: general, ts })).toBeUndefined();
    expect(await error("chat.update", { channel: general, ts, text: "t" })).toBe("message_not_found");
  });

  it("links to a message", async () => {
    const ts = await rig.say("here");
    const { json } = await rig.call("chat.getPermalink", { channel: general, message_ts: ts });
    expect(json.permalink).toBe(`https://odps-sim.slack.com/archives/${general}/p${ts.replace(".", "")}`);
  });
});

describe("private messages", () => {
  it("show themselves to one person and can never be updated", async () => {
    const { json } = await rig.call("chat.postEphemeral", { channel: general, user: ann, text: "only you" });
    expect(rig.texts("general", "ann")).toEqual(["only you"]);
    expect(rig.texts("general", "bob")).toEqual([]);
    expect(await error("chat.update", { channel: general, ts: json.message_ts, text: "t" })).toBe("message_not_found");
  });

  it("need their reader in the channel", async () => {
    rig.slack.remove({ channel: "general", user: "ann" });
    expect(await error("chat.postEphemeral", { channel: general, user: ann, text: "t" })).toBe("user_not_in_channel");
  });
});

describe("conversations", () => {
  it("opens a direct conversation once", async () => {
    const first = await rig.call("conversations.open", { users: ann });
    const second = await rig.call("conversations.open", { users: ann });
    expect(first.json).toEqual({ ok: true, channel: { id: "D0ANN0001" } });
    expect(second.json).toMatchObject({ already_open: true, channel: { id: "D0ANN0001" } });
  });

  it("joins a public channel with the scope for it, and then knows its history where that is granted", async () => {
    const granted = await startSlack({ scopes: ["channels:join", "channels:history", "chat:write"] });
    expect((await granted.call("conversations.join", { channel: random })).json).toMatchObject({ channel: { is_member: true } });
    await granted.call("chat.postMessage", { channel: random, text: "hi" });
    expect((await granted.call("conversations.history", { channel: random })).json.messages).toMatchObject([{ text: "hi" }]);
    await granted.close();
  });
});

describe("blocks.validate", () => {
  it("answers what is wrong, by pointer", async () => {
    const { json } = await rig.call("blocks.validate", { blocks: [{ type: "section" }] });
    expect(json).toMatchObject({ ok: true, valid: false, errors: [{ pointer: "/blocks/0", code: "missing_field" }] });
  });
});

describe("a hostile body", () => {
  it.each([
    ["nested beyond reason", `{"channel":"C0GENERAL1","text":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, "invalid_json"],
    ["that is no JSON", "{", "invalid_json"],
    ["that is no object", "[]", "json_not_object"],
    ["with a prototype for arguments", '{"__proto__":{"channel":"C0GENERAL1","text":"t"}}', "invalid_arguments"],
  ])("%s is refused", async (_what, body, error) => {
    const headers = { "content-type": "application/json", authorization: "Bearer xoxb-test" };
    const response = await fetch(`${rig.slack.url}/api/chat.postMessage`, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ ok: false, error });
  });

  it("with blocks that are no JSON in a form is refused in Slack's words", async () => {
    const body = new URLSearchParams({ token: "xoxb-test", channel: general, text: "t", blocks: "[{" });
    const response = await fetch(`${rig.slack.url}/api/chat.postMessage`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ ok: false, error: "invalid_blocks_format" });
  });

  it("is none of Slack's business on another path", async () => {
    expect((await fetch(`${rig.slack.url}/elsewhere`)).status).toBe(404);
  });
});
