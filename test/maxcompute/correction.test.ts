import { describe, expect, it } from "vitest";
import { aClient, aServer, failureOf, instanceId, testNow } from "./a-client.ts";

const running = { body: "<Instance><Status>Running</Status></Instance>" };
const refusal = (code: string, message: string, status = 400, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: `<Error><Code>${code}</Code><Message><![CDATA[${message}]]></Message></Error>`,
});

const hour = 3_600_000;
const dateOf = (at: number) => new Date(at).toUTCString();

describe("a request refused for its date", () => {
  const told = `max_interval_date:900000,expire_date:${new Date(testNow).toISOString()},now_date:${new Date(testNow + hour).toISOString()}`;

  it.each(["RequestTimeTooSkewed", "RequestTimeTooSkewd"])(
    "is signed again by the service's clock (%s), which is remembered",
    async (code) => {
      const server = await aServer(({ headers }) => (headers.date === dateOf(testNow + hour) ? running : refusal(code, told)));
      const { client, sleeps } = aClient(server);
      await client.getInstance(instanceId);
      await client.withDeadline(testNow + 1000).getInstance(instanceId);
      expect(server.requests.map(({ headers }) => headers.date)).toEqual([
        dateOf(testNow),
        dateOf(testNow + hour),
        dateOf(testNow + hour),
      ]);
      expect(sleeps).toEqual([]);
    },
  );

  it("is signed again by the Date header when the message has no time, even if it is a write", async () => {
    const server = await aServer((_, index) =>
      index === 0 ? refusal("ODPS-0410031", "expired", 401, { date: dateOf(testNow - hour) }) : {},
    );
    await aClient(server, { retries: 0 }).client.stopInstance(instanceId);
    expect(server.requests.map(({ headers }) => headers.date)).toEqual([dateOf(testNow), dateOf(testNow - hour)]);
  });

  it("is signed again once a call, by one clock for all that a client asks", async () => {
    const told = (at: number) => refusal("RequestTimeTooSkewed", `now_date:${new Date(at).toISOString()}`);
    // The service's clock is set back by an hour after the third request.
    const clocks = [testNow + hour, testNow + hour, testNow + hour, testNow];
    const server = await aServer(({ headers }, index) => {
      const at = clocks[index] ?? testNow;
      return headers.date === dateOf(at) ? running : told(at);
    });
    const { client } = aClient(server);
    const waiting = client.withDeadline(testNow + hour);
    await client.getInstance(instanceId);
    await waiting.getTasks(instanceId).catch(() => undefined);
    await client.getInstance(instanceId);
    await waiting.getInstance(instanceId);
    expect(server.requests.map(({ headers }) => headers.date)).toEqual(
      [testNow, testNow + hour, testNow + hour, testNow + hour, testNow, testNow].map(dateOf),
    );
  });

  it("is given up after one correction", async () => {
    const server = await aServer(() => refusal("RequestTimeTooSkewed", told));
    expect(await failureOf(aClient(server).client.getInstance(instanceId))).toMatchObject({ kind: "clock-skew" });
    expect(server.requests).toHaveLength(2);
  });

  it("is not signed for another day than ours on the service's word", async () => {
    const server = await aServer(() => refusal("RequestTimeTooSkewed", "now_date:2036-01-01T00:00:00Z"));
    expect(await failureOf(aClient(server).client.getInstance(instanceId))).toMatchObject({ kind: "clock-skew" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("signature v4", () => {
  const region = "cn-test";
  const isV4 = (authorization: string | undefined) => authorization?.includes("aliyun_v4_request") ?? false;
  const versions = (requests: readonly { headers: { authorization?: string | undefined } }[]) =>
    requests.map(({ headers }) => (isV4(headers.authorization) ? "v4" : "v2"));

  it.each([
    refusal("InternalServerError", "Need AK v3 support", 500),
    refusal("InternalServerError", "accesskey acl denied", 500),
    refusal("InvalidParameter", "ODPS-0410051: invalid credentials"),
    refusal("AuthorizationRequired", "Authorization header is invalid or missing", 401),
    refusal("Unauthorized", "AccessKeyId is invalid or missing", 401),
    refusal("ODPS-0010000:System internal error", "need ak v3 support", 500),
    refusal("InvalidParameter: ODPS-0410051", "invalid credentials"),
  ])("gives way to v2 for a service that does not know it, once and for all calls to come (case %#)", async (refused) => {
    const server = await aServer(({ headers }) => (isV4(headers.authorization) ? refused : running));
    const { client, sleeps } = aClient(server, { region });
    await client.stopInstance(instanceId);
    await client.getInstance(instanceId);
    expect(versions(server.requests)).toEqual(["v4", "v2", "v2"]);
    expect(sleeps).toEqual([]);
  });

  it("stays when v2 is refused just the same: then it is the key that is wrong", async () => {
    const server = await aServer(() => refusal("AuthorizationRequired", "AccessKeyId is invalid or missing", 401));
    const { client } = aClient(server, { region });
    await failureOf(client.getInstance(instanceId));
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "unauthorized" });
    expect(versions(server.requests)).toEqual(["v4", "v2", "v4", "v2"]);
  });

  it("is proven wrong also by a refusal that has nothing to do with the signature", async () => {
    const server = await aServer(({ headers }) =>
      isV4(headers.authorization) ? refusal("InvalidParameter", "ODPS-0410051") : refusal("NoSuchObject", "no", 404),
    );
    const { client } = aClient(server, { region });
    expect(await client.instanceExists(instanceId)).toBe(false);
    expect(await client.instanceExists(instanceId)).toBe(false);
    expect(versions(server.requests)).toEqual(["v4", "v2", "v2"]);
  });

  it("does not give way for another refusal of the same code", async () => {
    const server = await aServer(() => refusal("InvalidParameter", "bad task name"));
    await failureOf(aClient(server, { region }).client.getInstance(instanceId));
    expect(versions(server.requests)).toEqual(["v4"]);
  });
});
