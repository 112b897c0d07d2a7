// The listeners behind a real Bolt, which checks real signatures; the bot is a stub that writes down what it was given.
import { createHmac } from "node:crypto";
import { HTTPReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Accepted, Incoming } from "../../src/bot.ts";
import { createLog } from "../../src/log.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { listen } from "../../src/slack/app.ts";
import { boltLogger, clientOptions, createBoltApp } from "../../src/slack/bolt.ts";

const signingSecret = "a signing secret";
const botToken = "xoxb-test";
const queued: Accepted = { kind: "queued", requestId: "E-1" };

type Fixture = Awaited<ReturnType<typeof start>>;
let fixture: Fixture;
let accepted: Incoming[] = [];
let answer: () => Accepted = () => queued;
const logged: string[] = [];

async function start() {
  let botPort = 0;
  const requestUrl = () => `http://127.0.0.1:${botPort}/slack/events`;
  const slack = await startSlackSimulator({ requestUrl, signingSecret, botToken });
  const log = createLog((line) => logged.push(line), Date.now);
  const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true, logger: boltLogger(log) });
  const identity = { teamId: slack.team.id, botId: slack.bot.id, botUserId: slack.bot.userId };
  const options = { ...clientOptions, slackApiUrl: `${slack.url}/api/` };
  const bot = {
    accept: async (incoming: Incoming) => {
      accepted.push(incoming);
      return answer();
    },
    run: async () => undefined,
    apologise: async () => true,
    sweep: async () => 0,
  };
  listen(createBoltApp(receiver, identity, botToken, options, log), bot, identity.teamId, log);
  const address = (await receiver.start({ port: 0, host: "127.0.0.1" })).address();
  botPort = typeof address === "object" && address !== null ? address.port : 0;
  /** A request signed as Slack signs it, or not quite. */
  const deliver = async (body: string, { secret = signingSecret, at = Date.now(), type = "application/json" } = {}) => {
    const timestamp = String(Math.floor(at / 1_000));
    const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
    const headers = { "content-type": type, "x-slack-request-timestamp": timestamp, "x-slack-signature": signature };
    return (await fetch(requestUrl(), { method: "POST", body, headers })).status;
  };
  const event = (fields: object) =>
    deliver(JSON.stringify({ type: "event_callback", team_id: slack.team.id, api_app_id: "A1", event_id: "Ev1", event: fields }));
  const client = new WebClient(botToken, options);
  return { slack, client, deliver, event, stop: async () => Promise.all([receiver.stop(), slack.close()]) };
}

beforeAll(async () => {
  fixture = await start();
});
afterAll(() => fixture.stop());
beforeEach(() => {
  accepted = [];
  answer = () => queued;
});

const general = "C0GENERAL1";
const vic = "U0VIC0001";

describe("a slash command", () => {
  it("is taken with who typed it and where, and acknowledged with nothing when the answer comes later", async () => {
    const { slack } = fixture;
    expect(await slack.command({ user: "vic", channel: "general", text: "status last" })).toMatchObject({ ok: true, ack: "" });
    expect(accepted).toMatchObject([
      {
        origin: "slash",
        ask: { kind: "text", text: "status last" },
        caller: { team: slack.team.id, user: vic },
        replyTo: { channel: general, direct: false, responseUrl: expect.stringContaining("/commands/") },
      },
    ]);
  });

  it("is answered in the acknowledgement itself when nothing has to be looked up, for who typed it alone", async () => {
    answer = () => ({ kind: "answer", requestId: "E-1", view: { kind: "notice", text: "at once <!here>", suggestions: [] } });
    const { slack } = fixture;
    expect(await slack.command({ user: "vic", channel: "general", text: "x" })).toMatchObject({
      ok: true,
      ack: { response_type: "ephemeral", text: "at once &lt;!here&gt;" },
    });
    expect(slack.messages({ channel: "general" }).at(-1)).toMatchObject({ visible_to: vic });
  });

  it("whose signature is wrong, or old, is not taken", async () => {
    const body = new URLSearchParams({ command: "/odps", text: "status last", team_id: "T1", user_id: vic }).toString();
    const type = "application/x-www-form-urlencoded";
    expect(await fixture.deliver(body, { type, secret: "another secret" })).toBe(401);
    expect(await fixture.deliver(body, { type, at: Date.now() - 301_000 })).toBe(401);
    expect(accepted).toEqual([]);
  });

  it("that the bot cannot take is reported as failed, and logged", async () => {
    answer = () => {
      throw new Error("the bot broke");
    };
    expect(await fixture.slack.command({ user: "vic", channel: "general", text: "x" })).toMatchObject({ ok: false });
    expect(logged.join("")).toContain("the bot broke");
  });
});

describe("a typed message", () => {
  it("that mentions the bot is a command, without the mention, in its thread", async () => {
    const { slack, client } = fixture;
    const { ts } = await client.chat.postMessage({ channel: general, text: "parent" });
    await slack.message({ user: "bob", channel: "general", text: "@odps tasks last", thread_ts: ts ?? "" });
    expect(accepted).toMatchObject([
      {
        origin: "mention",
        ask: { text: "tasks last" },
        caller: { team: slack.team.id },
        replyTo: { channel: general, thread: ts },
      },
    ]);
  });

  it("to the bot alone is a command", async () => {
    await fixture.slack.message({ user: "vic", channel: "@vic", text: "list" });
    expect(accepted).toMatchObject([{ origin: "direct", ask: { text: "list" }, replyTo: { direct: true } }]);
  });

  const direct = { type: "message", channel_type: "im", channel: "D1", user: vic, text: "list", ts: "1.5" };

  it("with a file beside it is a command too; an edited one, a bot's or one elsewhere is none", async () => {
    await fixture.event({ ...direct, subtype: "file_share", files: [] });
    expect(accepted).toHaveLength(1);
    await fixture.event({ ...direct, subtype: "message_changed" });
    await fixture.event({ ...direct, bot_id: "B1" });
    await fixture.event({ ...direct, channel_type: "channel" });
    await fixture.event({ type: "app_mention", channel: general, user: vic, bot_id: "B1", text: "hi", ts: "1.6" });
    await fixture.event({ type: "app_mention", channel: general, text: "hi", ts: "1.7" });
    expect(accepted).toHaveLength(1);
  });

  it("of somebody from another workspace is theirs, not ours", async () => {
    await fixture.event({ ...direct, user_team: "TOTHER", team: fixture.slack.team.id });
    await fixture.event({ type: "app_mention", channel: general, user: vic, team: "TOTHER", text: "list", ts: "1.8" });
    await fixture.event(direct);
    expect(accepted.map(({ caller }) => caller.team)).toEqual(["TOTHER", "TOTHER", fixture.slack.team.id]);
  });
});

describe("a Logview link with a token", () => {
  const url = "http://logview.aliyun.com/logview/?p=prod_dw&amp;i=20160519101349613gzbzufck2&amp;token=S3CRET";
  const shared = { type: "link_shared", channel: general, user: vic, message_ts: "1.5", event_ts: "1.5", links: [{ url }] };
  const cautioned = {
    origin: "link",
    delivery: "exposed/T0ODPSSIM/C0GENERAL1/1.5",
    ask: { kind: "exposed", instances: [{ instanceId: "20160519101349613gzbzufck2", project: "prod_dw" }] },
    caller: { user: vic },
  };

  it("that is posted cautions whoever posted it, and is itself not passed on", async () => {
    await fixture.event({ ...shared, source: "conversations_history" });
    expect(accepted).toMatchObject([cautioned]);
    expect(JSON.stringify(accepted)).not.toContain("S3CRET");
  });

  it("asks for nothing while it is written, or where the bot itself posted it, of which Bolt does not tell", async () => {
    await fixture.event({ ...shared, source: "composer" });
    await fixture.event({ ...shared, user: fixture.slack.bot.userId });
    expect(accepted).toEqual([]);
  });

  it("in a message to the bot is a command and a caution, the same one that the link alone is", async () => {
    await fixture.event({ type: "app_mention", channel: general, user: vic, text: `<@U0ODPS001> tasks <${url}>`, ts: "1.5" });
    expect(accepted).toMatchObject([{ origin: "mention", ask: { kind: "text" } }, cautioned]);
  });

  it("behind a slash is a command alone: nobody else sees what was typed", async () => {
    await fixture.slack.command({ user: "vic", channel: "general", text: "tasks http://l.test/logview/?i=1&token=S3CRET" });
    expect(accepted.map(({ origin }) => origin)).toEqual(["slash"]);
  });
});

describe("a click", () => {
  const button = (action_id: string, more: object) => ({
    type: "button" as const,
    action_id,
    text: { type: "plain_text" as const, text: action_id },
    ...more,
  });
  const blocks = [
    {
      type: "actions" as const,
      elements: [button("instance.status", { value: "status:r1:E-1.0" }), button("link.open", { url: "https://x.test/" })],
    },
  ];

  it("on a message for everybody is of who pressed it, and is answered beside the message", async () => {
    const { slack, client } = fixture;
    const { ts = "" } = await client.chat.postMessage({ channel: general, text: "card", blocks });
    expect(await slack.action({ user: "bob", channel: "general", message_ts: ts, action_id: "instance.status" })).toMatchObject({
      ok: true,
      ack: "",
    });
    expect(accepted).toMatchObject([
      {
        origin: "button",
        ask: { kind: "ref", verb: "status", ref: "r1:E-1.0" },
        caller: { team: slack.team.id, user: "U0BOB0001" },
        replyTo: { channel: general, replaceable: false },
      },
    ]);
  });

  it("on a private message may replace it", async () => {
    const { slack, client } = fixture;
    const { message_ts = "" } = await client.chat.postEphemeral({ channel: general, user: vic, text: "card", blocks });
    await slack.action({ user: "vic", channel: "general", message_ts, action_id: "instance.status" });
    expect(accepted).toMatchObject([{ replyTo: { replaceable: true, responseUrl: expect.any(String) } }]);
  });

  it("on a link asks for nothing, and is acknowledged", async () => {
    const { slack, client } = fixture;
    const { ts = "" } = await client.chat.postMessage({ channel: general, text: "card", blocks });
    expect(await slack.action({ user: "bob", channel: "general", message_ts: ts, action_id: "link.open" })).toMatchObject({
      ok: true,
    });
    expect(accepted).toEqual([]);
  });

  it.each([
    ["user", { user: { team_id: "T1" } }],
    ["channel", { channel: undefined, container: {} }],
    ["trigger", { trigger_id: undefined }],
  ])("without a %s asks for nothing", async (_what, over) => {
    const payload = {
      type: "block_actions",
      user: { id: vic, team_id: "T1" },
      team: { id: "T1" },
      channel: { id: general },
      container: { channel_id: general },
      trigger_id: "t",
      actions: [{ type: "button", action_id: "instance.status", value: "status:r1:E-1.0" }],
      ...over,
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect(await fixture.deliver(body, { type: "application/x-www-form-urlencoded" })).toBe(200);
    expect(accepted).toEqual([]);
  });
});

const form = (payload: object) =>
  fixture.deliver(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {
    type: "application/x-www-form-urlencoded",
  });

describe("a modal", () => {
  const modal = {
    type: "modal" as const,
    callback_id: "form.filter",
    private_metadata: "r1:E-1.0",
    title: { type: "plain_text" as const, text: "Filter" },
    submit: { type: "plain_text" as const, text: "Show" },
    blocks: [
      input({ type: "plain_text_input", action_id: "field.grep" }),
      input({
        type: "static_select",
        action_id: "field.limit",
        options: [option("5"), option("20")],
        initial_option: option("20"),
      }),
      input({ type: "multi_static_select", action_id: "field.cols", options: [option("#1"), option("#2"), option("#3")] }),
      input({ type: "checkboxes", action_id: "field.csv", options: [option("yes")] }),
      input({ type: "plain_text_input", action_id: "elsewhere" }),
    ],
  };
  function option(value: string) {
    return { text: { type: "plain_text" as const, text: value }, value };
  }
  function input(element: object) {
    return { type: "input", label: { type: "plain_text", text: "x" }, optional: true, element };
  }
  async function opened(view: object = modal): Promise<string> {
    const { slack, client } = fixture;
    const { deliveryId } = await slack.command({ user: "vic", channel: "general", text: "x" });
    accepted = [];
    const { view: shown } = await client.views.open({ trigger_id: deliveryId, view: view as typeof modal as never });
    return shown?.id ?? "";
  }
  const submit = async (values: Record<string, unknown>, view?: object) =>
    fixture.slack.submitView({ user: "vic", view_id: await opened(view), values });

  it("that is submitted is taken with what was filled in, by the names of its fields, and is closed", async () => {
    const { slack } = fixture;
    const values = { "field.grep": "  iris ", "field.cols": ["#3", "#1"], "field.csv": ["yes"], elsewhere: "x" };
    expect(await submit(values)).toMatchObject({ ok: true, ack: { response_action: "clear" } });
    expect(accepted).toMatchObject([
      {
        origin: "form",
        ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0", flags: { grep: "iris", limit: "20", cols: "#3,#1", csv: "" } },
        caller: { team: slack.team.id, user: vic },
        replyTo: { channel: vic, direct: true, replaceable: false },
      },
    ]);
    expect(Object.keys(accepted[0]?.ask.kind === "ref" ? (accepted[0].ask.flags ?? {}) : {})).not.toContain("elsewhere");
    expect(slack.modals()).toEqual([]);
  });

  it("whose reference somebody made up is taken as one that nobody knows", async () => {
    for (const private_metadata of ["", "stop everything", "r1:<!here>", "r2:E-1.0", "x".repeat(3_000)]) {
      await submit({}, { ...modal, private_metadata });
      expect(accepted).toMatchObject([{ ask: { ref: "unknown", verb: "filter" } }]);
    }
  });

  it("says in itself that it could not be taken, when that is so", async () => {
    answer = () => ({ kind: "answer", requestId: "E-1", view: { kind: "notice", text: "the bus is away", suggestions: [] } });
    expect(await submit({})).toMatchObject({ ok: true });
    expect(JSON.stringify(fixture.slack.modals())).toContain("the bus is away");
  });

  it("of somebody else's making is closed, and asks for nothing", async () => {
    expect(await submit({}, { ...modal, callback_id: "intent.run" })).toMatchObject({ ok: true });
    expect(accepted).toEqual([]);
  });

  it("opened by a button brings the trigger along, which opens it", async () => {
    const { slack, client } = fixture;
    const filter = {
      type: "button" as const,
      action_id: "instance.filter",
      text: option("Filter").text,
      value: "filter:r1:E-1.0",
    };
    const { ts = "" } = await client.chat.postMessage({
      channel: general,
      text: "card",
      blocks: [{ type: "actions", elements: [filter] }],
    });
    answer = () => ({ kind: "modal", requestId: "E-1" });
    const click = { user: "bob", channel: "general", message_ts: ts, action_id: "instance.filter" };
    expect(await slack.action(click)).toMatchObject({ ok: true, ack: "" });
    expect(accepted).toMatchObject([{ ask: { kind: "ref", verb: "filter", ref: "r1:E-1.0" }, trigger: expect.any(String) }]);
  });
});

describe("a menu that is typed into", () => {
  const row = { ref: "r1:E-1.0", instanceId: "20160519101349613gzbzufck2", number: 1, status: "Running", waits: false };
  const menu = (action_id: string) => ({
    type: "external_select" as const,
    action_id,
    min_query_length: 0,
    placeholder: { type: "plain_text" as const, text: "Pick" },
  });
  const posted = async (action_id: string) => {
    const blocks = [{ type: "actions" as const, elements: [menu(action_id)] }];
    const { message_ts = "" } = await fixture.client.chat.postEphemeral({ channel: general, user: vic, text: "list", blocks });
    return { user: "vic", channel: "general", message_ts, action_id };
  };

  it("asks with what was typed, by whom and where, and what is picked runs", async () => {
    const { slack } = fixture;
    answer = () => ({ kind: "options", requestId: "E-1", options: [row] });
    const where = await posted("list.pick");
    expect(await slack.suggest({ ...where, value: "zbz" })).toMatchObject({
      ok: true,
      ack: { options: [{ text: { text: "#1 …zbzufck2 RUNNING" }, value: "status:r1:E-1.0" }] },
    });
    expect(accepted).toMatchObject([
      { ask: { kind: "menu", typed: "zbz" }, caller: { team: slack.team.id, user: vic }, replyTo: { channel: general } },
    ]);
    accepted = [];
    answer = () => queued;
    await slack.action({ ...where, value: "status:r1:E-1.0" });
    expect(accepted).toMatchObject([{ ask: { kind: "ref", verb: "status", ref: "r1:E-1.0" } }]);
  });

  it("of another name gets no options, and the bot is not asked", async () => {
    const where = await posted("other.pick");
    expect(await fixture.slack.suggest({ ...where, value: "" })).toMatchObject({ ok: true, ack: { options: [] } });
    expect(accepted).toEqual([]);
  });
});

describe("what nothing of ours asks for", () => {
  const by = { user: { id: vic, team_id: "T1" }, team: { id: "T1" }, trigger_id: "t1" };

  it.each([
    ["the options of a menu", { type: "block_suggestion", action_id: "x", block_id: "b", value: "", channel: { id: general } }],
    ["a submitted view", { type: "view_submission", view: { id: "V1", type: "modal", callback_id: "x", state: { values: {} } } }],
    ["a closed view", { type: "view_closed", view: { id: "V1", type: "modal", callback_id: "x" } }],
    ["a shortcut", { type: "shortcut", callback_id: "x", action_ts: "1.1" }],
    [
      "a shortcut of a message",
      { type: "message_action", callback_id: "x", message_ts: "1.1", channel: { id: general }, message: {} },
    ],
  ])("is acknowledged all the same: %s", async (_what, payload) => {
    expect(await form({ ...by, ...payload })).toBe(200);
    expect(accepted).toEqual([]);
  });
});
