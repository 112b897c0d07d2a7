import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, botUser, general, type Rig, startSlack } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack({ scopes: ["chat:write", "app_mentions:read", "links:read"], unfurlDomains: ["logview.test"] });
});
afterEach(() => rig.close());

const say = (text: string, more: object = {}) => rig.slack.message({ user: "ann", channel: "general", text, ...more });
type Heard = { readonly type: string; readonly source?: string; readonly [key: string]: unknown };
const heard = (): readonly Heard[] => rig.bot.received.map(({ body }) => JSON.parse(body).event);
const posted = () => heard().filter(({ source }) => source === "conversations_history");

describe("a link to a host of the app's", () => {
  it("is told with where it was posted, escaped as it is in the message", async () => {
    const { ok, deliveryId } = await say("look: http://logview.test/?i=1&token=T.");
    expect(ok).toBe(true);
    expect(posted()).toEqual([
      {
        type: "link_shared",
        user: ann,
        channel: general,
        message_ts: deliveryId,
        event_ts: deliveryId,
        is_bot_user_member: true,
        source: "conversations_history",
        unfurl_id: `${general}.${deliveryId}`,
        links: [{ domain: "logview.test", url: "http://logview.test/?i=1&amp;token=T" }],
      },
    ]);
  });

  it("is told while it is being written, too, without the conversation", async () => {
    await say("http://logview.test/");
    expect(heard().filter(({ source }) => source === "composer")).toMatchObject([{ channel: "COMPOSER", user: ann }]);
  });

  it("is told below its domain, in threads, and where the bot is not", async () => {
    const ts = await rig.say("card");
    await say("http://a.logview.test/", { thread_ts: ts });
    await rig.slack.message({ user: "ann", channel: "random", text: "http://logview.test/" });
    await rig.slack.message({ user: "ann", channel: "secret-ops", text: "http://logview.test/" });
    expect(posted()).toMatchObject([
      { thread_ts: ts, is_bot_user_member: true },
      { channel: "C0RANDOM01", is_bot_user_member: false },
      { channel: "C0SECRET01", is_bot_user_member: false },
    ]);
  });

  it("is told beside the mention in the same message", async () => {
    await say("@odps status http://logview.test/?i=1");
    expect(
      heard()
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(["app_mention", "link_shared", "link_shared"]);
  });

  it("is not told of another host, of the bot's own messages, or without the scope", async () => {
    await say("http://notlogview.test/ http://example.com/?logview.test");
    await rig.say("http://logview.test/");
    expect(heard()).toEqual([]);
    const deaf = await startSlack({ scopes: ["chat:write"], unfurlDomains: ["logview.test"] });
    await deaf.slack.message({ user: "ann", channel: "general", text: `hi <@${botUser}> http://logview.test/` });
    expect(deaf.bot.received).toEqual([]);
    await deaf.close();
  });
});
