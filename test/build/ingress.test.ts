// The packaged door in a fresh process, its AWS calls going over HTTP.
import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { open } from "../../src/aws/envelope.ts";
import { buildOnce } from "./build-once.ts";
import { doorVariables, lambdaVariables } from "./lambda-variables.ts";
import { type LoopbackAws, loopbackAws } from "./loopback-aws.ts";
import { type Delivery, formType, signedEvent, slashCommand } from "./signed-event.ts";
import { type StartedBundle, startBundle } from "./start-bundle.ts";

const secret = "the signing secret";
const sealKey = randomBytes(32).toString("base64");

let built: Awaited<ReturnType<typeof buildOnce<"slack">>>;
let aws: LoopbackAws;
let door: StartedBundle;
const started: StartedBundle[] = [];

async function aDoor(): Promise<StartedBundle> {
  const fresh = await startBundle(built.bundles.slack.file, { ...lambdaVariables(aws.url), ...doorVariables });
  started.push(fresh);
  return fresh;
}

beforeAll(async () => {
  built = await buildOnce("slack");
  aws = await loopbackAws({ "slack-signing-secret": secret, "seal-key": sealKey });
  door = await aDoor();
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
  await aws.close();
  built.remove();
});
beforeEach(() => {
  aws.entries.splice(0);
});
afterEach(() => {
  aws.bus = "takes";
  aws.store = "gives";
});

type Answer = { readonly statusCode: number; readonly body: string };
let triggers = 0;
async function deliver(over: Partial<Delivery> = {}, to = door): Promise<Answer & { readonly ms: number }> {
  triggers += 1;
  const body = slashCommand("status 20160519101349613gzbzufck2", `1.${triggers}`);
  const { value, ms } = await to.invoke(signedEvent({ body, secret, at: Date.now(), ...over }));
  return { ...(value as Answer), ms };
}
const opened = () => aws.entries.map(({ Detail }) => open("CommandRequested", JSON.parse(Detail), [sealKey]));

const mention = JSON.stringify({
  ...{ type: "event_callback", team_id: "T0TEST", api_app_id: "A0TEST", event_id: "Ev1" },
  authorizations: [{ team_id: "T0TEST", user_id: "U0BOT", is_bot: true }],
  event: { type: "app_mention", user: "U0ANN", channel: "C0GENERAL", ts: "1.5", text: "<@U0BOT> status “größe” 状态" },
});

describe("the packaged door", () => {
  it("takes two parameters: Lambda's Node 24 refuses a handler with a callback", () => {
    expect(door.handlerLength).toBe(2);
  });

  it("asks for its secrets once, while it starts, and never again for the commands that follow", async () => {
    const before = aws.calls.GetParameters;
    const fresh = await aDoor();
    expect(aws.calls.GetParameters).toBe(before + 1);
    await deliver({}, fresh);
    await deliver({}, fresh);
    expect(aws.calls.GetParameters).toBe(before + 1);
  });

  it("starts without its secrets, and its log names AWS's own error", async () => {
    aws.store = "refuses";
    const fresh = await aDoor();
    expect(fresh.output()).toContain('"event":"secrets.unreadable"');
    expect(fresh.output()).toContain('"name":"AccessDeniedException","message":"not authorized to perform ssm:GetParameters"');
    aws.store = "gives";
    expect(await deliver({}, fresh)).toMatchObject({ statusCode: 200 });
  });

  it("puts a signed command on the bus once, sealed, and acks it with nothing", async () => {
    const calls = aws.calls.PutEvents;
    const answer = await deliver();
    expect(answer).toMatchObject({ statusCode: 200, body: "" });
    expect(aws.calls.PutEvents).toBe(calls + 1);
    expect(aws.entries).toMatchObject([{ EventBusName: "private", DetailType: "CommandRequested", Source: "odps-chatops" }]);
    expect(opened()).toMatchObject([{ ask: { text: "status 20160519101349613gzbzufck2" }, caller: { user: "U0ANN" } }]);
  });

  it("answers a typing mistake in the ack itself", async () => {
    const answer = await deliver({ body: slashCommand("statsu 20160519101349613gzbzufck2", "1.typo") });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ response_type: "ephemeral", text: expect.stringContaining("Did you mean") });
    expect(aws.entries).toEqual([]);
  });

  it.each([
    ["another secret's signature", { secret: "not it" }],
    ["a signature of another body", { signedBody: "text=stop" }],
    ["a timestamp from a year ahead", { at: Date.now() + 365 * 86_400_000 }],
    ["a timestamp six minutes old", { at: Date.now() - 360_000 }],
  ])("refuses %s", async (_what, over) => {
    expect(await deliver(over)).toMatchObject({ statusCode: 401, body: "" });
    expect(aws.entries).toEqual([]);
  });

  it.each([
    ["a base64 body beyond ASCII", { body: mention, type: "application/json", base64: true }, "status “größe” 状态"],
    ["a content type with a charset", { type: `${formType}; charset=utf-8` }, "status 20160519101349613gzbzufck2"],
    ["a form in base64", { base64: true }, "status 20160519101349613gzbzufck2"],
  ])("accepts %s", async (_what, over, text) => {
    expect(await deliver(over)).toMatchObject({ statusCode: 200 });
    expect(opened()).toMatchObject([{ ask: { text } }]);
  });

  it("says within Slack's three seconds that it received what a silent bus may not have", async () => {
    aws.bus = "silent";
    const answer = await deliver();
    expect(JSON.parse(answer.body).text).toMatch(/^Received as 'E-[0-9A-Z]{8}'/);
    expect(answer.ms).toBeLessThan(3_000);
  });
});
