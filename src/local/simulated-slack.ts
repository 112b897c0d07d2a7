// Slack for a laptop: the simulated workspace and the page that shows it, on one port; Bolt hears its signed deliveries on another.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { HTTPReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { requestIdOf } from "../commands/ids.ts";
import type { Line, Policy } from "../commands/rights/policy.ts";
import { everyProject } from "../commands/rights/policy.ts";
import type { Log } from "../log.ts";
import { createSlackSimulator } from "../simulator/slack/index.ts";
import { boltLogger, clientOptions, createBoltApp } from "../slack/bolt.ts";
import { logviewDomains, scopes } from "../slack/manifest.ts";
import type { SlackConnection } from "./slack-connection.ts";
import type { WorkbenchOptions } from "./workbench/server.ts";
import { createWorkbench } from "./workbench/server.ts";

type Options = {
  readonly port: number;
  readonly stateFile: string;
  readonly maxcompute: WorkbenchOptions["maxcompute"];
  readonly completions: WorkbenchOptions["completions"];
  readonly log: Log;
  /** Made anew at each start unless given: nothing but this process ever needs them. */
  readonly secrets?: { readonly signing: string; readonly botToken: string };
};

const madeUp = () => ({
  signing: randomBytes(32).toString("hex"),
  botToken: `xoxb-simulated-${randomBytes(16).toString("hex")}`,
});

const host = "127.0.0.1";

async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** A typed message's delivery is its timestamp; only commands, clicks and submissions are named by their trigger. */
const requestIdOfTrigger = (delivery: string): string => (/^\d+\.\d+$/.test(delivery) ? "" : requestIdOf(`trigger/${delivery}`));

/** Everybody has the role that the page shows, and every channel allows it. */
const seededPolicy = (people: ReturnType<ReturnType<typeof createSlackSimulator>["people"]>): Policy => [
  ...people.flatMap(({ id, role }): Line[] =>
    role === "stranger" ? [] : [{ rule: "allow", who: { kind: "user", id }, role, project: everyProject }],
  ),
  { rule: "allow", who: { kind: "channels" }, role: "operator", project: everyProject },
];

/** Opens the simulated Slack, its page at `port` included. Fails when the port is taken. */
export async function openSimulatedSlack({
  port,
  stateFile,
  maxcompute,
  completions,
  log,
  secrets: { signing: signingSecret, botToken } = madeUp(),
}: Options): Promise<SlackConnection> {
  let page = port;
  let botPort = 0;
  const slack = createSlackSimulator({
    signingSecret,
    botToken,
    stateFile,
    scopes: scopes.map(({ scope }) => scope),
    unfurlDomains: [...logviewDomains, host, "localhost"], // where the simulated MaxCompute's own links lead
    requestUrl: () => `http://${host}:${botPort}/slack/events`,
    baseUrl: () => `http://${host}:${page}`,
  });
  const workbench = createWorkbench({ slack, maxcompute, completions, requestIdOf: requestIdOfTrigger });
  const server = createServer((request, response) => {
    if (slack.handle(request, response)) return;
    workbench.handle(request, response).catch((error: unknown) => {
      log.error("workbench.failed", { error });
      response.destroy();
    });
  });
  page = await listening(server, port);
  // Bolt would acknowledge events before their listeners ran; held back, nothing is acknowledged before it is on disk.
  const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true, logger: boltLogger(log) });
  const identity = { teamId: slack.team.id, botId: slack.bot.id, botUserId: slack.bot.userId };
  const options = { ...clientOptions, slackApiUrl: `http://${host}:${page}/api/` };
  const app = createBoltApp(receiver, identity, botToken, options, log);
  return {
    app,
    identity,
    policy: seededPolicy(slack.people()),
    client: new WebClient(botToken, options),
    describe: "a simulated workspace",
    url: `http://localhost:${page}`,
    async listen() {
      const started = await receiver.start({ port: 0, host });
      const address = started.address();
      botPort = typeof address === "object" && address !== null ? address.port : 0;
    },
    async close() {
      await receiver.stop();
      workbench.close();
      server.close();
      server.closeAllConnections();
      await slack.close();
    },
  };
}
