// EventBridge "CommandRequested" -> open the envelope -> run the command and answer it.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment, operatorsIn } from "../src/aws/deployment.ts";
import { open } from "../src/aws/envelope.ts";
import { CommandRequest } from "../src/commands/request.ts";
import { createLambdaLog, openSecrets, withBot } from "./compose.ts";
import { maxComputeOver } from "./maxcompute.ts";
import { transfersOver } from "./transfers.ts";

const settings = loadDeployment("command", process.env);
const log = createLambdaLog(settings.LOG_LEVEL);
const secrets = openSecrets(settings.SECRETS_PATH, ["slack-bot-token", "seal-key", "odps-access-key", "odps-sts-token"]);
const place = {
  settings,
  secrets,
  log,
  operators: operatorsIn(settings.ODPS_OPERATORS),
  project: settings.ODPS_PROJECT,
  transfers: transfersOver(settings.PRIVATE_BUS, secrets),
  maxcompute: maxComputeOver(settings, secrets),
};

export const handler = async (event: EventBridgeEvent<"CommandRequested", unknown>, context: Context): Promise<void> => {
  const request = CommandRequest.safeParse(open("CommandRequested", event.detail, await secrets.values("seal-key")));
  if (!request.success) return log.error("envelope.unopened", { eventId: event.id });
  await withBot(place, context, (bot) => bot.run(request.data));
};
