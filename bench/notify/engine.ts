// `tick` and `hot` as they are deployed, over their real connections, in a process of their own: what EventBridge would call is called by
// the parent. All invocations share one process here, which is less than each of them has in earnest.

import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { clock } from "../../handlers/compose.ts";
import { type Engine, type EnginePlace, withEngine } from "../../handlers/engine.ts";
import { createDynamoClient } from "../../src/aws/dynamo-client.ts";
import { createSecrets, type SecretName } from "../../src/aws/secrets.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { connection } from "../../src/commands/watch-book.ts";
import { createLog } from "../../src/log.ts";
import { addWatch, lookAtOnce, newWatch, type Place, tick, watchHot } from "../../src/watch/index.ts";
import type { Order, Places } from "./orders.ts";

const places: Places = JSON.parse(process.argv[2] ?? "{}");
const { project, team } = places;
const aws = { region: "eu-central-1", credentials: { accessKeyId: "bench", secretAccessKey: "bench" } };
const dynamo = createDynamoClient({ ...aws, endpoint: places.dynamoUrl });
const path = "/bench";
const parameters: Readonly<Partial<Record<SecretName, string>>> = {
  "slack-bot-token": places.botToken,
  "seal-key": places.sealKey,
  "odps-access-key": places.accessKey,
};
const secrets = createSecrets({
  client: {
    send: async () => ({
      Parameters: Object.entries(parameters).map(([name, Value]) => ({ Name: `${path}/${name}`, Value })),
      $metadata: {},
    }),
  },
  path,
  names: ["slack-bot-token", "seal-key", "odps-access-key", "odps-sts-token"],
  now: clock.now,
});
const place: EnginePlace = {
  settings: {
    TABLE_NAME: places.table,
    PUBLIC_BUS: "public",
    SECRETS_PATH: path,
    SLACK_TEAM_ID: team,
    ODPS_ENDPOINT: `${places.maxComputeUrl}/api`,
    ODPS_ACCESS_ID: places.accessId,
    LOG_LEVEL: "warn",
  },
  secrets,
  log: createLog((line) => process.stderr.write(line), clock.now, "warn"),
  policy: readPolicy("allow everyone viewer; allow channels viewer").policy,
  events: new EventBridgeClient({ ...aws, endpoint: places.busUrl, maxAttempts: 1 }),
  surroundings: { clock, dynamo: () => dynamo, slack: { slackApiUrl: `${places.slackUrl}/api/` } },
};

/** The time-outs of serverless/functions. */
const tickMs = 60_000;
const hotMs = 80_000;
const schedule = { enable: async () => {}, disable: async () => {} };

function invoke(timeoutMs: number, work: (engine: Engine) => Promise<unknown>): Promise<unknown> {
  const endsAt = clock.now() + timeoutMs;
  return withEngine(place, { getRemainingTimeInMillis: () => endsAt - clock.now() }, () => schedule, work);
}

const here: Place = { team, connection, project };

async function obey(order: Order): Promise<unknown> {
  if (order.kind === "minute")
    return Promise.all([
      invoke(tickMs, ({ ports, deadline }) => tick(ports, clock.now, deadline)),
      invoke(hotMs, ({ ports, waiting, deadline }) => watchHot({ ports, waiting, now: clock.now }, deadline)),
    ]);
  await invoke(hotMs, ({ ports }) => addWatch(ports, newWatch({ ...here, ...order }, clock.now()), clock.now()));
  return invoke(hotMs, ({ ports, waiting, deadline }) => lookAtOnce({ ports, waiting, now: clock.now }, deadline, here));
}

// An invocation that fails is nobody's to repeat: the next tick does what it did not.
process.on("message", (order: Order) => {
  obey(order).catch((error: unknown) => place.log.error("invocation.failed", { call: order.kind, error }));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
