// Slack's own libraries as the second opinion: what they send is understood, what they are sent they accept.
import { App, AwsLambdaReceiver, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/simulator/clock.ts";
import { aButton, anActions, botUser, general, type Received, type Rig, secret, startSlack, token } from "./support.ts";

let rig: Rig;
let client: WebClient;
beforeEach(async () => {
  rig = await startSlack();
  const slackApiUrl = `${rig.slack.url}/api/`;
  client = new WebClient(token, {
    slackApiUrl,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});
afterEach(() => rig.close());

describe("Slack's Web API client", () => {
  it("posts and edits", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: general, text: "one", blocks: [{ type: "divider" }] });
    await client.chat.update({ channel: general, ts, text: "two" });
    expect(rig.slack.messages({ channel: "general" })).toMatchObject([{ ts, text: "two", blocks: [{ type: "divider" }] }]);
  });

  it("uploads a file in its three steps", async () => {
    await client.filesUploadV2({ channel_id: general, filename: "a.csv", content: "a,b", initial_comment: "rows" });
    await rig.clock.advance(300);
    expect(rig.slack.messages({ channel: "general" })).toMatchObject([{ text: "rows", files: [{ name: "a.csv", size: 3 }] }]);
  });

  it("understands a refusal and a rate limit", async () => {
    const post = () => client.chat.postMessage({ channel: "C0RANDOM01", text: "t" });
    await expect(post()).rejects.toMatchObject({ data: { error: "not_in_channel" } });
    rig.slack.fault({ kind: "rate_limited", retryAfterSeconds: 9, times: 1 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 9 });
  });
});

describe("Slack's Lambda receiver", () => {
  // It compares a delivery's timestamp with its own clock, so this Slack lives in the present.
  let present: Rig;
  beforeEach(async () => {
    present = await startSlack({ clock: systemClock });
  });
  afterEach(() => present.close());

  /** Hands a delivery to a Bolt app as Lambda would; answers the status and which listeners ran, the signature checked. */
  async function receivedByBolt({ headers, body }: Received) {
    const heard: string[] = [];
    const receiver = new AwsLambdaReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
    const authorize = async () => ({ botToken: token, botId: present.slack.bot.id, botUserId: botUser });
    const app = new App({ receiver, authorize, logLevel: LogLevel.ERROR });
    app.command("/odps", async ({ command, ack }) => {
      heard.push(`command ${command.text}`);
      await ack();
    });
    app.event("app_mention", async ({ event }) => {
      heard.push(`mention ${event.text}`);
    });
    app.action("press", async ({ action, ack }) => {
      heard.push(`action ${"value" in action ? action.value : ""}`);
      await ack();
    });
    const handler = await receiver.start();
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const event = { body, headers: flat, isBase64Encoded: false, httpMethod: "POST", path: "/", resource: "" };
    const { statusCode } = await handler(
      { ...event, multiValueHeaders: {}, pathParameters: null, queryStringParameters: null, stageVariables: null } as never,
      {} as never,
    );
    return { statusCode, heard };
  }

  it.each([
    ["a command", () => present.slack.command({ user: "ann", channel: "general", text: "status 1" }), "command status 1"],
    ["a mention", () => present.slack.message({ user: "ann", channel: "general", text: "@odps hi" }), `mention <@${botUser}> hi`],
    [
      "a click",
      async () => {
        const message_ts = await present.say("card", { blocks: [anActions(aButton())] });
        return present.slack.action({ user: "ann", channel: "general", message_ts, action_id: "press" });
      },
      "action v1",
    ],
  ])("takes %s", async (_what, act, listener) => {
    await act();
    expect(await receivedByBolt(present.bot.received[0]!)).toEqual({ statusCode: 200, heard: [listener] });
  });
});
