// A real workspace over Socket Mode: no public address is needed, so it runs on a laptop too.
import { once } from "node:events";
import { createServer } from "node:http";
import { SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { boltLogger, clientOptions, createBoltApp } from "../slack/bolt.ts";
import type { SlackConnection } from "./slack-connection.ts";

type Options = {
  readonly slack: NonNullable<Config["slack"]>;
  readonly port: number;
  readonly log: Log;
  /** Where Slack's Web API is; slack.com unless told. */
  readonly apiUrl?: string;
};

/** Connects to the workspace that the tokens belong to. Throws when Slack does not accept them. */
export async function openRealSlack({ slack, port, log, apiUrl }: Options): Promise<SlackConnection> {
  const botToken = slack.botToken.reveal();
  const options = apiUrl === undefined ? clientOptions : { ...clientOptions, slackApiUrl: apiUrl };
  const socketApi = apiUrl === undefined ? {} : { installerOptions: { clientOptions: { slackApiUrl: apiUrl } } };
  const client = new WebClient(botToken, options);
  const { team_id: teamId, bot_id: botId, user_id: botUserId, team } = await client.auth.test();
  if (teamId === undefined || botId === undefined || botUserId === undefined)
    throw new Error("Slack did not say which bot the token is of");
  const receiver = new SocketModeReceiver({ appToken: slack.appToken.reveal(), logger: boltLogger(log), ...socketApi });
  const identity = { teamId, botId, botUserId };
  const describe = `the Slack workspace ${team ?? teamId}`;
  const server = createServer((request, response) => {
    const isRoot = request.url === "/";
    response.writeHead(isRoot ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
    response.end(isRoot ? `odps-chatops is connected to ${describe}.\n` : "Not found.\n");
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    app: createBoltApp(receiver, identity, botToken, options, log),
    client,
    identity,
    policy: [],
    describe,
    url: `http://localhost:${port}`,
    async listen() {
      await receiver.start();
    },
    async close() {
      await receiver.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}
