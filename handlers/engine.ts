// The watch engine over an invocation's own connections.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Context } from "aws-lambda";
import { policyIn } from "../src/aws/deployed-policy.ts";
import { type Deployment, type ForAudit, type ForDoctor, secretsOf } from "../src/aws/deployment.ts";
import { createPublicEvents } from "../src/aws/public-events.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import { createLastingRefs } from "../src/commands/lasting-refs.ts";
import type { Policy } from "../src/commands/rights/policy.ts";
import { createObserver, createWaiting } from "../src/commands/watching/observer.ts";
import { createWatchingStores } from "../src/commands/watching/stores.ts";
import type { Log } from "../src/log.ts";
import { channelRights } from "../src/slack/channel-right.ts";
import { createNotifier } from "../src/slack/notifier.ts";
import { createPace } from "../src/slack/pace.ts";
import { ownSession } from "../src/slack/session-name.ts";
import type { Ports, Schedule, Waiting } from "../src/watch/index.ts";
import { type Connections, clock, createLambdaLog, openSecrets, type Surroundings, withConnections } from "./compose.ts";
import { maxComputeOver } from "./maxcompute.ts";
import { rightsOver } from "./rights.ts";

type Settings = Omit<Deployment, "PRIVATE_BUS" | "MINUTE_RULE" | "ODPS_PROJECT" | ForDoctor | ForAudit>;

export type Engine = {
  readonly ports: Ports;
  readonly waiting: Waiting;
  /** Epoch ms by which the engine is over: whoever is being told something then is still told it. */
  readonly deadline: number;
  /** What the engine speaks over. */
  readonly connections: Connections;
};

/** Of the last word: its turn in the channel, and the call of Slack. */
const tellingMs = 13_000;

export type EnginePlace = {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly log: Log;
  /** The lines of the deployment. */
  readonly policy: Policy;
  /** EventBridge: everything that is asked of it may be asked twice. */
  readonly events: EventBridgeClient;
  /** AWS and Slack themselves, unless told. */
  readonly surroundings?: Surroundings;
};

/** The place of a function that follows instances; opened once a cold start. */
export function openEnginePlace(settings: Settings): EnginePlace {
  return {
    settings,
    secrets: openSecrets(settings.SECRETS_PATH, secretsOf.tick),
    log: createLambdaLog(settings.LOG_LEVEL),
    policy: policyIn(settings.ODPS_POLICY),
    events: new EventBridgeClient({
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
    }),
  };
}

/** Runs `work` with the engine; `scheduleOf` gives it the minute rule, where it is this function's to switch. */
export function withEngine<T>(
  { settings, secrets, log, policy, events, surroundings }: EnginePlace,
  context: Pick<Context, "getRemainingTimeInMillis">,
  scheduleOf: (connections: Connections) => Schedule,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { now } = surroundings?.clock ?? clock;
  const around = surroundings === undefined ? {} : { surroundings };
  const spot = { settings, secrets, maxcompute: maxComputeOver(settings, secrets, now), ...around };
  return withConnections(spot, context, (connections) => {
    const { slack, clients, clock, deadline, store, table } = connections;
    const clientOf = ({ project }: { readonly project: string }) => clients(project, ownSession);
    const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
    const { rights } = rightsOver(connections, settings.SLACK_TEAM_ID, policy);
    const ports: Ports = {
      ...createWatchingStores(store, clock.now),
      notifier: createNotifier({
        client: slack,
        clock,
        pace: createPace(table, clock.now, settings.SLACK_TEAM_ID),
        refs: createLastingRefs(store, clock.now),
        rightOf: channelRights(rights),
        log,
      }),
      events: createPublicEvents({ client: events, bus: settings.PUBLIC_BUS, log }),
      schedule: scheduleOf(connections),
      observer: createObserver(clientOf, clock.now),
    };
    return work({ ports, waiting: createWaiting(clientOf, clock.now, { pause }), deadline: deadline - tellingMs, connections });
  });
}
