// EventBridge "CommandRequested" -> open the envelope -> run the command and answer it.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { open } from "../src/aws/envelope.ts";
import { CommandRequest } from "../src/commands/request.ts";
import { openWorkplace, withBot } from "./compose.ts";
import { transfersOver } from "./transfers.ts";

const settings = loadDeployment("command", process.env);
const workplace = openWorkplace(settings);
const { secrets, log } = workplace;
const place = { ...workplace, transfers: transfersOver(settings.PRIVATE_BUS, secrets) };

export const handler = async (event: EventBridgeEvent<"CommandRequested", unknown>, context: Context): Promise<void> => {
  const request = CommandRequest.safeParse(open("CommandRequested", event.detail, await secrets.values("seal-key")));
  if (!request.success) return log.error("envelope.unopened", { eventId: event.id });
  await withBot(place, context, (bot) => bot.run(request.data));
};
