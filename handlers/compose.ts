// What the working functions share: the ports of the bot, put together anew for each invocation so that no dead connection of a
// thawed sandbox is ever used for a write (production rule 7).
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { WebClientOptions } from "@slack/web-api";
import { WebClient } from "@slack/web-api";
import type { Context } from "aws-lambda";
import { Agent } from "undici";
import { policyIn } from "../src/aws/deployed-policy.ts";
import type { Deployment, ForDoctor } from "../src/aws/deployment.ts";
import { auditDaysIn, secretsOf } from "../src/aws/deployment.ts";
import { createDynamoAudit } from "../src/aws/dynamo-audit.ts";
import { createDynamoClient } from "../src/aws/dynamo-client.ts";
import { createDynamoStore } from "../src/aws/dynamo-store.ts";
import { createSealedStore } from "../src/aws/sealed-store.ts";
import type { SecretName, Secrets } from "../src/aws/secrets.ts";
import { createSecrets } from "../src/aws/secrets.ts";
import type { Bot, BotPorts, Clock } from "../src/bot.ts";
import { createBot } from "../src/bot.ts";
import type { AuditTrail } from "../src/commands/audit/trail.ts";
import type { Command } from "../src/commands/command.ts";
import { noWatches } from "../src/commands/no-watches.ts";
import { opensNoForms } from "../src/commands/opening.ts";
import type { TransferQueue } from "../src/commands/request.ts";
import type { Policy } from "../src/commands/rights/policy.ts";
import type { ItemStore } from "../src/commands/store.ts";
import type { Turn } from "../src/commands/turn.ts";
import type { WatchBook } from "../src/commands/watch-book.ts";
import { createWatchingStores, type WatchingStores } from "../src/commands/watching/stores.ts";
import type { Log } from "../src/log.ts";
import { createLog } from "../src/log.ts";
import { clientOptions } from "../src/slack/client-options.ts";
import { fetchOver } from "../src/slack/fetch-over.ts";
import { fetchUntil } from "../src/slack/fetch-until.ts";
import { withFreshToken } from "../src/slack/fresh-token.ts";
import { createMessenger } from "../src/slack/messenger.ts";
import { createPace } from "../src/slack/pace.ts";
import { sessionOf } from "../src/slack/session-name.ts";
import { createSpool, largestFileBytes } from "../src/slack/spool.ts";
import { type Clients, maxComputeOver } from "./maxcompute.ts";
import { rightsOver } from "./rights.ts";
import { version } from "./version.ts";

export const clock: Clock = {
  now: Date.now,
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export const createLambdaLog = (level: Deployment["LOG_LEVEL"]): Log =>
  createLog((line) => process.stdout.write(line), clock.now, level);

export function openSecrets(path: string, names: readonly SecretName[]): Secrets {
  const client = new SSMClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  return createSecrets({ client, path, names, now: clock.now });
}

/** Only `transfer` sends files, and has room for the largest (serverless/functions/transfer.yml: ephemeralStorageSize). */
const spool = createSpool({ folder: tmpdir(), maxBytes: largestFileBytes });

/** The invocation ends so much before its time-out: what is not done by then is left to the apology. */
const spareMs = 2_000;

/** What an invocation finds around it. */
export type Surroundings = {
  readonly clock: Clock;
  dynamo(): DynamoDBClient;
  /** What is different about Slack here. */
  readonly slack?: WebClientOptions;
};

export type Place = {
  /** Those that it may have to run: none of them is in the bundle of who only apologises. */
  readonly commands: readonly Command[];
  readonly settings: Pick<Deployment, "TABLE_NAME" | "AUDIT_TABLE" | "AUDIT_DAYS" | "AUDIT_CHANNEL" | "SLACK_TEAM_ID">;
  readonly secrets: Secrets;
  readonly log: Log;
  /** The lines of the deployment. */
  readonly policy: Policy;
  readonly project: string;
  /** Where transfers are handed on; absent where none can begin. */
  readonly transfers?: TransferQueue;
  /** What is watched, as people handle it; absent where nothing can be watched. */
  watching?(connections: Connections, stores: WatchingStores): WatchBook;
  /** What `doctor` looks at; absent where it does not run. */
  checkups?(connections: Connections, stores: WatchingStores): BotPorts["checkups"];
  /** Clients over the connections of this invocation. */
  maxcompute(project: string, dispatcher: Agent): Promise<Clients> | Clients;
  /** AWS and Slack themselves, unless told. */
  readonly surroundings?: Surroundings;
};

/** The place of a function that works on commands; opened once a cold start. */
export function openWorkplace(
  settings: Omit<Deployment, "PRIVATE_BUS" | "PUBLIC_BUS" | "MINUTE_RULE" | ForDoctor>,
  commands: readonly Command[],
): Place {
  const secrets = openSecrets(settings.SECRETS_PATH, secretsOf.command);
  return {
    commands,
    settings,
    secrets,
    log: createLambdaLog(settings.LOG_LEVEL),
    policy: policyIn(settings.ODPS_POLICY),
    project: settings.ODPS_PROJECT,
    maxcompute: maxComputeOver(settings, secrets),
  };
}

/** What an invocation speaks over. */
export type Connections = {
  readonly slack: WebClient;
  readonly fetch: typeof globalThis.fetch;
  readonly clients: Clients;
  /** As it is, for numbers and switches; and with every value sealed. */
  readonly table: ItemStore;
  readonly store: ItemStore;
  /** What both are kept in, and the audit trail beside them. */
  readonly dynamo: DynamoDBClient;
  readonly clock: Clock;
  /** Epoch ms at which the invocation's time is up. */
  readonly deadline: number;
  /** Nothing is on its way to Slack any more then. */
  readonly endsAt: number;
};

type Time = Pick<Context, "getRemainingTimeInMillis">;
type Spot = Pick<Place, "secrets" | "maxcompute" | "surroundings"> & { readonly settings: Pick<Deployment, "TABLE_NAME"> };

/** Runs `work` over connections of this invocation's own, and closes them behind it. */
export async function withConnections<T>(
  { settings, secrets, maxcompute, surroundings = deployed }: Spot,
  context: Time,
  work: (connections: Connections) => Promise<T>,
  { endsBy = Number.POSITIVE_INFINITY, project = "" } = {},
): Promise<T> {
  const { clock } = surroundings;
  const deadline = clock.now() + context.getRemainingTimeInMillis() - spareMs;
  const agent = new Agent({ connect: { timeout: 3_000 } });
  const endsAt = Math.min(deadline, endsBy);
  const fetch = fetchUntil(fetchOver(agent), endsAt, clock.now);
  try {
    const token = () => secrets.value("slack-bot-token");
    const slack = new WebClient(await token(), {
      ...clientOptions,
      ...surroundings.slack,
      fetch: withFreshToken({ fetch, token, doubt: secrets.doubt }),
    });
    const clients = await maxcompute(project, agent);
    const dynamo = surroundings.dynamo();
    const table = createDynamoStore({
      client: dynamo,
      table: settings.TABLE_NAME,
      now: clock.now,
      newVersion: randomUUID,
    });
    const store = createSealedStore({
      store: table,
      keys: () => secrets.values("seal-key"),
      doubt: secrets.doubt,
      now: clock.now,
    });
    return await work({ slack, fetch, clients, table, store, dynamo, clock, deadline, endsAt });
  } finally {
    await agent.close();
  }
}

/** The audit trail over an invocation's own connections. */
export const trailOver = (
  { dynamo, clock }: Pick<Connections, "dynamo" | "clock">,
  { AUDIT_TABLE, AUDIT_DAYS }: Pick<Deployment, "AUDIT_TABLE" | "AUDIT_DAYS">,
  secrets: Secrets,
): AuditTrail =>
  createDynamoAudit({
    client: dynamo,
    table: AUDIT_TABLE,
    keys: () => secrets.values("seal-key"),
    doubt: secrets.doubt,
    now: clock.now,
    keptDays: auditDaysIn(AUDIT_DAYS),
  });

/**
 * Runs `work` with a bot whose connections are this invocation's own, and closes them behind it. Nothing of it is on its way to Slack
 * when its turn ends: with the invocation, or at `endsBy` (epoch ms) if that is earlier.
 */
export async function withBot<T>(
  place: Place,
  context: Pick<Context, "getRemainingTimeInMillis" | "awsRequestId">,
  work: (bot: Bot, turn: Required<Turn>) => Promise<T>,
  endsBy = Number.POSITIVE_INFINITY,
): Promise<T> {
  const { settings, secrets, log } = place;
  const run = (connections: Connections): Promise<T> => {
    const { slack, fetch, clients, table, store, clock, deadline, endsAt } = connections;
    const trail = trailOver(connections, settings, secrets);
    const stores = createWatchingStores(store, clock.now);
    const { policyBook, rights } = rightsOver(connections, settings.SLACK_TEAM_ID, place.policy);
    const ports: BotPorts = {
      commands: place.commands,
      store,
      queue: { send: async () => Promise.reject(new Error("a worker takes no commands in")) },
      transfers: place.transfers ?? { start: async () => Promise.reject(new Error("no transfer can begin here")) },
      responder: createMessenger({
        client: slack,
        fetch,
        clock,
        pace: createPace(table, clock.now, settings.SLACK_TEAM_ID),
        spool,
        log,
        endsAt,
      }),
      forms: opensNoForms,
      rights,
      policyBook,
      isOurs: ({ team }) => team === settings.SLACK_TEAM_ID,
      maxcompute: (project, caller) => clients(project, sessionOf(caller)).withDeadline(deadline),
      watching: place.watching?.(connections, stores) ?? { ...noWatches, projectOf: stores.channelProject.of },
      checkups: place.checkups?.(connections, stores) ?? (() => []),
      audit: { trail, team: settings.SLACK_TEAM_ID, channel: settings.AUDIT_CHANNEL },
      projectOf: () => place.project,
      clock,
      newId: randomUUID,
      log,
      version,
    };
    return work(createBot(ports), { worker: context.awsRequestId, endsAt });
  };
  return withConnections(place, context, run, { endsBy, project: place.project });
}

let opened: DynamoDBClient | undefined;
const deployed: Surroundings = {
  clock,
  /** One client a sandbox: DynamoDB's own retries are safe, because each write is known by its token. */
  dynamo() {
    opened ??= createDynamoClient({ region: process.env.AWS_REGION ?? "" });
    return opened;
  },
};
