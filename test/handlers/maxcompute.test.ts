// Production rule 29: a call that MaxCompute refuses for its key is made once more when there is another key by then.
import { describe, expect, it } from "vitest";
import { maxComputeOver } from "../../handlers/maxcompute.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aServer, failureOf, instanceId } from "../maxcompute/a-client.ts";

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
  return { client: clients("demo_project"), server };
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
