// On the wire, against an STS that verifies signatures with code of its own.
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { type CredentialsProvider, createRoleSessions, type Fetch, staticCredentials } from "../../../src/maxcompute/index.ts";
import { type StsOptions, startLoopbackSts, stsRefusal } from "../../support/loopback-sts.ts";
import type { RecordedAnswer } from "../../support/recorded-server.ts";
import { failureOf, testNow } from "../a-client.ts";

const minute = 60_000;
const roleArn = "acs:ram::1234567890123456:role/odps-chatops";
const own = { id: "own-id", secret: "own-secret-own" };

type Over = Partial<StsOptions> & { readonly credentials?: CredentialsProvider; readonly aheadMs?: number };

/** An STS, sessions of it, and a clock to move. */
async function sessionsOf({ credentials = staticCredentials(own), aheadMs = 0, ...over }: Over = {}) {
  const world = { now: testNow, nonces: 0 };
  const sts = await startLoopbackSts({ keys: { [own.id]: own.secret }, now: () => world.now, ...over });
  onTestFinished(() => sts.server.close());
  const newNonce = () => {
    world.nonces += 1;
    return `nonce-${world.nonces}`;
  };
  const now = () => world.now + aheadMs;
  const sessions = createRoleSessions({ roleArn, endpoint: sts.endpoint, credentials, fetch, now, newNonce });
  return { sts, sessions, world };
}
const answering = async (answer: RecordedAnswer) => sessionsOf({ instead: () => answer });

const session = (over: object = {}, credentials: object = {}): RecordedAnswer => ({
  body: JSON.stringify({
    RequestId: "REQ-1",
    AssumedRoleUser: { Arn: `${roleArn}/slack-U1`, AssumedRoleId: "1:slack-U1" },
    Credentials: {
      AccessKeyId: "STS.x",
      AccessKeySecret: "hidden-hidden",
      SecurityToken: "token-token",
      Expiration: "2026-11-22T10:50:30Z",
      ...credentials,
    },
    ...over,
  }),
});

describe("a session of a role", () => {
  it("is asked for with a signature that STS accepts, under the name of whom it is for", async () => {
    const { sts, sessions } = await sessionsOf();
    expect(await sessions.of("slack-U0123ABCD").get()).toEqual({
      id: "STS.slack-U0123ABCD.1",
      secret: "session-secret-1-aaaa",
      stsToken: "session-token-1-bbbb",
      expiresAt: testNow + 30 * minute,
    });
    expect(Object.fromEntries(sts.assumed[0] ?? [])).toMatchObject({
      RoleArn: roleArn,
      RoleSessionName: "slack-U0123ABCD",
      DurationSeconds: "1800",
      Timestamp: "2026-11-22T10:20:30Z",
    });
  });

  it("is asked for in a form, and nothing of it is in the address", async () => {
    const { sts, sessions } = await sessionsOf();
    await sessions.of("slack-U1").get();
    expect(sts.server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(["POST /"]);
  });

  it("may be asked for with a temporary key", async () => {
    const { sts, sessions } = await sessionsOf({ credentials: staticCredentials({ ...own, stsToken: "own+token/==" }) });
    await sessions.of("slack-U1").get();
    expect(sts.assumed[0]?.get("SecurityToken")).toBe("own+token/==");
  });

  it("is kept until five minutes before it ends, and then replaced under the same name", async () => {
    const { sts, sessions, world } = await sessionsOf();
    const ids = [];
    for (const minutes of [0, 24, 25]) {
      world.now = testNow + minutes * minute;
      ids.push((await sessions.of("slack-U1").get()).id);
    }
    expect(ids).toEqual(["STS.slack-U1.1", "STS.slack-U1.1", "STS.slack-U1.2"]);
    expect(sts.names()).toEqual(["slack-U1", "slack-U1"]);
  });

  it("is asked for once by all who need it at the same time", async () => {
    const { sts, sessions } = await sessionsOf();
    await Promise.all(Array.from({ length: 5 }, () => sessions.of("slack-U1").get()));
    expect(sts.names()).toEqual(["slack-U1"]);
  });

  it("is nobody else's: each person has their own, also when they come at the same time", async () => {
    const { sessions } = await sessionsOf();
    const people = ["slack-U1", "slack-U2", "odps-chatops", "slack-U1"];
    const ids = await Promise.all(people.map(async (name) => (await sessions.of(name).get()).id));
    expect(ids.map((id) => id.split(".")[1])).toEqual(people);
    expect(ids[0]).toBe(ids[3]);
  });

  it("is forgotten when 500 others were asked for since, and not before", async () => {
    const { sessions } = await sessionsOf();
    const first = sessions.of("slack-first");
    let count = 0;
    const isStillKeptAfter = (others: number) => {
      for (const end = count + others; count < end; count += 1) sessions.of(`slack-${count}`);
      return sessions.of("slack-first") === first;
    };
    expect([isStillKeptAfter(499), isStillKeptAfter(499), isStillKeptAfter(500)]).toEqual([true, true, false]);
  });

  it("ends by our own clock half an hour after it was asked for, whatever STS's says", async () => {
    const { sessions } = await sessionsOf({ aheadMs: -10 * minute });
    expect(await sessions.of("slack-U1").get()).toMatchObject({ expiresAt: testNow + 20 * minute });
  });

  it("is tried out without being kept", async () => {
    const { sts, sessions } = await sessionsOf();
    await sessions.tryOut("slack-U1");
    await sessions.tryOut("slack-U1");
    expect(sts.names()).toEqual(["slack-U1", "slack-U1"]);
  });

  it("is asked for again, once, when the bot's own key was changed meanwhile", async () => {
    let secret = "the-old-secret";
    const refresh = () => {
      secret = own.secret;
    };
    const { sts, sessions } = await sessionsOf({ credentials: { get: async () => ({ ...own, secret }), refresh } });
    expect(await sessions.of("slack-U1").get()).toMatchObject({ id: "STS.slack-U1.1" });
    expect(sts.server.requests).toHaveLength(2);
  });

  it.each(["x", "slack-U1/../", "slack U1", `slack-${"U".repeat(59)}`, ""])("cannot be named %j", async (name) => {
    const { sts, sessions } = await sessionsOf();
    expect(await failureOf(sessions.of(name).get())).toMatchObject({ kind: "invalid" });
    expect(sts.server.requests).toEqual([]);
  });

  it.each([
    ["acs:ram::1:user/bot", "https://sts.aliyuncs.com", "The role must be named"],
    [`${roleArn} `, "https://sts.aliyuncs.com", "The role must be named"],
    [roleArn, "http://sts.aliyuncs.com", "The endpoint of STS must be an https URL"],
    [roleArn, "sts.aliyuncs.com", "The endpoint of STS is not a URL"],
  ])("is of no role %j at %s", (role, endpoint, words) => {
    const ports = { fetch, now: () => testNow, newNonce: () => "n" };
    const make = () => createRoleSessions({ roleArn: role, endpoint, credentials: staticCredentials(own), ...ports });
    expect(make).toThrow(expect.objectContaining({ kind: "invalid", message: expect.stringContaining(words) }));
  });
});

describe("a session that cannot be had", () => {
  it.each<[string, number, string]>([
    ["NoPermission", 403, "denied"],
    ["EntityNotExist.Role", 404, "not-found"],
    ["InvalidAccessKeyId.NotFound", 404, "unauthorized"],
    ["InvalidAccessKeyId.Inactive", 403, "unauthorized"],
    ["SignatureDoesNotMatch", 400, "unauthorized"],
    ["InvalidSecurityToken.Expired", 400, "unauthorized"],
    ["InvalidTimeStamp.Expired", 400, "clock-skew"],
    ["InvalidParameter.RoleArn", 400, "invalid"],
    ["Throttling.User", 400, "throttled"],
    ["ServiceUnavailable", 503, "server"],
    ["SomethingNew", 403, "denied"],
    ["SomethingNew", 500, "server"],
  ])("because of %s (%i) is %s, with the code and the request's id", async (code, status, kind) => {
    const { sessions } = await answering(stsRefusal(status, code));
    expect(await failureOf(sessions.of("slack-U1").get())).toMatchObject({
      name: "MaxComputeError",
      kind,
      code,
      requestId: "REQ-STS-1",
      httpStatus: status,
      message: `STS gives no session of the role (${code})`,
    });
  });

  it.each<[string, RecordedAnswer, object]>([
    ["is a web page", { status: 502, body: "<html>" }, { kind: "server", message: expect.stringContaining("status 502") }],
    ["is no JSON", { body: "{" }, { kind: "malformed" }],
    ["has no key", session({ Credentials: {} }), { kind: "malformed", requestId: "REQ-1" }],
    ["has no token", session({}, { SecurityToken: "" }), { kind: "malformed" }],
    ["has a secret that is no text", session({}, { AccessKeySecret: 1 }), { kind: "malformed" }],
    ["has no end", session({}, { Expiration: undefined }), { kind: "malformed" }],
    ["ends at no time", session({}, { Expiration: "tomorrow" }), { kind: "malformed" }],
    ["has ended", session({}, { Expiration: "2026-11-22T10:20:30Z" }), { kind: "malformed" }],
    ["is somebody else's", session({ AssumedRoleUser: { Arn: `${roleArn}/slack-U2` } }), { kind: "malformed" }],
    ["is nobody's", session({ AssumedRoleUser: undefined }), { kind: "malformed" }],
    ["is a megabyte", { body: "x".repeat(1_000_000) }, { kind: "too-large" }],
    ["leads elsewhere", { status: 302, headers: { location: "/elsewhere" } }, { kind: "unreachable" }],
    [
      "breaks off",
      (response) => void response.destroy(),
      { kind: "unreachable", message: "STS does not answer (UND_ERR_SOCKET)" },
    ],
  ])("because the answer %s is said so, and nothing of it is quoted", async (_, answer, expected) => {
    const { sessions, sts } = await answering(answer);
    const error = await failureOf(sessions.of("slack-U1").get());
    expect(error).toMatchObject({ name: "MaxComputeError", ...expected });
    expect(inspect(error, { depth: 9 })).not.toMatch(/hidden-hidden|token-token|own-secret/);
    expect(sts.server.requests).toHaveLength(1);
  });

  it("because time is up is a timeout", async () => {
    const { sts } = await sessionsOf();
    const late: Fetch = async () => {
      throw new DOMException("late", "TimeoutError"); // what a signal of AbortSignal.timeout makes fetch throw
    };
    const ports = { fetch: late, now: () => testNow, newNonce: () => "n" };
    const sessions = createRoleSessions({ roleArn, endpoint: sts.endpoint, credentials: staticCredentials(own), ...ports });
    expect(await failureOf(sessions.of("slack-U1").get())).toMatchObject({ kind: "timeout" });
  });

  it("tells no secret, although a refusal quotes what was signed", async () => {
    const echo = (parameters: ReadonlyMap<string, string>) =>
      stsRefusal(400, own.secret, `${own.secret} own-token-own ${parameters.get("Signature")}`);
    const credentials = staticCredentials({ ...own, stsToken: "own-token-own" });
    const { sessions } = await sessionsOf({ credentials, instead: echo });
    const error = await failureOf(sessions.of("slack-U1").get());
    expect(error).toMatchObject({ name: "MaxComputeError", code: "***" });
    expect(inspect(error, { depth: 9 })).not.toMatch(/own-secret|own-token/);
  });

  it("does not stop whoever has one that is still valid", async () => {
    let isAway = false;
    const instead = () => (isAway ? { status: 503 } : undefined);
    const { sessions, world } = await sessionsOf({ instead });
    await sessions.of("slack-U1").get();
    isAway = true;
    world.now += 28 * minute;
    expect(await sessions.of("slack-U1").get()).toMatchObject({ id: "STS.slack-U1.1" });
    world.now += 3 * minute;
    expect(await failureOf(sessions.of("slack-U1").get())).toMatchObject({ kind: "server" });
  });
});
