// What the working functions share: the ports of the bot, put together anew for each invocation so that no dead connection of a
// thawed sandbox is ever used for a write (production rule 7).
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { SSMClient } from "@aws-sdk/client-ssm";
import { WebClient } from "@slack/web-api";
import type { Context } from "aws-lambda";
import { Agent } from "undici";
import type { Deployment } from "../src/aws/deployment.ts";
import { createDynamoClient } from "../src/aws/dynamo-client.ts";
import { createDynamoStore } from "../src/aws/dynamo-store.ts";
import type { SecretName, Secrets } from "../src/aws/secrets.ts";
import { createSecrets } from "../src/aws/secrets.ts";
import type { Bot, BotPorts, Clock } from "../src/bot.ts";
import { createBot } from "../src/bot.ts";
import { namedOperators } from "../src/commands/policies.ts";
import { commands } from "../src/commands/registry.ts";
import type { TransferQueue } from "../src/commands/request.ts";
import type { Log } from "../src/log.ts";
import { createLog } from "../src/log.ts";
import type { MaxComputeClient } from "../src/maxcompute/index.ts";
import { clientOptions } from "../src/slack/client-options.ts";
import { fetchOver } from "../src/slack/fetch-over.ts";
import { withFreshToken } from "../src/slack/fresh-token.ts";
import { createMessenger } from "../src/slack/messenger.ts";
import { createPace } from "../src/slack/pace.ts";
import { createSpool } from "../src/slack/spool.ts";
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

/** The one folder a function may write to has 512 MB (AWS Lambda, ephemeral storage); a little is left to others. */
const spool = createSpool({ folder: tmpdir(), maxBytes: 480 * 1024 * 1024 });

/** The invocation ends so much before its time-out: what is not done by then is left to the apology. */
const spareMs = 2_000;

export type Place = {
  readonly settings: Pick<Deployment, "TABLE_NAME" | "SLACK_TEAM_ID" | "LOG_LEVEL">;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly operators: readonly string[];
  readonly project: string;
  /** Where transfers are handed on; absent where none can begin. */
  readonly transfers?: TransferQueue;
  /** A client over the connections of this invocation. */
  maxcompute(
    project: string,
    dispatcher: Agent,
  ): Promise<(project: string) => MaxComputeClient> | ((project: string) => MaxComputeClient);
};

/** Runs `work` with a bot whose connections are this invocation's own, and closes them behind it. */
export async function withBot<T>(
  place: Place,
  context: Pick<Context, "getRemainingTimeInMillis">,
  work: (bot: Bot) => Promise<T>,
): Promise<T> {
  const { settings, secrets, log } = place;
  const deadline = clock.now() + context.getRemainingTimeInMillis() - spareMs;
  const agent = new Agent({ connect: { timeout: 3_000 } });
  const fetch = fetchOver(agent);
  try {
    const token = () => secrets.value("slack-bot-token");
    const slack = new WebClient(await token(), {
      ...clientOptions,
      fetch: withFreshToken({ fetch, token, doubt: secrets.doubt }),
    });
    const clients = await place.maxcompute(place.project, agent);
    const store = createDynamoStore({ client: dynamo(), table: settings.TABLE_NAME, now: clock.now, newVersion: randomUUID });
    const ports: BotPorts = {
      commands,
      store,
      queue: { send: async () => Promise.reject(new Error("a worker takes no commands in")) },
      transfers: place.transfers ?? { start: async () => Promise.reject(new Error("no transfer can begin here")) },
      responder: createMessenger({
        client: slack,
        fetch,
        clock,
        pace: createPace(store, clock.now, settings.SLACK_TEAM_ID),
        spool,
        log,
      }),
      policy: namedOperators(settings.SLACK_TEAM_ID, place.operators),
      maxcompute: (project) => clients(project).withDeadline(deadline),
      projectOf: () => place.project,
      clock,
      newId: randomUUID,
      log,
      version,
    };
    return await work(createBot(ports));
  } finally {
    await agent.close();
  }
}

let opened: ReturnType<typeof createDynamoClient> | undefined;
/** One client a sandbox: DynamoDB's own retries are safe, because each write is known by its token. */
function dynamo(): ReturnType<typeof createDynamoClient> {
  opened ??= createDynamoClient({ region: process.env.AWS_REGION ?? "" });
  return opened;
}
