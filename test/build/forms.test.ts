// Modals and menus at the packaged door, in a fresh process: signed payloads in, Slack and AWS over HTTP.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { open, seal } from "../../src/aws/envelope.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { networkModule } from "../support/artefact/network.ts";
import { buildOnce } from "./build-once.ts";
import { doorVariables, lambdaVariables } from "./lambda-variables.ts";
import { type LoopbackAws, loopbackAws } from "./loopback-aws.ts";
import { signedEvent } from "./signed-event.ts";
import { type StartedBundle, startBundle } from "./start-bundle.ts";

const secret = "the signing secret";
const sealKey = randomBytes(32).toString("base64");
const ref = "r1:E-AAAAAAAA.0";

let built: Awaited<ReturnType<typeof buildOnce<"slack">>>;
let slack: Awaited<ReturnType<typeof startSlackSimulator>>;
let aws: LoopbackAws;
let door: StartedBundle;

beforeAll(async () => {
  built = await buildOnce("slack");
  slack = await startSlackSimulator({ requestUrl: () => "http://127.0.0.1:9/", signingSecret: secret, botToken: "xoxb-test" });
  aws = await loopbackAws({ "slack-signing-secret": secret, "seal-key": sealKey, "slack-bot-token": "xoxb-test" });
  const network = join(built.outDir, "network.mjs");
  writeFileSync(network, networkModule({ "slack.com": Number(new URL(slack.url).port) }));
  const variables = { ...lambdaVariables(aws.url), ...doorVariables, SLACK_TEAM_ID: slack.team.id };
  door = await startBundle(built.bundles.slack.file, { ...variables, NODE_OPTIONS: `--import=${pathToFileURL(network).href}` });
});
afterAll(async () => {
  await door.stop();
  await Promise.all([aws.close(), slack.close()]);
  built.remove();
});
beforeEach(() => {
  aws.entries.splice(0);
});
afterEach(() => {
  aws.bus = "takes";
  slack.clearFaults();
  slack.reset();
});

type Answer = { readonly statusCode: number; readonly body: string };
async function deliver(payload: object): Promise<Answer & { readonly ms: number }> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const { value, ms } = await door.invoke(signedEvent({ body, secret, at: Date.now() }));
  return { ...(value as Answer), ms };
}
const opened = () => aws.entries.map(({ Detail }) => open("CommandRequested", JSON.parse(Detail), [sealKey]));
/** A trigger of Vic's, good for three seconds. */
const trigger = async () => (await slack.command({ user: "vic", channel: "general", text: "x" })).deliveryId;
const by = (trigger_id: string) => ({
  ...{ user: { id: "U0VIC0001", team_id: slack.team.id }, team: { id: slack.team.id }, trigger_id },
  ...{ channel: { id: "C0GENERAL1" }, container: { type: "message", channel_id: "C0GENERAL1", is_ephemeral: true } },
});
const press = async (trigger_id: string) =>
  deliver({
    type: "block_actions",
    ...by(trigger_id),
    actions: [{ type: "button", action_id: "instance.filter", value: `filter:${ref}`, block_id: "b" }],
  });

describe("a button that opens a form, at the packaged door", () => {
  it("opens a modal that loads, and puts what it opened on the bus, sealed", async () => {
    expect(await press(await trigger())).toMatchObject({ statusCode: 200, body: "" });
    const [modal, ...more] = slack.modals();
    expect(more).toEqual([]);
    expect(JSON.stringify(modal?.view)).toContain("Loading");
    const form = { id: modal?.id, hash: modal?.hash, name: expect.stringMatching(/^form-E-/) };
    expect(opened()).toMatchObject([{ ask: { kind: "ref", verb: "filter", ref }, replyTo: { form } }]);
  });

  it("delivered twice opens one and asks once", async () => {
    const same = await trigger();
    expect([await press(same), await press(same)].map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(slack.modals()).toHaveLength(1);
    expect(opened()).toHaveLength(1);
  });

  it("waits for Slack no longer than Slack waits for it, and says by which name the form may have opened", async () => {
    slack.fault({ kind: "latency", method: "views.open", ms: 5_000, times: 1 });
    const answer = await press(await trigger());
    expect(answer.statusCode).toBe(200);
    expect(answer.ms).toBeLessThan(3_000);
    expect(opened()).toMatchObject([{ replyTo: { form: { name: expect.stringMatching(/^form-E-/) } } }]);
  });

  it("whose trigger has expired asks for an ordinary answer", async () => {
    slack.fault({ kind: "error", method: "views.open", error: "expired_trigger_id", times: 1 });
    expect(await press(await trigger())).toMatchObject({ statusCode: 200 });
    expect(opened()).toHaveLength(1);
    expect(JSON.stringify(opened())).not.toContain("form-E-");
  });

  it("has its modal say what a silent bus may not have taken, in time", async () => {
    aws.bus = "silent";
    const answer = await press(await trigger());
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(answer.ms).toBeLessThan(3_000);
    expect(JSON.stringify(slack.modals())).toContain("Received as");
  });
});

describe("a form that comes back to the packaged door", () => {
  const submission = (over: object = {}) => ({
    type: "view_submission",
    ...by("1.submitted"),
    view: {
      ...{ id: "V1", type: "modal", callback_id: "form.filter", private_metadata: ref },
      state: { values: { b1: { "field.grep": { type: "plain_text_input", value: "ann" } } } },
      ...over,
    },
  });

  it("is cleared, and asks for the command with what was filled in", async () => {
    expect(JSON.parse((await deliver(submission())).body)).toEqual({ response_action: "clear" });
    expect(opened()).toMatchObject([{ origin: "form", ask: { verb: "filter", ref, flags: { grep: "ann" } } }]);
  });

  it("with a reference that somebody made up asks for what nobody knows", async () => {
    await deliver(submission({ private_metadata: "r1:../../x" }));
    expect(opened()).toMatchObject([{ ask: { ref: "unknown" } }]);
  });

  it("says in its own place that the bus is silent", async () => {
    aws.bus = "silent";
    const { body } = await deliver(submission());
    expect(JSON.parse(body)).toMatchObject({ response_action: "update", view: { type: "modal" } });
    expect(body).toContain("Received as");
  });
});

describe("a menu at the packaged door", () => {
  const typing = (value: string, over: object = {}) =>
    deliver({ type: "block_suggestion", ...by("1.menu"), action_id: "list.pick", block_id: "b", value, ...over });
  const shown = () => {
    const rows = ["20261122094800123gabcd12", "20261122100000000gother99"].map((instanceId, index) => ({
      ...{ project: "demo_project", instanceId, ref: `r1:E-AAAAAAAA.${index}`, status: "Running", waits: false },
    }));
    const pk = `recall/${slack.team.id}/U0VIC0001`;
    const kept = { schema: 1, recent: [], list: { shownAt: Date.now(), rows } };
    const value = JSON.stringify(seal(`item ${pk}`, "C0GENERAL1", Date.now(), kept, sealKey));
    return {
      [`${pk} C0GENERAL1`]: {
        ...{ pk: { S: pk }, sk: { S: "C0GENERAL1" }, value: { S: value }, version: { S: "v" }, schema: { N: "1" } },
        ...{ expiresAt: { N: "9999999999" }, expiresMs: { N: "9999999999000" } },
      },
    };
  };

  it("offers what its reader was shown, from the table, for what was typed", async () => {
    Object.assign(aws.items, shown());
    const calls = aws.calls.GetItem;
    const { statusCode, body } = await typing("other");
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      options: [{ text: { text: "#2 …gother99 RUNNING" }, value: "status:r1:E-AAAAAAAA.1" }],
    });
    expect(aws.calls.GetItem).toBe(calls + 1);
    expect(aws.entries).toEqual([]);
  });

  it("offers nothing to somebody else, and does not ask the table for somebody of another workspace", async () => {
    Object.assign(aws.items, shown());
    expect(JSON.parse((await typing("", { user: { id: "U0BOB0001", team_id: slack.team.id } })).body)).toEqual({ options: [] });
    const calls = aws.calls.GetItem;
    expect(JSON.parse((await typing("", { user: { id: "U0VIC0001", team_id: "TOTHER" } })).body)).toEqual({ options: [] });
    expect(aws.calls.GetItem).toBe(calls);
  });
});
