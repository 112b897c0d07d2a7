// A local run as src/local/run.ts puts it together, its Slack and MaxCompute elsewhere and each of its writes announced.
import { randomUUID } from "node:crypto";
import { HTTPReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { createBot } from "../../../src/bot.ts";
import { createLedger } from "../../../src/commands/ledger.ts";
import { namedOperators } from "../../../src/commands/policies.ts";
import { commands } from "../../../src/commands/registry.ts";
import { createChores } from "../../../src/local/chores.ts";
import { createDirectQueue } from "../../../src/local/direct-queue.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { takeStateFolder } from "../../../src/local/state-folder.ts";
import { listen } from "../../../src/slack/app.ts";
import { boltLogger, clientOptions, createBoltApp } from "../../../src/slack/bolt.ts";
import { createMessenger } from "../../../src/slack/messenger.ts";
import { createPace } from "../../../src/slack/pace.ts";
import { announced } from "./announced.ts";
import { clockAhead, childLog as log, maxComputeAt, obey, readPlaces, spool, version } from "./ports.ts";

const places = readPlaces();
const { signingSecret, botToken, team, botId, botUserId, project } = places;
let offsetMs = 0;
const clock = clockAhead(() => offsetMs);
const clients = maxComputeAt(places);
let close = async () => {};

/** Answers the port on which it hears Slack. */
async function open(path: string): Promise<number> {
  const folder = takeStateFolder(path);
  const file = openSqliteStore(folder.file("bot.db"), clock.now);
  const store = announced(file);
  const options = { ...clientOptions, slackApiUrl: `${places.slackUrl}/api/` };
  const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true, logger: boltLogger(log) });
  const app = createBoltApp(receiver, { teamId: team, botId, botUserId }, botToken, options, log);
  const pace = createPace(store, clock.now, team);
  const queue = createDirectQueue(createLedger(store, clock.now), clock, () => bot);
  const bot = createBot({
    commands,
    store,
    queue,
    transfers: queue,
    responder: createMessenger({ client: new WebClient(botToken, options), fetch: globalThis.fetch, pace, spool, clock, log }),
    policy: namedOperators(team, places.operators),
    maxcompute: clients,
    projectOf: () => project,
    clock,
    newId: randomUUID,
    log,
    version,
  });
  listen(app, bot, team, log);
  const chores = createChores({ bot, store: { sweepExpired: () => file.sweepExpired() }, clock, log });
  const before = clock.now();
  const server = await receiver.start({ port: 0, host: "127.0.0.1" });
  chores.begin(before);
  close = async () => {
    await chores.end();
    await queue.idle();
    await receiver.stop();
    file.close();
    folder.release();
  };
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

obey(async (order) => {
  offsetMs = order.offsetMs;
  if (order.kind === "open") return open(order.folder);
  if (order.kind === "close") return close();
  throw new Error(`a local run knows no ${order.kind}`);
});
