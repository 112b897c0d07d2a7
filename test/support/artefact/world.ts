// The packaged bot in a small AWS, between a simulated Slack and a simulated MaxCompute. All of them share one clock, which stands still
// until a test moves it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";
import { createSlackSimulator, type SlackSimulator } from "../../../src/simulator/slack/index.ts";
import { scopes } from "../../../src/slack/manifest.ts";
import { type CallFaults, type Chaos, type Cloud, startCloud } from "../cloud/index.ts";
import { listening, startDynalite } from "../dynalite.ts";
import { type ManualClock, manualClock } from "../manual-clock.ts";
import { withoutSchedules } from "./change-template.ts";
import { networkModule } from "./network.ts";
import { type Artefact, deployment } from "./package-once.ts";
import { parameterStore, secrets } from "./secrets.ts";

export type WorldOptions = {
  readonly chaos?: Chaos;
  readonly seed?: number;
  /** Scales the functions' time-outs to real time. */
  readonly timeoutScale?: number | Readonly<Record<string, number>>;
  /** Gives a changed copy of the template: what a deployment gone wrong, or another account's, looks like. */
  readonly template?: (template: unknown) => unknown;
  /** Whether rules call by the clock. Off unless told: most scenes let hours pass, and are about something else. */
  readonly schedules?: boolean;
  readonly signingSecret?: string;
  /** Code of functions that are not the package's. */
  readonly code?: Readonly<Record<string, Buffer>>;
  /** More variables of every function's environment: only such as AWS or this network would set. */
  readonly env?: Readonly<Record<string, string>>;
};

export type World = Awaited<ReturnType<typeof startWorld>>;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function startSlack(clock: ManualClock, signingSecret: string, functionUrl: () => string) {
  let slack: SlackSimulator | undefined;
  const server = createServer((request, response) => {
    if (slack?.handle(request, response) !== true) response.writeHead(404).end();
  });
  await listening(server);
  slack = createSlackSimulator({
    clock,
    signingSecret,
    botToken: secrets.botToken,
    scopes: scopes.map(({ scope }) => scope),
    requestUrl: () => `${functionUrl()}/slack/events`,
    baseUrl: () => "https://hooks.slack.com",
  });
  return { slack, server };
}

/** Starts one of each; `close` ends all. */
export async function startWorld(artefact: Artefact, options: WorldOptions = {}) {
  const {
    template = (given) => given,
    schedules = false,
    signingSecret = secrets.signing,
    code = {},
    env = {},
    ...cloudOptions
  } = options;
  const clock = manualClock();
  const folder = mkdtempSync(join(tmpdir(), "odps-world-"));
  const dynamo = await startDynalite();
  const maxcompute = await startMaxComputeSimulator({
    clock,
    project: deployment.odpsProject,
    accessId: deployment.odpsAccessId,
    accessKey: secrets.accessKey,
    // Nobody moves the clock while a function waits for what it stopped.
    settings: { stopDelayMs: 0 },
  });
  let cloud: Cloud | undefined;
  const { slack, server: slackServer } = await startSlack(
    clock,
    signingSecret,
    () => cloud?.functionUrl("SlackLambdaFunction") ?? "",
  );

  const network = join(folder, "network.mjs");
  const slackPort = portOf(slackServer);
  const routes = {
    "slack.com": slackPort,
    "hooks.slack.com": slackPort,
    [new URL(deployment.odpsEndpoint).hostname]: portOf(maxcompute.server),
  };
  writeFileSync(network, networkModule(routes));

  const parameters = parameterStore();
  let faults: CallFaults = () => undefined;
  const started = await startCloud({
    ...cloudOptions,
    template: template(schedules ? artefact.template : withoutSchedules(artefact.template)),
    artefacts: (logicalId) => code[logicalId] ?? artefact.zip(logicalId),
    clock,
    parameters,
    dynamoEndpoint: dynamo.endpoint,
    outside: [slackServer, maxcompute.server],
    faults: (call) => faults(call),
    env: { NODE_OPTIONS: `--import=${pathToFileURL(network).href}`, ...env },
  });
  cloud = started;

  return {
    cloud: started,
    slack,
    maxcompute,
    clock,
    /** May be changed: the functions read it again when they see fit. */
    parameters,
    dynamo,
    /** What the functions speak to outside of AWS, as servers. */
    servers: { slack: slackServer, maxcompute: maxcompute.server },
    /** From now on this befalls the AWS calls of the functions; nothing, unless told. */
    meet(next: CallFaults = () => undefined): void {
      faults = next;
    },
    /** Lets so much time pass, and everything that falls due in it happen. */
    pass: (seconds: number): Promise<void> => started.advance(seconds * 1_000),
    async close(): Promise<void> {
      slack.clearFaults();
      maxcompute.clearFaults();
      await started.close();
      await slack.close();
      slackServer.close();
      slackServer.closeAllConnections();
      await maxcompute.close();
      await dynamo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
