// EventBridge "TransferRequested" -> send the files of an answer; fifteen minutes, and another sender goes on where this one ends.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { open } from "../src/aws/envelope.ts";
import { CommandRequest } from "../src/commands/request.ts";
import { openWorkplace, withBot } from "./compose.ts";

const place = openWorkplace(loadDeployment("transfer", process.env));
const { secrets, log } = place;

export const handler = async (event: EventBridgeEvent<"TransferRequested", unknown>, context: Context): Promise<void> => {
  const request = CommandRequest.safeParse(open("TransferRequested", event.detail, await secrets.values("seal-key")));
  if (!request.success) return log.error("envelope.unopened", { eventId: event.id });
  // A failure is Lambda's to report: its record reaches apologise, which starts the transfer again or gives it up in words.
  const isOver = await withBot(place, context, (bot) => bot.transfer(request.data));
  if (!isOver) throw new Error(`transfer ${request.data.id} did not come to its end`);
};
