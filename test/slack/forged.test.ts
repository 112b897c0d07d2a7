// The deployed door, whole but for AWS: requests that Slack never sent, and signed ones that no client of Slack would make.
import { createHmac } from "node:crypto";
import { AwsLambdaReceiver } from "@slack/bolt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAccept } from "../../src/commands/accept.ts";
import { opensNoForms } from "../../src/commands/opening.ts";
import { CommandRequest } from "../../src/commands/request.ts";
import { commandSpecs } from "../../src/commands/specs.ts";
import { createLog } from "../../src/log.ts";
import { listen } from "../../src/slack/app.ts";
import { boltLogger, createLambdaApp } from "../../src/slack/bolt.ts";
import { createIngress } from "../../src/slack/ingress.ts";
import { hostileText } from "../support/arbitraries.ts";
import { aUrlEvent } from "../support/url-event.ts";

const now = Date.UTC(2026, 10, 22);
const secret = "the signing secret";
const team = "T0ODPSSIM";
const form = "application/x-www-form-urlencoded";

function aDoor() {
  const queued: CommandRequest[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = createLog(
    (line) => logged.push(JSON.parse(line)),
    () => now,
    "debug",
  );
  const receiver = new AwsLambdaReceiver({
    signingSecret: "checked before",
    signatureVerification: false,
    logger: boltLogger(log),
  });
  const queue = { send: async (request: CommandRequest) => void queued.push(request) };
  const shown = async () => [];
  const accept = createAccept({
    commands: commandSpecs,
    queue,
    isOurs: (caller) => caller.team === team,
    now: () => now,
    log,
    version: "0",
    forms: opensNoForms,
    shown,
  });
  listen(createLambdaApp(receiver, log), { accept }, team, log);
  const handler = receiver.toHandler();
  let parsed = 0;
  const handle = createIngress({
    signingSecrets: async () => [secret],
    doubtSecrets: () => undefined,
    bolt: async (event) => {
      parsed += 1;
      return handler(event, {});
    },
    now: () => now,
    log,
  });
  const rejected = () => logged.filter(({ event }) => event === "ingress.rejected").map(({ kind }) => kind);
  return { handle, queued, logged, rejected, parsed: () => parsed };
}

type Sent = { readonly body: string; readonly headers: Record<string, string>; readonly isBase64Encoded?: boolean };
const sign = (body: string, at: number, by: string) => `v0=${createHmac("sha256", by).update(`v0:${at}:${body}`).digest("hex")}`;
const signed = (body: string, type = form, at = now / 1_000, by = secret): Sent => ({
  body,
  headers: { "content-type": type, "x-slack-request-timestamp": String(at), "x-slack-signature": sign(body, at, by) },
});
const withHeaders = ({ body, headers }: Sent, more: Record<string, string>): Sent => ({ body, headers: { ...headers, ...more } });
/** With another header of the same name before its own. */
const doubled = ({ body, headers }: Sent, more: Record<string, string>): Sent => ({ body, headers: { ...more, ...headers } });
const without = ({ body, headers }: Sent, name: string): Sent => ({
  body,
  headers: Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name)),
});

const slash = (over: Record<string, string> = {}): string =>
  new URLSearchParams({
    ...{ command: "/odps", text: "status last SECRET-TEXT", team_id: team, user_id: "U0VIC0001", channel_id: "C1" },
    ...{ trigger_id: "1.2.3", response_url: "https://hooks.slack.com/commands/T/1/2" },
    ...over,
  }).toString();

const forgeries: readonly (readonly [string, Sent, number, string])[] = [
  ["without a signature", without(signed(slash()), "x-slack-signature"), 401, "signature"],
  ["without a time", without(signed(slash()), "x-slack-request-timestamp"), 401, "signature"],
  ["signed with another secret", signed(slash(), form, now / 1_000, "another"), 401, "signature"],
  ["signed five minutes ago", signed(slash(), form, now / 1_000 - 301), 401, "signature"],
  ["signed five minutes from now", signed(slash(), form, now / 1_000 + 301), 401, "signature"],
  ["signed a year from now", signed(slash(), form, now / 1_000 + 31_536_000), 401, "signature"],
  [
    "replayed with a newer time",
    withHeaders(signed(slash(), form, now / 1_000 - 301), { "x-slack-request-timestamp": String(now / 1_000) }),
    401,
    "signature",
  ],
  ["with another body under the signature", { ...signed(slash()), body: slash({ text: "stop last" }) }, 401, "signature"],
  ["with a second signature", doubled(signed(slash()), { "X-Slack-Signature": `v0=${"0".repeat(64)}` }), 401, "signature"],
  ["with a second time", doubled(signed(slash()), { "X-Slack-Request-Timestamp": "0" }), 401, "signature"],
  ["with a second content type", doubled(signed(slash()), { "Content-Type": "application/json" }), 415, "content type"],
  ["of no content type", without(signed(slash()), "content-type"), 415, "content type"],
  ["of a content type that is not Slack's", signed(slash(), "multipart/form-data; boundary=x"), 415, "content type"],
  ["larger than anything of Slack's", signed(`text=${"x".repeat(1_000_000)}`), 413, "too large"],
  ["larger than that in base64", { ...signed("A".repeat(1_400_000)), isBase64Encoded: true }, 413, "too large"],
  ["in base64 that is none", { ...signed("%%%%"), isBase64Encoded: true }, 401, "signature"],
  ["that dresses up as a probe", { body: `ssl_check=1&${slash()}`, headers: { "content-type": form } }, 401, "signature"],
];

describe("a forged request", () => {
  it.each(forgeries)(
    "%s is refused before anything parses it, counted by kind, and nothing of it is kept",
    async (_what, sent, status, kind) => {
      const { handle, queued, logged, rejected, parsed } = aDoor();
      expect(await handle(aUrlEvent({ isBase64Encoded: false, ...sent }))).toEqual({ statusCode: status, body: "" });
      expect([parsed(), queued, rejected()]).toEqual([0, [], [kind]]);
      expect(JSON.stringify(logged)).not.toContain("SECRET-TEXT");
    },
  );

  it("that replays a genuine one is the same request, which runs once", async () => {
    const { handle, queued } = aDoor();
    for (const _ of ["genuine", "replayed"])
      await handle(aUrlEvent({ isBase64Encoded: false, ...signed(slash({ text: "list" })) }));
    expect(queued.map(({ id }) => id)).toEqual([queued[0]?.id, queued[0]?.id]);
  });

  it("of another workspace is queued once, to be refused on record, and told at once after that that it is of another one", async () => {
    const { handle, queued } = aDoor();
    const foreign = (trigger_id: string) =>
      handle(aUrlEvent({ isBase64Encoded: false, ...signed(slash({ team_id: "TOTHER", text: "list", trigger_id })) }));
    await foreign("1.1");
    for (const again of ["1.2", "1.3"]) expect(JSON.stringify(await foreign(again))).toContain("you are of another one");
    expect(queued).toMatchObject([{ caller: { team: "TOTHER" } }]);
  });

  it.each(["user_id", "channel_id", "team_id", "trigger_id"])(
    "with a longer %s than any of Slack's is acknowledged, and not queued",
    async (name) => {
      const { handle, queued } = aDoor();
      const sent = signed(slash({ text: "list", [name]: "U".repeat(256) }));
      expect(await handle(aUrlEvent({ isBase64Encoded: false, ...sent }))).toMatchObject({ statusCode: 200 });
      expect(queued).toEqual([]);
    },
  );

  it("that is signed and neither a form nor JSON is refused, and counted", async () => {
    const { handle, queued, rejected } = aDoor();
    for (const sent of [signed("{", "application/json"), signed("payload=%7B"), signed("\u0000", "application/json")])
      expect(await handle(aUrlEvent({ isBase64Encoded: false, ...sent }))).toMatchObject({ statusCode: 400 });
    expect(rejected()).toEqual(["malformed", "malformed", "malformed"]);
    expect(queued).toEqual([]);
  });
});

const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), hostileText, fc.constantFrom(team, "U0VIC0001", "C1", null, [], {}));
const element = fc.record(
  {
    type: fc.constantFrom("button", "overflow", "static_select"),
    action_id: fc.oneof(hostileText, fc.constantFrom("intent.run", "instance.status", "command.run.1", "__proto__")),
    value: fc.oneof(
      anything,
      fc.constant("r1:E-1.0"),
      hostileText.map((text) => `text:${text}`),
    ),
    selected_option: anything,
  },
  { requiredKeys: ["type"] },
);
const interactive = fc.record(
  {
    type: fc.constantFrom("block_actions", "view_submission", "view_closed", "block_suggestion", "shortcut", "message_action"),
    user: fc.oneof(anything, fc.constant({ id: "U0VIC0001", team_id: team })),
    team: fc.oneof(anything, fc.constant({ id: team })),
    channel: fc.oneof(anything, fc.constant({ id: "C1" })),
    container: anything,
    trigger_id: fc.oneof(anything, fc.constant("1.2.3")),
    response_url: anything,
    actions: fc.oneof(anything, fc.array(element, { minLength: 1, maxLength: 2 })),
    view: fc.oneof(
      anything,
      fc.record({
        callback_id: fc.oneof(hostileText, fc.constant("form.filter")),
        private_metadata: hostileText,
        state: fc.record({ values: anything }),
      }),
    ),
    callback_id: hostileText,
    action_id: fc.oneof(hostileText, fc.constant("list.pick")),
    value: anything,
  },
  { requiredKeys: ["type"] },
);
const event = fc.record({
  type: fc.constant("event_callback"),
  team_id: fc.oneof(anything, fc.constant(team)),
  authorizations: anything,
  event: fc.record(
    {
      type: fc.constantFrom("message", "app_mention", "link_shared", "app_uninstalled"),
      ...{ channel_type: fc.constantFrom("im", "channel"), user: anything, channel: anything, text: anything, ts: anything },
      ...{
        links: anything,
        source: anything,
        message_ts: anything,
        thread_ts: anything,
        subtype: fc.constantFrom(undefined, "file_share"),
      },
    },
    { requiredKeys: ["type"] },
  ),
});
const typed = fc.record({ text: hostileText, user_id: hostileText, trigger_id: hostileText, response_url: hostileText });
const anyBody = fc.oneof(
  interactive.map((payload) => signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())),
  event.map((body) => signed(JSON.stringify(body), "application/json")),
  typed.map((over) => signed(slash(over))),
  hostileText.map((text) => signed(text, "application/json")),
);

describe("a signed request of any shape", () => {
  it("is acknowledged or refused, never a crash, and what is queued of it is a request as every worker knows it", async () => {
    const { handle, queued, logged } = aDoor();
    await fc.assert(
      fc.asyncProperty(anyBody, async (sent) => {
        const before = queued.length;
        const answer = await handle(aUrlEvent({ isBase64Encoded: false, ...sent }));
        const status = typeof answer === "object" ? answer.statusCode : 0;
        expect([200, 400, 404, 500]).toContain(status);
        for (const request of queued.slice(before)) expect(CommandRequest.safeParse(request).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    expect(logged.filter(({ event: name }) => name === "request.not_accepted")).toEqual([]);
  });
});
