// Production rule 29: a call that MaxCompute refuses for its key is made once more when there is another key by then.
import { describe, expect, it, onTestFinished } from "vitest";
import { maxComputeOver } from "../../handlers/maxcompute.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aServer, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { startLoopbackSts } from "../support/loopback-sts.ts";

const refusal = {
  status: 401,
  body: "<Error><Code>SignatureNotMatch</Code><Message>no</Message><RequestId>R1</RequestId><HostId>h</HostId></Error>",
};

/** A MaxCompute that refuses the first request, and secrets that change when they are doubted. */
async function aDeployment({ newest = "the next secret" } = {}) {
  const server = await aServer((_request, index) =>
    index === 0 ? refusal : { body: "<Instance><Status>Running</Status></Instance>" },
  );
  let secret = "the old secret";
  const secrets = {
    async value(name: string) {
      if (name === "odps-sts-token") throw new Error("there is none");
      return secret;
    },
    doubt() {
      secret = newest;
    },
  };
  const settings = { ODPS_ENDPOINT: "http://mc.test/api", ODPS_ACCESS_ID: "an-id" };
  const clients = await maxComputeOver(settings, secrets)("demo_project", server.dispatcher);
  return { client: clients("demo_project", "slack-U1"), server };
}

describe("a deployed bot whose access key was changed", () => {
  it("asks again with the new key, a write too: a refused signature was not executed", async () => {
    const { client, server } = await aDeployment();
    await client.stopInstance(instanceId);
    expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
    expect(new Set(server.requests.map(({ headers }) => headers.authorization)).size).toBe(2);
  });

  it("asks once where the key is still the same", async () => {
    const { client, server } = await aDeployment({ newest: "the old secret" });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "unauthorized", code: "SignatureNotMatch" });
    expect(server.requests).toHaveLength(1);
  });

  it("never tells a key", async () => {
    const { client } = await aDeployment({ newest: "the old secret" });
    const error = await failureOf(client.getInstance(instanceId));
    expect(error).toBeInstanceOf(MaxComputeError);
    expect(JSON.stringify([error, String(error)])).not.toContain("old secret");
  });
});

describe("a deployed bot that acts in a role", () => {
  /** An STS and a MaxCompute; each `invoke` is an invocation of the same warm function. */
  async function inRole({ first = "own-secret", doubted = "own-secret" } = {}) {
    const server = await aServer(() => ({ body: "<Instance><Status>Running</Status></Instance>" }));
    const sts = await startLoopbackSts({ keys: { "an-id": "own-secret" }, now: Date.now });
    onTestFinished(() => sts.server.close());
    let secret = first;
    const secrets = {
      async value(name: string) {
        if (name === "odps-sts-token") throw new Error("there is none");
        return secret;
      },
      doubt() {
        secret = doubted;
      },
    };
    const role = { ODPS_ROLE_ARN: "acs:ram::1:role/odps-chatops", ODPS_STS_ENDPOINT: sts.endpoint };
    const over = maxComputeOver({ ODPS_ENDPOINT: "http://mc.test/api", ODPS_ACCESS_ID: "an-id", ...role }, secrets);
    const invoke = async (session: string) =>
      (await over("demo_project", server.dispatcher))("demo_project", session).getInstance(instanceId);
    const askedBy = () => server.requests.map(({ headers }) => /^ODPS ([^:]+):/.exec(headers.authorization ?? "")?.[1]);
    return { server, sts, invoke, askedBy };
  }

  it("keeps each person's session from one invocation to the next, and gives nobody another's", async () => {
    const { sts, invoke, askedBy } = await inRole();
    for (const session of ["slack-U1", "slack-U2", "slack-U1", "odps-chatops"]) await invoke(session);
    expect(askedBy()).toEqual(["STS.slack-U1.1", "STS.slack-U2.2", "STS.slack-U1.1", "STS.odps-chatops.3"]);
    expect(sts.names()).toEqual(["slack-U1", "slack-U2", "odps-chatops"]);
  });

  it("leaves no connection to STS open, for what a frozen sandbox keeps is dead when it thaws", async () => {
    const { sts, invoke } = await inRole();
    for (const session of ["slack-U1", "slack-U2"]) await invoke(session);
    expect(sts.server.requests.map(({ headers }) => headers.connection)).toEqual(["close", "close"]);
    expect(sts.server.connections()).toBe(2);
  });

  it("assumes it with the new key where the old one was changed", async () => {
    const { sts, invoke, askedBy } = await inRole({ first: "before" });
    await invoke("slack-U1");
    expect(sts.server.requests).toHaveLength(2);
    expect(askedBy()).toEqual(["STS.slack-U1.1"]);
  });

  it("does not fall back on its own key where it may not assume the role: nothing is asked in no name", async () => {
    const { server, invoke } = await inRole({ first: "wrong-secret", doubted: "wrong-secret" });
    const error = await failureOf(invoke("slack-U1"));
    expect(error).toMatchObject({ kind: "unauthorized", code: "SignatureDoesNotMatch", requestId: "REQ-STS-1" });
    expect(JSON.stringify([error, String(error)])).not.toContain("wrong-secret");
    expect(server.requests).toEqual([]);
  });
});
