// EventBridge "CommandRequested" -> open the envelope -> run the command and answer it.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { commands } from "../src/commands/registry.ts";
import { turnEndsAt } from "../src/commands/turn.ts";
import { clock, openWorkplace, withBot } from "./compose.ts";
import { openRequest } from "./open-request.ts";
import { transfersOver } from "./transfers.ts";
import { watchingOver } from "./watching.ts";

const settings = loadDeployment("command", process.env);
const workplace = openWorkplace(settings, commands);
const { secrets, log } = workplace;
const place = {
  ...workplace,
  transfers: transfersOver(settings.PRIVATE_BUS, secrets),
  watching: watchingOver(settings, secrets, log),
};

export const handler = async (event: EventBridgeEvent<"CommandRequested", unknown>, context: Context): Promise<void> => {
  const request = await openRequest("CommandRequested", event.detail, secrets);
  if (request === undefined) return log.error("envelope.unopened", { eventId: event.id });
  const endsBy = turnEndsAt(request.requestedAt, clock.now());
  // A failure is Lambda's to report: its record reaches apologise at once, and says that this worker has ended.
  if (!(await withBot(place, context, (bot, turn) => bot.run(request, turn), endsBy)))
    throw new Error(`request ${request.id} was not answered`);
};
