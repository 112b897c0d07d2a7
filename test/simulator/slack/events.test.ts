import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, botUser, general, type Rig, startSlack, until } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const say = (text: string, more: object = {}) => rig.slack.message({ user: "ann", channel: "general", text, ...more });
const attempts = () => rig.bot.received.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]);

describe("a typed message", () => {
  it("that mentions the bot reaches it as app_mention, in Slack's envelope", async () => {
    const { ok, deliveryId } = await say("@odps status 1");
    expect(ok).toBe(true);
    expect(rig.bot.event()).toMatchObject({
      type: "event_callback",
      team_id: "T0ODPSSIM",
      event: {
        type: "app_mention",
        user: ann,
        channel: general,
        ts: deliveryId,
        event_ts: deliveryId,
        text: `<@${botUser}> status 1`,
      },
      authorizations: [{ user_id: botUser, is_bot: true }],
    });
    expect(rig.bot.event().event_id).toMatch(/^Ev/);
    expect(rig.bot.received[0]?.headers["content-type"]).toBe("application/json");
    expect(rig.texts("general", "bob")).toEqual([`<@${botUser}> status 1`]);
  });

  it("that does not mention it stays among people", async () => {
    await say("lunch?");
    expect(rig.bot.received).toEqual([]);
    expect(rig.texts("general", "bob")).toEqual(["lunch?"]);
  });

  it("in its own conversation needs no mention", async () => {
    await rig.slack.message({ user: "ann", channel: "@odps", text: "status 1" });
    expect(rig.bot.event().event).toMatchObject({ type: "message", channel_type: "im", channel: "D0ANN0001", text: "status 1" });
  });

  it("in a thread says which", async () => {
    const ts = await rig.say("card");
    await say("@odps stop", { thread_ts: ts });
    expect(rig.bot.event().event).toMatchObject({ thread_ts: ts, parent_user_id: botUser });
  });

  it("where the bot is not tells the person so, and nobody else", async () => {
    await rig.slack.message({ user: "ann", channel: "random", text: "@odps status" });
    expect(rig.bot.received).toEqual([]);
    expect(rig.slack.messages({ channel: "random", user: "ann" })[1]).toMatchObject({ from_slack: true, visible_to: ann });
  });

  it("is not sent without the scope for it", async () => {
    const deaf = await startSlack({ scopes: ["chat:write"] });
    await deaf.slack.message({ user: "ann", channel: "general", text: "@odps status" });
    await deaf.slack.message({ user: "ann", channel: "@odps", text: "status" });
    expect(deaf.bot.received).toEqual([]);
    await deaf.close();
  });

  it.each([
    ["a < b & c", "a &lt; b &amp; c"],
    ["see http://a.example/?x=1&y=2.", "see <http://a.example/?x=1&amp;y=2>."],
    ["<!channel> fire", "&lt;!channel&gt; fire"],
    ["<https://a.example|bank>", "&lt;<https://a.example>|bank&gt;"],
    ["@ann and @here in #general", "<@U0ANN0001> and <!here> in <#C0GENERAL1|general>"],
    ["<@U0ANN0001> <@U0NOBODY>", "<@U0ANN0001> &lt;@U0NOBODY&gt;"],
    ["mail ann@bob.example, @nobody", "mail ann@bob.example, @nobody"],
  ])("%j is sent as %j", async (typed, sent) => {
    await say(typed);
    expect(rig.texts("general")).toEqual([sent]);
  });
});

describe("an event the bot does not take", () => {
  it("is repeated at once, after a minute and after five more, each time with the reason", async () => {
    rig.bot.willAnswer({ status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
    expect(await say("@odps x")).toMatchObject({ ok: false, error: "http_error" });
    await until(() => rig.clock.waiting().includes(60_000));
    await rig.clock.advance(59_999);
    expect(rig.bot.received).toHaveLength(2);
    await rig.clock.advance(1);
    await until(() => rig.clock.waiting().includes(300_000));
    expect(rig.bot.received).toHaveLength(3);
    await rig.clock.advance(300_000);
    await until(() => rig.bot.received.length === 4 && rig.clock.waiting().length === 0);
    await rig.clock.advance(3_600_000);
    expect(attempts()).toEqual([
      [undefined, undefined],
      ["1", "http_error"],
      ["2", "http_error"],
      ["3", "http_error"],
    ]);
    expect(new Set(rig.bot.received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it("was late when it took three seconds", async () => {
    rig.bot.willAnswer("silence");
    const typed = say("@odps x");
    await until(() => rig.bot.received.length === 1);
    await rig.clock.advance(3000);
    expect(await typed).toMatchObject({ ok: false, error: "http_timeout", elapsedMs: 3000 });
    await until(() => rig.bot.received.length === 2 && rig.clock.waiting().length === 0);
    expect(attempts()[1]).toEqual(["1", "http_timeout"]);
    await rig.clock.advance(600_000);
    expect(rig.bot.received).toHaveLength(2);
  });

  it("is let go when the bot says so", async () => {
    rig.bot.willAnswer({ status: 500, headers: { "x-slack-no-retry": "1" } });
    await say("@odps x");
    await rig.clock.advance(600_000);
    expect(rig.bot.received).toHaveLength(1);
  });
});
