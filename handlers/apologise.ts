// The 50 s queue, dead letters and failure records -> tell the person, unless the request was answered.
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { readFailure } from "../src/aws/failure.ts";
import type { Bot } from "../src/bot.ts";
import type { Turn } from "../src/commands/turn.ts";
import { createLambdaLog, openSecrets, withBot } from "./compose.ts";
import { openRequest } from "./open-request.ts";
import { transfersOver } from "./transfers.ts";

const settings = loadDeployment("apologise", process.env);
const log = createLambdaLog(settings.LOG_LEVEL);
const secrets = openSecrets(settings.SECRETS_PATH, ["slack-bot-token", "seal-key"]);
const noMaxCompute = () => () => {
  throw new Error("an apology asks MaxCompute nothing");
};
const place = {
  settings,
  secrets,
  log,
  operators: [],
  project: "",
  transfers: transfersOver(settings.PRIVATE_BUS, secrets),
  maxcompute: noMaxCompute,
};

/** False when the record has to come again. */
async function tell({ body, eventSourceARN, messageId }: SQSRecord, bot: Bot, turn: Turn): Promise<boolean> {
  const failure = readFailure(body, eventSourceARN.endsWith("-apologies"));
  const request = failure === undefined ? undefined : await openRequest(failure.kind, failure.detail, secrets);
  if (failure === undefined || request === undefined) {
    log.error("envelope.unopened", { messageId });
    return true; // nobody to tell, now or later
  }
  if (failure.kind === "TransferRequested") return bot.resume(request, failure.ended, turn);
  return bot.apologise(request, failure.why === "slow" ? "slow" : "interrupted", failure.ended, turn);
}

export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  withBot(place, context, async (bot, turn) => {
    // Side by side: one may have to wait for the end of a worker's turn.
    const told = await Promise.all(Records.map((record) => tell(record, bot, turn)));
    const again = Records.filter((_, index) => told[index] === false);
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
