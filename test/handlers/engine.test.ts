// What follows instances has nobody's name on it.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { expect, it, onTestFinished, vi } from "vitest";
import { withEngine } from "../../handlers/engine.ts";
import { createLog } from "../../src/log.ts";
import { aServer, instanceId } from "../maxcompute/a-client.ts";
import { startLoopbackSts } from "../support/loopback-sts.ts";

const nothingYet = { endedSubs: new Set<string>() };

it("the watch engine looks at instances in a session of the bot's own", async () => {
  vi.stubEnv("AWS_REGION", "eu-central-1"); // where a table would be, which is never asked here
  onTestFinished(() => void vi.unstubAllEnvs());
  const server = await aServer(() => ({ body: "<Instance><Status>Running</Status></Instance>" }));
  const sts = await startLoopbackSts({ keys: { "an-id": "own-secret" }, now: Date.now });
  onTestFinished(() => sts.server.close());
  const secrets = { value: async () => "own-secret", values: async () => ["own-secret"], doubt: () => undefined };
  const settings = {
    ...{ TABLE_NAME: "t", PUBLIC_BUS: "b", SECRETS_PATH: "/s", SLACK_TEAM_ID: "T1" },
    LOG_LEVEL: "error",
    ...{ ODPS_ENDPOINT: `${server.origin}/api`, ODPS_ACCESS_ID: "an-id" },
    ...{ ODPS_ROLE_ARN: "acs:ram::1:role/odps-chatops", ODPS_STS_ENDPOINT: sts.endpoint },
  } as const;
  const log = createLog(() => undefined, Date.now);
  const place = { settings, secrets, log, policy: [], events: new EventBridgeClient({ region: "eu-central-1" }) };
  const schedule = { enable: async () => undefined, disable: async () => undefined };
  await withEngine(
    place,
    { getRemainingTimeInMillis: () => 60_000 },
    () => schedule,
    async ({ ports, deadline }) => {
      await ports.observer({ team: "T1", connection: "default", project: "demo_project" }, deadline).look(instanceId, nothingYet);
    },
  );
  expect(sts.names()).toEqual(["odps-chatops"]);
  expect(new Set(server.requests.map(({ headers }) => headers.authorization?.split(":")[0]))).toEqual(
    new Set(["ODPS STS.odps-chatops.1"]),
  );
});
