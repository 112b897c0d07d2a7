// The 50 s queue, dead letters and failure records -> tell the person, unless the request was answered.
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { open } from "../src/aws/envelope.ts";
import { readFailure } from "../src/aws/failure.ts";
import type { Bot } from "../src/bot.ts";
import { CommandRequest } from "../src/commands/request.ts";
import { createLambdaLog, openSecrets, withBot } from "./compose.ts";
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
async function tell({ body, eventSourceARN, messageId }: SQSRecord, bot: Bot, keys: readonly string[]): Promise<boolean> {
  const failure = readFailure(body, eventSourceARN.endsWith("-apologies"));
  const opened = failure === undefined ? undefined : CommandRequest.safeParse(open(failure.kind, failure.detail, keys));
  if (failure === undefined || opened?.success !== true) {
    log.error("envelope.unopened", { messageId });
    return true; // nobody to tell, now or later
  }
  if (failure.kind === "TransferRequested") {
    await bot.resume(opened.data);
    return true;
  }
  return bot.apologise(opened.data, failure.why === "slow" ? "slow" : "interrupted");
}

export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const keys = await secrets.values("seal-key");
  return withBot(place, context, async (bot) => {
    const batchItemFailures = [];
    for (const record of Records)
      if (!(await tell(record, bot, keys))) batchItemFailures.push({ itemIdentifier: record.messageId });
    return { batchItemFailures };
  });
};
