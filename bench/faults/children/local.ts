// A local run whose Slack and MaxCompute are elsewhere, and each of whose writes is announced.
import { HTTPReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { Secret } from "../../../src/config.ts";
import { startLocalRun } from "../../../src/local/run.ts";
import type { SlackConnection } from "../../../src/local/slack-connection.ts";
import { boltLogger, clientOptions, createBoltApp } from "../../../src/slack/bolt.ts";
import { announced } from "./announced.ts";
import { clockAhead, childLog as log, obey, readPlaces, version } from "./ports.ts";

const places = readPlaces();
const { signingSecret, botToken, team, botId, botUserId, policy } = places;
let offsetMs = 0;
const clock = clockAhead(() => offsetMs);
let close = async () => {};

/** Slack over plain HTTP, on a port of this process. */
async function openSlack(heard: (port: number) => void): Promise<SlackConnection> {
  const options = { ...clientOptions, slackApiUrl: `${places.slackUrl}/api/` };
  const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true, logger: boltLogger(log) });
  const identity = { teamId: team, botId, botUserId };
  return {
    app: createBoltApp(receiver, identity, botToken, options, log),
    client: new WebClient(botToken, options),
    identity,
    policy: [],
    describe: "the parent's Slack",
    url: "",
    async listen() {
      const address = (await receiver.start({ port: 0, host: "127.0.0.1" })).address();
      heard(typeof address === "object" && address !== null ? address.port : 0);
    },
    async close() {
      await receiver.stop();
    },
  };
}

/** Answers the port on which it hears Slack. */
async function open(home: string): Promise<number> {
  let port = 0;
  const maxcompute = {
    endpoint: `${places.maxComputeUrl}/api`,
    project: places.project,
    accessId: places.accessId,
    accessKey: new Secret(places.accessKey),
  };
  const run = await startLocalRun({ port: 0, home, logLevel: "warn", maxcompute, policy }, version, log, {
    clock,
    around: announced,
    openSlack: () =>
      openSlack((heard) => {
        port = heard;
      }),
  });
  close = run.stop;
  return port;
}

obey(async (order) => {
  offsetMs = order.offsetMs;
  if (order.kind === "open") return open(order.folder);
  if (order.kind === "close") return close();
  throw new Error(`a local run knows no ${order.kind}`);
});
