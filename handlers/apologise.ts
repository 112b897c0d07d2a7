// The 50 s queue, dead letters and failure records -> tell the person, unless the request was answered.
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { loadDeployment, secretsOf } from "../src/aws/deployment.ts";
import { readFailure } from "../src/aws/failure.ts";
import type { Bot } from "../src/bot.ts";
import { apologyAfterMs, type Turn } from "../src/commands/turn.ts";
import { clock, createLambdaLog, openSecrets, withBot } from "./compose.ts";
import { each } from "./each.ts";
import { openRequest } from "./open-request.ts";
import { transfersOver } from "./transfers.ts";

const settings = loadDeployment("apologise", process.env);
const log = createLambdaLog(settings.LOG_LEVEL);
const secrets = openSecrets(settings.SECRETS_PATH, secretsOf.apologise);
const noMaxCompute = () => () => {
  throw new Error("an apology asks MaxCompute nothing");
};
const place = {
  commands: [],
  settings,
  secrets,
  log,
  policy: [],
  project: "",
  transfers: transfersOver(settings.PRIVATE_BUS, secrets),
  maxcompute: noMaxCompute,
};

/** False when the record has to come again. */
async function tell(record: SQSRecord, bot: Bot, turn: Turn): Promise<boolean> {
  const { body, eventSourceARN, messageAttributes, messageId } = record;
  const failure = readFailure(body, eventSourceARN, messageAttributes.TARGET_ARN?.stringValue);
  if (failure?.kind === "PingRequested") return true; // it goes every way of a command, and nobody is owed a word about it
  const request = failure === undefined ? undefined : await openRequest(failure.kind, failure.detail, secrets);
  if (failure === undefined || request === undefined) {
    log.error("envelope.unopened", { messageId });
    return true; // nobody to tell, now or later
  }
  if (failure.kind === "TransferRequested") return bot.resume(request, failure.ended, turn);
  if (failure.why === "failed") return bot.apologise(request, "interrupted", failure.ended, turn);
  // What should have come then comes again until then.
  const isTooEarly = failure.why === "untimed" && clock.now() < request.requestedAt + apologyAfterMs;
  return isTooEarly ? false : bot.apologise(request, "slow", undefined, turn);
}

export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  withBot(place, context, (bot, turn) => each(Records, (record) => tell(record, bot, turn), log));
