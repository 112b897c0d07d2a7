// EventBridge "CommandRequested" -> open the envelope -> run the command and answer it; "PingRequested" -> say that it came through.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { Ping } from "../src/aws/ping-queue.ts";
import { answerPing } from "../src/commands/doctor/round-trip.ts";
import { commands } from "../src/commands/registry.ts";
import { staleAfterMs, turnEndsAt } from "../src/commands/turn.ts";
import { checkupsOver } from "./checkups.ts";
import { clock, openWorkplace, withBot, withConnections } from "./compose.ts";
import { openRequest, openSealed } from "./open-request.ts";
import { transfersOver } from "./transfers.ts";
import { watchingOver } from "./watching.ts";

const settings = loadDeployment("command", process.env);
const workplace = openWorkplace(settings, commands);
const { secrets, log } = workplace;
const place = {
  ...workplace,
  transfers: transfersOver(settings.PRIVATE_BUS, secrets),
  watching: watchingOver(settings, secrets, log),
  checkups: checkupsOver(settings, secrets, {
    region: process.env.AWS_REGION ?? "",
    sqsEndpoint: process.env.AWS_ENDPOINT_URL_SQS,
  }),
};

type Event = EventBridgeEvent<"CommandRequested" | "PingRequested", unknown>;

export const handler = async (event: Event, context: Context): Promise<void> => {
  if (event["detail-type"] === "PingRequested") return answer(event, context);
  const request = await openRequest("CommandRequested", event.detail, secrets);
  if (request === undefined) return log.error("envelope.unopened", { eventId: event.id });
  const endsBy = turnEndsAt(request.requestedAt, clock.now());
  // A failure is Lambda's to report: its record reaches apologise at once, and says that this worker has ended.
  if (!(await withBot(place, context, (bot, turn) => bot.run(request, turn), endsBy)))
    throw new Error(`request ${request.id} was not answered`);
};

async function answer({ id: eventId, detail }: Event, context: Context): Promise<void> {
  const sealed = await openSealed("PingRequested", detail, secrets);
  const ping = Ping.safeParse(sealed?.content).data;
  if (sealed === undefined || ping === undefined) return log.error("envelope.unopened", { eventId });
  if (clock.now() - sealed.at > staleAfterMs) return log.info("ping.stale");
  await withConnections(place, context, ({ store, clock: { now } }) => answerPing(store, ping.id, now()));
}
