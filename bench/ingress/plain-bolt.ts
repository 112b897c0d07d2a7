// What Bolt's documentation shows for Lambda, with the one call that the ingress makes: a command acknowledged after one PutEvents.
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { App, AwsLambdaReceiver } from "@slack/bolt";

const receiver = new AwsLambdaReceiver({ signingSecret: process.env.BENCH_SIGNING_SECRET ?? "" });
const app = new App({ receiver, authorize: async () => ({ botToken: "xoxb-none", botId: "B1", botUserId: "U1" }) });
const events = new EventBridgeClient({ maxAttempts: 1 });

app.command(/.*/, async ({ command, ack }) => {
  const Detail = JSON.stringify({ id: command.trigger_id, command });
  const entry = { EventBusName: "private", Source: "odps-chatops", DetailType: "CommandRequested", Detail };
  const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount !== 0) throw new Error("the bus refused the event");
  await ack();
});

export const handler = receiver.toHandler();
