// Function URL -> signature -> one sealed event -> acknowledgement. All of it within Slack's three seconds.
import { AwsLambdaReceiver } from "@slack/bolt";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { loadDeployment, operatorsIn } from "../src/aws/deployment.ts";
import { createEventBridgeQueue } from "../src/aws/eventbridge-queue.ts";
import { createAwsCall } from "../src/aws/json-call.ts";
import { createSecrets } from "../src/aws/secrets.ts";
import type { Clock } from "../src/bot.ts";
import { createAccept } from "../src/commands/accept.ts";
import { namedOperators } from "../src/commands/policies.ts";
import { commandSpecs } from "../src/commands/specs.ts";
import { createLog } from "../src/log.ts";
import { listen } from "../src/slack/app.ts";
import { boltLogger, createLambdaApp } from "../src/slack/bolt.ts";
import { createIngress } from "../src/slack/ingress.ts";
import { version } from "./version.ts";

const settings = loadDeployment("slack", process.env);
const now = Date.now;
const log = createLog((line) => process.stdout.write(line), now, settings.LOG_LEVEL);
const after: Clock["after"] = (delayMs, task) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};
const call = createAwsCall({ env: process.env, now, pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
const secrets = createSecrets({
  call,
  path: settings.SECRETS_PATH,
  names: ["slack-signing-secret", "slack-bot-token", "seal-key"],
  now,
});
const queue = createEventBridgeQueue({
  call,
  bus: settings.PRIVATE_BUS,
  sealKey: () => secrets.value("seal-key"),
  now,
});
const policy = namedOperators(settings.SLACK_TEAM_ID, operatorsIn(settings.ODPS_OPERATORS));
const forms = async () => (await import("./slack-forms.ts")).openForms(secrets, { after });
const projectOf = () => settings.ODPS_PROJECT;
// The signature is checked before Bolt sees anything: it would parse first, and decode base64 as ASCII.
const receiver = new AwsLambdaReceiver({
  signingSecret: "checked before",
  signatureVerification: false,
  logger: boltLogger(log),
});
listen(
  createLambdaApp(receiver, log),
  {
    accept: createAccept({
      ...{ commands: commandSpecs, queue, policy, projectOf, now, log, version },
      // Loaded when they are needed: most of what comes is a command, and is acknowledged without them.
      forms: {
        open: async (form, trigger, name) => (await forms()).open(form, trigger, name),
        say: async (at, view) => (await forms()).say(at, view),
      },
      shown: async (caller, channel) => {
        const { shownIn } = await import("./slack-menus.ts");
        return shownIn({ call, table: settings.TABLE_NAME, now })(caller, channel);
      },
    }),
  },
  settings.SLACK_TEAM_ID,
  log,
);
const bolt = receiver.toHandler();
const ingress = createIngress({
  signingSecrets: () => secrets.values("slack-signing-secret"),
  doubtSecrets: secrets.doubt,
  bolt: (event) => bolt(event, {}),
  now,
  log,
});
// Read while the function starts, so that the first person does not wait for it.
await secrets.values("seal-key").catch((error: unknown) => log.error("secrets.unreadable", { error }));

export const handler = async (event: LambdaFunctionURLEvent, _context: unknown) => ingress(event);
