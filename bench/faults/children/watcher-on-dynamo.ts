// The deployed engine over a table, as its functions put it together.
import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { withConnections } from "../../../handlers/compose.ts";
import { withEngine } from "../../../handlers/engine.ts";
import { maxComputeOver } from "../../../handlers/maxcompute.ts";
import { createDynamoClient } from "../../../src/aws/dynamo-client.ts";
import { createLookQueue } from "../../../src/aws/look-queue.ts";
import { createEnabling, createSchedule } from "../../../src/aws/schedule.ts";
import { createSecrets, type SecretName } from "../../../src/aws/secrets.ts";
import { connection } from "../../../src/commands/watch-book.ts";
import { takeMinute } from "../../../src/commands/watching/minute.ts";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { createWatchBook } from "../../../src/commands/watching/watch-book.ts";
import type { TickOrder } from "../tick/orders.ts";
import { childLog as log, readPlaces } from "./ports.ts";
import { watchForOrders } from "./watcher.ts";

const places = readPlaces();
const aws = { region: "eu-central-1", credentials: { accessKeyId: "child", secretAccessKey: "child" } };
const dynamo = createDynamoClient({ ...aws, endpoint: places.dynamoUrl });
const events = new EventBridgeClient({ ...aws, endpoint: places.eventsUrl, maxAttempts: 3 });
const path = "/child";
const rule = "minute";
const context = { getRemainingTimeInMillis: () => 60_000 };

watchForOrders((clock) => {
  const { now } = clock;
  const parameters: Readonly<Partial<Record<SecretName, string>>> = {
    "slack-bot-token": places.botToken,
    "seal-key": places.sealKey,
    "odps-access-key": places.accessKey,
  };
  const Parameters = Object.entries(parameters).map(([name, Value]) => ({ Name: `${path}/${name}`, Value }));
  const secrets = createSecrets({
    client: { send: async () => ({ Parameters, $metadata: {} }) },
    path,
    names: ["slack-bot-token", "seal-key", "odps-access-key", "odps-sts-token"],
    now,
  });
  const surroundings = { clock, dynamo: () => dynamo, slack: { slackApiUrl: `${places.slackUrl}/api/` } };
  const settingsOf = ({ table }: TickOrder) => ({
    TABLE_NAME: table,
    SLACK_TEAM_ID: places.team,
    ODPS_ENDPOINT: `${places.maxComputeUrl}/api`,
    ODPS_ACCESS_ID: places.accessId,
    PUBLIC_BUS: "public",
    SECRETS_PATH: path,
    LOG_LEVEL: "warn" as const,
  });
  return {
    withEngine: (order, work) =>
      withEngine(
        { settings: settingsOf(order), secrets, log, policy: places.policy, events, surroundings },
        context,
        ({ table }) => createSchedule({ client: events, rule, store: table, now, isTrusted: order.kind !== "heartbeat" }),
        ({ ports, waiting, connections: { table } }) =>
          work({ ports, waiting, mayWork: (call) => takeMinute(table, call, now()) }),
      ),
    withBook: (order, work) => {
      const settings = settingsOf(order);
      const spot = { settings, secrets, surroundings, maxcompute: maxComputeOver(settings, secrets, now) };
      return withConnections(spot, context, ({ store, table }) =>
        work(
          createWatchBook({
            ...createWatchingStores(store, now),
            schedule: {
              enable: createEnabling({ client: events, rule, store: table, now, isTrusted: true }),
              disable: async () => Promise.reject(new Error("a command switches nothing off")),
            },
            lookNow: createLookQueue({
              client: events,
              bus: "private",
              sealKey: () => secrets.value("seal-key"),
              now,
              newId: randomUUID,
              log,
            }),
            now,
            connectionOf: () => connection,
          }),
        ),
      );
    },
  };
});
