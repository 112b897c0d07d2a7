import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { AccessKey, CredentialsProvider, MaxComputeOptions } from "../../../src/maxcompute/index.ts";
import { createMaxComputeClient, MaxComputeError } from "../../../src/maxcompute/index.ts";
import type { RecordedRequest, RecordedServer } from "../../support/recorded-server.ts";
import { aClient, aServer, failureOf, instanceId, testOptions } from "../a-client.ts";

const running = { body: "<Instance><Status>Running</Status></Instance>" };
const refusal = (code: string, status = 401) => ({ status, body: `<Error><Code>${code}</Code><Message>no</Message></Error>` });

const idIn = ({ headers }: RecordedRequest) => /^ODPS ([^:/]+)/.exec(headers.authorization ?? "")?.[1];
const key = (id: string, stsToken?: string): AccessKey => ({ id, secret: `secret-of-${id}`, stsToken });

/** A provider of the given keys, one after another with each refresh, the last for ever. */
const changing = (...keys: readonly AccessKey[]) => {
  const counts = { refreshes: 0 };
  const provider: CredentialsProvider = {
    get: async () => keys[Math.min(counts.refreshes, keys.length - 1)] ?? key("none"),
    refresh: () => {
      counts.refreshes += 1;
    },
  };
  return { provider, counts };
};

const clientWith = (server: RecordedServer, credentials: CredentialsProvider, options: Partial<MaxComputeOptions> = {}) =>
  aClient(server, { ...options, accessKey: undefined, credentials }).client;

describe("a client's identity", () => {
  it("is a key or a provider, one of the two", () => {
    const { accessKey, ...rest } = testOptions;
    const { provider } = changing(key("a"));
    const refused = expect.objectContaining({ kind: "invalid" });
    expect(() => createMaxComputeClient(rest)).toThrow(refused);
    expect(() => createMaxComputeClient({ ...rest, accessKey, credentials: provider })).toThrow(refused);
    expect(createMaxComputeClient({ ...rest, credentials: provider }).project).toBe("demo_proj");
  });

  it("is asked for before each attempt, so that a new key is used at once", async () => {
    let current = key("one", "token-one");
    const server = await aServer((_, index) => {
      if (index > 0) return running;
      current = key("two", "token-two");
      return { status: 503 };
    });
    await clientWith(server, { get: async () => current }).getInstance(instanceId);
    expect(server.requests.map((request) => [idIn(request), request.headers["authorization-sts-token"]])).toEqual([
      ["one", "token-one"],
      ["two", "token-two"],
    ]);
  });

  it.each(["AuthenticationRequestExpired", "SignatureNotMatch", "ODPS-0410051", "Unauthorized"])(
    "is renewed once when MaxCompute refuses it (%s), for a write too",
    async (code) => {
      const server = await aServer((request) => (idIn(request) === "new" ? {} : refusal(code)));
      const { provider, counts } = changing(key("old"), key("new"));
      await clientWith(server, provider, { retries: 0 }).stopInstance(instanceId);
      expect(server.requests.map(idIn)).toEqual(["old", "new"]);
      expect(counts.refreshes).toBe(1);
    },
  );

  it("is not tried again when there is no other", async () => {
    const server = await aServer(() => refusal("SignatureNotMatch"));
    const { provider } = changing(key("only"));
    expect(await failureOf(clientWith(server, provider).getInstance(instanceId))).toMatchObject({ code: "SignatureNotMatch" });
    expect(server.requests).toHaveLength(1);
  });

  it("is renewed once a call, not for ever", async () => {
    const server = await aServer(() => refusal("SignatureNotMatch"));
    const { provider } = changing(key("a"), key("b"), key("c"));
    await failureOf(clientWith(server, provider).getInstance(instanceId));
    expect(server.requests.map(idIn)).toEqual(["a", "b"]);
  });

  it("is not renewed when another call has done so meanwhile", async () => {
    let current = key("old");
    let refreshes = 0;
    const server = await aServer((request) => {
      if (idIn(request) === "new") return running;
      current = key("new");
      return refusal("AuthenticationRequestExpired");
    });
    const refresh = () => {
      refreshes += 1;
    };
    await clientWith(server, { get: async () => current, refresh }).getInstance(instanceId);
    expect(refreshes).toBe(0);
  });

  it("is not renewed for a right that is missing", async () => {
    const server = await aServer(() => refusal("NoPermission", 403));
    const { provider, counts } = changing(key("a"), key("b"));
    expect(await failureOf(clientWith(server, provider).getInstance(instanceId))).toMatchObject({ kind: "denied" });
    expect(counts.refreshes).toBe(0);
  });

  it("keeps MaxCompute's own words when it cannot be renewed", async () => {
    const server = await aServer(() => refusal("AuthenticationRequestExpired"));
    const provider = { get: async () => key("a"), refresh: () => Promise.reject(new Error("away")) };
    expect(await failureOf(clientWith(server, provider).getInstance(instanceId))).toMatchObject({
      code: "AuthenticationRequestExpired",
    });
  });

  it("keeps MaxCompute's own words when a new one does not come in time", async () => {
    const server = await aServer(() => refusal("AuthenticationRequestExpired"));
    const provider = { get: async () => key("a"), refresh: () => new Promise<void>(() => undefined) };
    const client = clientWith(server, provider, { timeouts: { totalMs: 400 } });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ code: "AuthenticationRequestExpired" });
    expect(server.requests).toHaveLength(1);
  });

  it("may first be refused for the version of its signature, then for its key", async () => {
    const { provider } = changing(key("old"), key("new"));
    const noV4 = await aServer((request) => {
      if (request.headers.authorization?.includes("aliyun_v4_request"))
        return { status: 500, body: "<Error><Code>InternalServerError</Code><Message>need ak v3 support</Message></Error>" };
      return idIn(request) === "new" ? running : refusal("SignatureNotMatch");
    });
    await clientWith(noV4, provider, { region: "cn-test" }).getInstance(instanceId);
    expect(noV4.requests.map(idIn)).toEqual(["old", "old", "new"]);
  });

  it.each<[string, () => Promise<AccessKey>, object]>([
    [
      "is away",
      () => Promise.reject(Object.assign(new Error("secret-word"), { code: "ENOENT" })),
      { kind: "unauthorized", message: "The credentials cannot be read (ENOENT)" },
    ],
    [
      "gives what cannot be sent",
      async () => ({ id: "a\nb", secret: "s" }),
      { kind: "unauthorized", message: "The access key id must be printable ASCII" },
    ],
  ])("cannot be proven when its provider %s: nothing is asked, nothing is quoted", async (_, get, expected) => {
    const server = await aServer(() => running);
    const error = await failureOf(clientWith(server, { get }).getInstance(instanceId));
    expect(error).toMatchObject({ name: "MaxComputeError", ...expected });
    expect(inspect(error)).not.toContain("secret-word");
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ["not-found", "unauthorized"],
    ["denied", "unauthorized"],
    ["malformed", "unauthorized"],
    ["unreachable", "unreachable"],
    ["throttled", "throttled"],
  ] as const)(
    "that is %s where it is asked for is %s to whoever calls, and never MaxCompute's word on the instance",
    async (kind, told) => {
      const server = await aServer(() => running);
      const get = async () => {
        throw new MaxComputeError(kind, "no key", { code: "C", requestId: "R", httpStatus: 404 });
      };
      const error = await failureOf(clientWith(server, { get }).instanceExists(instanceId));
      expect(error).toMatchObject({ kind: told, message: "no key", code: "C", requestId: "R", httpStatus: undefined });
      expect(server.requests).toHaveLength(0);
    },
  );

  it("does not keep a call longer than its time", async () => {
    const server = await aServer(() => running);
    const client = clientWith(server, { get: () => new Promise(() => undefined) }, { timeouts: { requestMs: 100 } });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "timeout", instanceId });
  });

  it("does not keep a wait that is called off", async () => {
    const server = await aServer(() => running);
    const controller = new AbortController();
    const get = () => {
      setImmediate(() => controller.abort());
      return new Promise<never>(() => undefined);
    };
    const waiting = clientWith(server, { get }).waitForCompletion(instanceId, { signal: controller.signal });
    expect(await failureOf(waiting)).toMatchObject({ kind: "aborted" });
  });
});

describe("the secrets of an identity", () => {
  it("are told by no error, be they of now or of before", async () => {
    const old = key("old", "token-of-before");
    const renewed = key("new", "token-of-now");
    const echo = `${old.secret} ${old.stsToken} ${renewed.secret} ${renewed.stsToken}`;
    const server = await aServer((request) =>
      idIn(request) === "new"
        ? { status: 400, body: `<Error><Code>InvalidParameter</Code><Message>${echo}</Message></Error>` }
        : refusal("AuthenticationRequestExpired"),
    );
    const { provider } = changing(old, renewed);
    const error = await failureOf(clientWith(server, provider).getInstance(instanceId));
    expect(error).toMatchObject({ code: "InvalidParameter", message: expect.stringContaining("*** *** *** ***") });
  });

  it("are told by no error of the provider's", async () => {
    const server = await aServer(() => refusal("InternalServerError", 500));
    let asked = 0;
    const get = async () => {
      asked += 1;
      if (asked === 1) return key("old");
      throw new MaxComputeError("invalid", "secret-of-old is not accepted any longer");
    };
    const error = await failureOf(clientWith(server, { get }).getInstance(instanceId));
    expect(error).toMatchObject({ kind: "unauthorized", message: "*** is not accepted any longer" });
  });

  it("are told by no answer that cannot be read", async () => {
    const server = await aServer(() => ({ body: "<Instance>&secret-of-old;</Instance>" }));
    const error = await failureOf(clientWith(server, changing(key("old")).provider).getInstance(instanceId));
    expect(error).toMatchObject({ kind: "malformed" });
    expect(inspect(error)).not.toContain("secret-of-old");
  });
});
