// The servers of one lane: a Slack, a MaxCompute and a bus that belong to the parent, each behind the gate.

import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { open } from "../../src/aws/envelope.ts";
import { CommandRequest } from "../../src/commands/request.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { type MaxComputeSimulator, startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import { createSlackSimulator, type SlackSimulator } from "../../src/simulator/slack/index.ts";
import { scopes } from "../../src/slack/manifest.ts";
import { createGate, type Gate } from "./gate.ts";
import { type Inlet, startInlet } from "./inlet.ts";
import { dynamoLabel, eventsLabel, maxComputeLabel, slackLabel } from "./labels.ts";
import type { Places } from "./orders.ts";
import { listen, type Seen, startProxy } from "./proxy.ts";
import { type Watch, watchSlack } from "./watch.ts";

export type World = {
  readonly gate: Gate;
  readonly slack: SlackSimulator;
  readonly maxcompute: MaxComputeSimulator;
  readonly inlet: Inlet;
  readonly watch: Watch;
  readonly places: Places;
  /** Requests to stop that MaxCompute accepted since the last `begin`. */
  stops(): number;
  /** Transfers that were put on the bus and not yet taken from it. */
  takeTransfers(): readonly CommandRequest[];
  /** Forgets everything of the last trial. */
  begin(): void;
  close(): Promise<void>;
};

/** `dynamoUrl`: where dynalite listens; "" where none is needed. `policy`: lines beside those that let people act. */
export async function openWorld(dynamoUrl: string, policy: string): Promise<World> {
  const gate = createGate();
  const inlet = await startInlet(gate.acknowledged);
  const closers: (() => Promise<void>)[] = [() => inlet.close()];
  const signingSecret = randomBytes(16).toString("hex");
  let slackUrl = "";
  const slack = createSlackSimulator({
    requestUrl: () => inlet.url,
    baseUrl: () => slackUrl,
    signingSecret,
    botToken: "xoxb-of-the-parent",
    scopes: scopes.map(({ scope }) => scope),
    unlimited: true,
  });
  // A stop takes effect at once: how long it takes is no matter of this path.
  const maxcompute = await startMaxComputeSimulator({ settings: { stopDelayMs: 0 } });
  let stops = 0;
  let transfers: CommandRequest[] = [];
  const sealKey = randomBytes(32).toString("base64");

  const behind = createServer((request, response) => {
    if (!slack.handle(request, response)) response.writeHead(404).end();
  });
  const bus = createServer((_request, response) => {
    const answer = { FailedEntryCount: 0, Entries: [{ EventId: "an-event" }] };
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
  });
  const takeEvents = ({ body }: Seen) => {
    const { Entries } = JSON.parse(body.toString()) as { readonly Entries: readonly { DetailType: string; Detail: string }[] };
    transfers.push(...Entries.map((entry) => CommandRequest.parse(open(entry.DetailType, JSON.parse(entry.Detail), [sealKey]))));
  };
  const gated = async (target: string, labelOf: (seen: Seen) => string, applied?: (seen: Seen, status: number) => void) => {
    const proxy = await startProxy({ gate, target: () => target, labelOf, ...(applied === undefined ? {} : { applied }) });
    closers.push(() => proxy.close());
    return proxy.url;
  };
  slackUrl = await gated(await listen(behind), slackLabel);
  const maxComputeUrl = await gated(maxcompute.url, maxComputeLabel, ({ method }, status) => {
    if (method === "PUT" && status < 300) stops += 1;
  });
  const eventsUrl = await gated(await listen(bus), eventsLabel, takeEvents);
  const gatedDynamo = dynamoUrl === "" ? "" : await gated(dynamoUrl, dynamoLabel);
  const { project, accessId, accessKey } = maxcompute;
  const operators = slack.people().filter(({ name }) => name === "bob" || name === "ann");
  const rights = [
    ...operators.map(({ id }) => `allow ${id} operator`),
    "allow everyone viewer",
    "allow channels operator",
    policy,
  ];
  return {
    gate,
    slack,
    maxcompute,
    inlet,
    watch: watchSlack(slack),
    places: {
      slackUrl,
      maxComputeUrl,
      eventsUrl,
      dynamoUrl: gatedDynamo,
      project,
      accessId,
      accessKey,
      signingSecret,
      botToken: "xoxb-of-the-parent",
      sealKey,
      team: slack.team.id,
      botId: slack.bot.id,
      botUserId: slack.bot.userId,
      policy: readPolicy(rights.join("; ")).policy,
    },
    stops: () => stops,
    takeTransfers: () => transfers.splice(0),
    begin() {
      slack.reset();
      stops = 0;
      transfers = [];
    },
    async close() {
      for (const server of [behind, bus]) {
        server.close();
        server.closeAllConnections();
      }
      for (const close of closers) await close();
      await slack.close();
      await maxcompute.close();
    },
  };
}
