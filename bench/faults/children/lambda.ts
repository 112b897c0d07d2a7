// The deployed functions behind the door as handlers/compose.ts puts them together: one invocation an order, its connections its own.
import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { WebClient } from "@slack/web-api";
import { Agent } from "undici";
import { createDynamoClient } from "../../../src/aws/dynamo-client.ts";
import { createDynamoStore } from "../../../src/aws/dynamo-store.ts";
import { createTransferQueue } from "../../../src/aws/eventbridge-queue.ts";
import { createBot } from "../../../src/bot.ts";
import { namedOperators } from "../../../src/commands/policies.ts";
import { commands } from "../../../src/commands/registry.ts";
import { clientOptions } from "../../../src/slack/bolt.ts";
import { fetchOver } from "../../../src/slack/fetch-over.ts";
import { createMessenger } from "../../../src/slack/messenger.ts";
import { createPace } from "../../../src/slack/pace.ts";
import type { Order } from "../orders.ts";
import { clockAhead, childLog as log, maxComputeAt, obey, readPlaces, spool, version } from "./ports.ts";

const places = readPlaces();
const { botToken, team, project, sealKey } = places;
let offsetMs = 0;
const clock = clockAhead(() => offsetMs);
const clients = maxComputeAt(places);
const aws = { region: "eu-central-1", credentials: { accessKeyId: "child", secretAccessKey: "child" } };
const dynamo = createDynamoClient({ ...aws, endpoint: places.dynamoUrl });
const events = new EventBridgeClient({ ...aws, endpoint: places.eventsUrl, maxAttempts: 1 });

async function invoke(order: Order): Promise<unknown> {
  if (order.kind === "open" || order.kind === "close") throw new Error(`a function knows no ${order.kind}`);
  offsetMs = order.offsetMs;
  const agent = new Agent();
  const fetch = fetchOver(agent);
  const client = new WebClient(botToken, { ...clientOptions, slackApiUrl: `${places.slackUrl}/api/`, fetch });
  const store = createDynamoStore({ client: dynamo, table: order.table, now: clock.now, newVersion: randomUUID });
  const bot = createBot({
    commands,
    store,
    queue: { send: async () => Promise.reject(new Error("a worker takes no commands in")) },
    transfers: createTransferQueue({ client: events, bus: "private", sealKey: async () => sealKey, now: clock.now }),
    responder: createMessenger({ client, fetch, pace: createPace(store, clock.now, team), spool, clock, log }),
    policy: namedOperators(team, places.operators),
    maxcompute: clients,
    projectOf: () => project,
    clock,
    newId: randomUUID,
    log,
    version,
  });
  try {
    switch (order.kind) {
      case "run":
        return await bot.run(order.request);
      case "transfer":
        return await bot.transfer(order.request);
      case "resume":
        return await bot.resume(order.request);
      case "apologise":
        return await bot.apologise(order.request, order.why);
      default:
        return order satisfies never;
    }
  } finally {
    await agent.close();
  }
}

obey(invoke);
