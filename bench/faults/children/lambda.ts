// The deployed functions behind the door: one invocation an order, its connections its own.
import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type Place, withBot } from "../../../handlers/compose.ts";
import { maxComputeOver } from "../../../handlers/maxcompute.ts";
import { createDynamoClient } from "../../../src/aws/dynamo-client.ts";
import { createTransferQueue } from "../../../src/aws/eventbridge-queue.ts";
import { createSecrets, type SecretName } from "../../../src/aws/secrets.ts";
import type { Bot } from "../../../src/bot.ts";
import { commands } from "../../../src/commands/registry.ts";
import { type Turn, turnEndsAt } from "../../../src/commands/turn.ts";
import type { Order } from "../orders.ts";
import { clockAhead, childLog as log, obey, readPlaces } from "./ports.ts";

const places = readPlaces();
let offsetMs = 0;
const clock = clockAhead(() => offsetMs);
const aws = { region: "eu-central-1", credentials: { accessKeyId: "child", secretAccessKey: "child" } };
const dynamo = createDynamoClient({ ...aws, endpoint: places.dynamoUrl });
const events = new EventBridgeClient({ ...aws, endpoint: places.eventsUrl, maxAttempts: 1 });
const path = "/child";
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

async function invoke(order: Order): Promise<unknown> {
  if (order.kind === "open" || order.kind === "close") throw new Error(`a function knows no ${order.kind}`);
  offsetMs = order.offsetMs;
  const settings = {
    TABLE_NAME: order.table,
    // Of the same shape; no partition of the one is the other's.
    AUDIT_TABLE: order.table,
    SLACK_TEAM_ID: places.team,
    ODPS_ENDPOINT: `${places.maxComputeUrl}/api`,
    ODPS_ACCESS_ID: places.accessId,
  };
  const place: Place = {
    commands,
    settings,
    secrets,
    log,
    policy: places.policy,
    project: places.project,
    transfers: createTransferQueue({ client: events, bus: "private", sealKey: () => secrets.value("seal-key"), now: clock.now }),
    maxcompute: maxComputeOver(settings, secrets),
    surroundings: { clock, dynamo: () => dynamo, slack: { slackApiUrl: `${places.slackUrl}/api/` } },
  };
  const worker = "worker" in order ? order.worker : randomUUID();
  const endsBy = order.kind === "run" ? turnEndsAt(order.request.requestedAt, clock.now()) : Number.POSITIVE_INFINITY;
  const context = { awsRequestId: worker, getRemainingTimeInMillis: () => (order.kind === "transfer" ? 900_000 : 30_000) };
  const carryOut = async (bot: Bot, turn: Turn): Promise<unknown> => {
    switch (order.kind) {
      case "run":
        return bot.run(order.request, turn);
      case "transfer":
        return bot.transfer(order.request, turn);
      case "resume":
        return bot.resume(order.request, order.ended, turn);
      case "apologise":
        return bot.apologise(order.request, order.why, order.ended, turn);
      default:
        return order satisfies never;
    }
  };
  return withBot(place, context, carryOut, endsBy);
}

obey(invoke);
