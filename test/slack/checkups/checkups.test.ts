// On the wire, against the simulated Slack.
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import type { CommandRequest } from "../../../src/commands/request.ts";
import type { SlackOptions } from "../../../src/simulator/slack/index.ts";
import { membershipCheckup } from "../../../src/slack/checkups/membership.ts";
import { noSigningSecretCheckup, signingSecretCheckup } from "../../../src/slack/checkups/signing-secret.ts";
import { tokenCheckup } from "../../../src/slack/checkups/token.ts";
import { clientOptions } from "../../../src/slack/client-options.ts";
import { scopes } from "../../../src/slack/manifest.ts";
import { general, type Rig, secretOps, startSlack, token } from "../../simulator/slack/support.ts";
import { aRequest } from "../../support/a-bot.ts";

let rig: Rig;
afterEach(() => rig.close());

const manifestScopes = scopes.map(({ scope }) => scope);
const keptIn = "the parameter slack-bot-token";

async function aClient(options: Partial<SlackOptions> = {}, withToken = token): Promise<WebClient> {
  rig = await startSlack({ scopes: manifestScopes, ...options });
  return new WebClient(withToken, { ...clientOptions, slackApiUrl: `${rig.slack.url}/api/` });
}
const look = (client: WebClient, teamId = rig.slack.team.id) => tokenCheckup({ client, teamId, keptIn }).run(0);

describe("the check of the token", () => {
  it("is well where Slack grants what the manifest asks for", async () => {
    expect(await look(await aClient())).toEqual({ state: "ok", seen: `taken, with the ${scopes.length} scopes of the manifest` });
  });

  it("names a scope that is missing, what it is for, and how to have it", async () => {
    const client = await aClient({ scopes: manifestScopes.filter((scope) => scope !== "files:write") });
    expect(await look(client)).toEqual({
      state: "broken",
      seen: "lacks `files:write` (results as files)",
      fix: "Paste slack-manifest.yml into the app's manifest once more, and install the app again.",
    });
  });

  it("warns of a scope that nobody needs", async () => {
    const client = await aClient({ scopes: [...manifestScopes, "channels:history"] });
    expect(await look(client)).toMatchObject({ state: "warning", seen: "may do more than it has to: `channels:history`" });
  });

  it.each(["token_revoked", "invalid_auth", "account_inactive"])(
    "says where a new token goes when Slack says %s",
    async (error) => {
      const client = await aClient();
      rig.slack.fault({ kind: "error", method: "auth.test", error, times: 1 });
      const finding = await look(client);
      expect(finding).toMatchObject({ state: "broken", seen: `Slack says ${error}`, fix: expect.stringContaining(keptIn) });
    },
  );

  it("shows nothing of a token that is wrong", async () => {
    const finding = await look(await aClient({}, "xoxb-wrong-one"));
    expect(finding.state).toBe("broken");
    expect(JSON.stringify(finding)).not.toContain("wrong-one");
  });

  it("knows the token of another workspace", async () => {
    expect(await look(await aClient(), "T0OTHER")).toMatchObject({ state: "broken", fix: expect.stringContaining("T0OTHER") });
  });

  it.each(["rate_limited", "http"] as const)("is not sure where Slack does not answer (%s)", async (kind) => {
    const client = await aClient();
    rig.slack.fault(kind === "http" ? { kind, status: 503, times: 1 } : { kind, retryAfterSeconds: 30, times: 1 });
    expect((await look(client)).state).toBe("unclear");
  });
});

describe("the check of the channel", () => {
  const inChannel = (channel: string, direct = false): CommandRequest =>
    aRequest({ replyTo: { channel, direct, replaceable: false } });
  const at = (client: WebClient, request: CommandRequest) => membershipCheckup(client, request).run(0);

  it("is well where the bot is a member, or alone with the person", async () => {
    const client = await aClient();
    expect(await at(client, inChannel(general))).toEqual({ state: "ok", seen: "I am in it" });
    expect(await at(client, inChannel("D0ANN", true))).toEqual({ state: "ok", seen: "a direct message" });
  });

  it("says how to invite it where it is not, in a private channel too", async () => {
    const client = await aClient();
    rig.slack.remove({ channel: "general", user: "odps" });
    const outside = { state: "warning", seen: expect.stringContaining("not in this channel"), fix: "Type `/invite @odps` here." };
    expect(await at(client, inChannel(general))).toEqual(outside);
    expect(await at(client, inChannel(secretOps))).toEqual(outside);
  });

  it("knows an archived one", async () => {
    const client = await aClient();
    rig.slack.archive({ channel: "general", archived: true });
    expect(await at(client, inChannel(general))).toMatchObject({ state: "warning", fix: "Unarchive the channel." });
  });

  it("is not sure where the scope for asking is missing", async () => {
    const client = await aClient({ scopes: ["chat:write"] });
    expect(await at(client, inChannel(general))).toMatchObject({
      state: "unclear",
      seen: expect.stringContaining("missing_scope"),
    });
  });
});

describe("the check of the signing secret", () => {
  it.each([
    [1, "ok", "there is one"],
    [2, "warning", "2 are taken"],
    [undefined, "unclear", "did not say"],
  ])("of a door that takes %s is %s", async (signingSecrets, state, seen) => {
    rig = await startSlack();
    const request = aRequest(signingSecrets === undefined ? {} : { signingSecrets });
    expect(await signingSecretCheckup(request).run(0)).toMatchObject({ state, seen: expect.stringContaining(seen) });
  });

  it("asks for none where the bot opens the connection", async () => {
    expect((await noSigningSecretCheckup.run(0)).state).toBe("ok");
  });
});
