// EventBridge "TransferRequested" -> send the files of an answer; fifteen minutes, and another sender goes on where this one ends.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { commands } from "../src/commands/registry.ts";
import { openWorkplace, withBot } from "./compose.ts";
import { openRequest } from "./open-request.ts";

const place = openWorkplace(loadDeployment("transfer", process.env), commands);
const { secrets, log } = place;

export const handler = async (event: EventBridgeEvent<"TransferRequested", unknown>, context: Context): Promise<void> => {
  const request = await openRequest("TransferRequested", event.detail, secrets);
  if (request === undefined) return log.error("envelope.unopened", { eventId: event.id });
  // A failure is Lambda's to report: its record reaches apologise, which starts the transfer again or gives it up in words.
  const isOver = await withBot(place, context, (bot, turn) => bot.transfer(request, turn));
  if (!isOver) throw new Error(`transfer ${request.id} did not come to its end`);
};
