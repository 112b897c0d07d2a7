import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalStrings } from "../../../src/simulator/maxcompute/auth/canonical.ts";
import { expectedSignature, parseAuthorization } from "../../../src/simulator/maxcompute/auth/signature.ts";
import { verify } from "../../../src/simulator/maxcompute/auth/verify.ts";
import { readCall } from "../../../src/simulator/maxcompute/call.ts";
import v2 from "../../vectors/signature_v2.json" with { type: "json" };
import v4 from "../../vectors/signature_v4.json" with { type: "json" };
import { aSimulator, errorCode, texts } from "./wire.ts";

type Vector = {
  readonly name: string;
  readonly input: {
    readonly method: string;
    readonly date: string;
    readonly accessId: string;
    readonly accessKey: string;
    readonly region?: string;
  };
  readonly expected: {
    readonly wireUrl: string;
    readonly signedHeaders: Readonly<Record<string, string | undefined>>;
    readonly canonicalString?: string;
    readonly authorization: string | null;
  };
};

const vectors: readonly Vector[] = [...v2.cases, ...v4.cases];
const signed = vectors.filter(({ expected }) => expected.authorization !== null);
// Another prefix is another company's cloud.
const ours = signed.filter(({ expected }) => !/\/odps\/(?!aliyun_v4_request:)/.test(expected.authorization ?? ""));

const callOf = ({ input, expected }: Vector) => {
  const { pathname, search } = new URL(expected.wireUrl);
  return readCall({
    method: input.method,
    url: expected.wireUrl.slice(expected.wireUrl.indexOf(pathname)) || search,
    headers: { ...expected.signedHeaders, authorization: expected.authorization ?? "" },
    body: "",
    serverTime: Date.parse(input.date),
    signal: new AbortController().signal,
  });
};

const signaturesFor = (vector: Vector, secret: string): string[] => {
  const authorization = parseAuthorization(vector.expected.authorization ?? "");
  return authorization === undefined
    ? []
    : canonicalStrings(callOf(vector)).map((text) => expectedSignature(authorization, secret, text));
};

describe("recorded requests of PyODPS", () => {
  it.each(ours.map((vector) => [vector.name, vector] as const))("%s has the signature that was recorded", (_name, vector) => {
    const { canonicalString = canonicalStrings(callOf(vector))[0], authorization } = vector.expected;
    const recorded = authorization?.split(":").at(-1);
    expect(canonicalStrings(callOf(vector))).toContain(canonicalString);
    expect(signaturesFor(vector, vector.input.accessKey)).toContain(recorded);
    expect(signaturesFor(vector, `${vector.input.accessKey}x`)).not.toContain(recorded);
  });

  it("are let in, unless the scope names another day than the Date header", () => {
    const refused = ours.filter((vector) => {
      const { accessId, accessKey, region = "" } = vector.input;
      try {
        verify(callOf(vector), { accessId, accessKey, region });
        return false;
      } catch {
        return true;
      }
    });
    // The recorder froze the two apart in exactly these.
    expect(refused.map(({ name }) => name)).toEqual(["v4-post-create", "v4-put-stop"]);
  });
});

describe("credentials over HTTP", () => {
  let world: Awaited<ReturnType<typeof aSimulator>>;
  beforeAll(async () => {
    world = await aSimulator();
  });
  afterAll(() => world.simulator.close());

  const list = (overrides: object) => world.ask({ path: "/projects/demo_project/instances", ...overrides });

  it("lets a request in that is signed with either version", async () => {
    expect((await list({})).status).toBe(200);
    expect((await list({ region: "cn-hangzhou" })).status).toBe(200);
  });

  it("takes a value that Java signs decoded once, and the same value as PyODPS signs it, decoded twice", async () => {
    const query = [["jobname", "50%41 a+b&c=d"]] as const;
    expect((await list({ query })).status).toBe(200);
  });

  it.each([
    ["without a signature", { unsigned: true }, "AuthorizationRequired", 401],
    ["with an unknown access id", { accessId: "someone-else" }, "Unauthorized", 401],
    ["with a wrong key", { accessKey: "wrong" }, "SignatureNotMatch", 401],
    ["with a wrong key, version 4", { accessKey: "wrong", region: "cn-hangzhou" }, "SignatureNotMatch", 401],
    ["signed for another region", { region: "cn-beijing" }, "SignatureNotMatch", 401],
    ["whose date is 16 minutes late", { date: Date.UTC(2026, 10, 22, 9, 44) }, "RequestTimeTooSkewed", 400],
    ["whose date is 16 minutes early", { date: Date.UTC(2026, 10, 22, 10, 16) }, "RequestTimeTooSkewed", 400],
  ])("a request %s is refused, with all four elements and a request id", async (_case, overrides, code, status) => {
    const answer = await list(overrides);
    expect([answer.status, errorCode(answer)]).toEqual([status, code]);
    expect(answer.body).toMatch(
      /<Error><Code>\w+<\/Code><Message><!\[CDATA\[.+\]\]><\/Message><RequestId>\w+<\/RequestId><HostId>.+<\/HostId><\/Error>/,
    );
    expect(answer.headers["x-odps-request-id"]).toBe(texts(answer.body, "RequestId")[0]);
  });

  it("says by how much a clock is wrong, in the words PyODPS reads", async () => {
    const { body } = await list({ date: Date.UTC(2026, 10, 22, 9, 0) });
    expect(body).toContain("max_interval_date:900000,expire_date:2026-11-22T09:15:00.000Z,now_date:2026-11-22T10:00:00.000Z");
  });

  it("asks for the security token when it is configured to, and for the right one", async () => {
    const sts = await aSimulator({ stsToken: "token-1" });
    const withToken = (token: Record<string, string>) => sts.ask({ path: "/projects/demo_project/instances", headers: token });
    const answers = [
      await withToken({}),
      await withToken({ "authorization-sts-token": "token-2" }),
      await withToken({ "authorization-sts-token": "token-1" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200]);
    await sts.simulator.close();
  });
});
