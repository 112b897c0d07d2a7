import { describe, expect, it } from "vitest";
import { credentialsFromUri, credentialsOfEcsRole, type Fetch } from "../../../src/maxcompute/index.ts";
import type { RecordedAnswer, RecordedRequest } from "../../support/recorded-server.ts";
import { aServer, failureOf, testNow } from "../a-client.ts";

const secret = "SeCrEt-of-the-document";
const document = (over: object = {}) =>
  JSON.stringify({
    AccessKeyId: "STS.id",
    AccessKeySecret: secret,
    SecurityToken: "token-token",
    Expiration: "2026-11-22T11:20:30Z",
    ...over,
  });
const key = { id: "STS.id", secret, stsToken: "token-token", expiresAt: testNow + 3_600_000 };
const now = () => testNow;

const aUri = async (answer: RecordedAnswer) => {
  const server = await aServer(() => answer);
  return { server, provider: credentialsFromUri({ uri: `${server.origin}/keys?token=abc`, fetch, now }) };
};

describe("a credentials URI", () => {
  it("gives a temporary key, and is asked once", async () => {
    const { provider, server } = await aUri({ body: document() });
    expect(await provider.get()).toEqual(key);
    expect(await provider.get()).toEqual(key);
    expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(["GET /keys?token=abc"]);
  });

  it("may give a key that does not expire", async () => {
    const { provider } = await aUri({ body: document({ Expiration: undefined, SecurityToken: undefined }) });
    expect(await provider.get()).toEqual({ id: "STS.id", secret, stsToken: undefined, expiresAt: undefined });
  });

  it.each<[string, RecordedAnswer, string]>([
    ["a status that is not 200", { status: 403, body: secret }, "answers with status 403"],
    ["no JSON", { body: `${secret} {` }, "does not answer with JSON"],
    ["no key", { body: document({ AccessKeySecret: "" }) }, "answers without a key"],
    ["a refusal", { body: document({ Code: "Failed" }) }, "answers that it has no key"],
    ["a time that is none", { body: document({ Expiration: secret }) }, "gives a time of expiry that cannot be read"],
    ["a megabyte", { body: secret.repeat(50_000) }, "answers with more than a key"],
    ["nothing", (response) => void response.destroy(), "does not answer (UND_ERR_SOCKET)"],
  ])("that gives %s is of no use, and its error quotes nothing", async (_, answer, words) => {
    const { provider } = await aUri(answer);
    const error = await failureOf(provider.get());
    expect(error).toMatchObject({ kind: "unauthorized", message: `The credentials URI ${words}` });
    expect(String(error)).not.toContain(secret);
  });

  it("is not followed elsewhere", async () => {
    const server = await aServer(({ target }) =>
      target === "/elsewhere" ? { body: document() } : { status: 302, headers: { location: "/elsewhere" } },
    );
    const provider = credentialsFromUri({ uri: `${server.origin}/keys`, fetch, now });
    expect(await failureOf(provider.get())).toMatchObject({ message: "The credentials URI does not answer" });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["http://10.0.0.1/keys", "must be an https URL, or an http URL of this machine"],
    ["http://127.0.0.1.evil.test/keys", "must be an https URL, or an http URL of this machine"],
    ["file:///etc/passwd", "must be an https URL, or an http URL of this machine"],
    ["http://user:word@localhost/", "must not have a login in it"],
    ["keys", "is not a URL"],
  ])("is refused at %s", (uri, words) => {
    const make = () => credentialsFromUri({ uri, fetch, now });
    expect(make).toThrow(expect.objectContaining({ kind: "invalid", message: `The credentials URI ${words}` }));
  });

  it.each(["https://keys.test/", "http://localhost:6666/", "http://127.0.0.2/", "http://[::1]:1/"])("may be %s", async (uri) => {
    const asked: string[] = [];
    const fakeFetch: Fetch = async (url) => {
      asked.push(url);
      return new Response(document());
    };
    expect(await credentialsFromUri({ uri, fetch: fakeFetch, now }).get()).toEqual(key);
    expect(asked).toEqual([uri]);
  });

  it("may be far away and in the clear only when told so", async () => {
    const fakeFetch: Fetch = async () => new Response(document());
    const provider = credentialsFromUri({ uri: "http://10.0.0.1/", fetch: fakeFetch, now, allowPlainHttp: true });
    expect(await provider.get()).toEqual(key);
  });
});

describe("the role of an ECS machine", () => {
  const aMetadataService = async (answerTo: (request: RecordedRequest) => RecordedAnswer) => {
    const server = await aServer(answerTo);
    const here: Fetch = (url, init) => fetch(url.replace("http://100.100.100.200", server.origin), init);
    return { server, fetch: here };
  };
  const roles = "/latest/meta-data/ram/security-credentials/";
  const answers: Record<string, RecordedAnswer> = {
    "/latest/api/token": { body: "guard\n" },
    [roles]: { body: "my-role\n" },
    [`${roles}my-role`]: { body: document({ Code: "Success" }) },
  };

  it("is asked for under the guard of a token", async () => {
    const { server, fetch } = await aMetadataService(({ target }) => answers[target] ?? { status: 404 });
    expect(await credentialsOfEcsRole({ fetch, now }).get()).toEqual(key);
    expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "PUT /latest/api/token",
      `GET ${roles}`,
      `GET ${roles}my-role`,
    ]);
    expect(server.requests.slice(1).map(({ headers }) => headers["x-aliyun-ecs-metadata-token"])).toEqual(["guard", "guard"]);
  });

  it("need not be asked for by name when that is known, nor have a token", async () => {
    const { server, fetch } = await aMetadataService(({ method, target }) =>
      method === "PUT" ? { status: 404 } : (answers[target] ?? { status: 404 }),
    );
    expect(await credentialsOfEcsRole({ role: "my-role", fetch, now }).get()).toEqual(key);
    expect(server.requests).toHaveLength(2);
  });

  it("is not asked for without a token where that is not allowed", async () => {
    const { server, fetch } = await aMetadataService(() => ({ status: 404 }));
    const provider = credentialsOfEcsRole({ role: "my-role", fetch, now, allowsV1: false });
    expect(await failureOf(provider.get())).toMatchObject({ kind: "unauthorized" });
    expect(server.requests).toHaveLength(1);
  });

  it("is of no use when its name leads elsewhere", async () => {
    const { fetch } = await aMetadataService(({ target }) => (target === roles ? { body: "../x" } : {}));
    expect(await failureOf(credentialsOfEcsRole({ fetch, now }).get())).toMatchObject({
      message: "The ECS metadata service names no role",
    });
  });
});
