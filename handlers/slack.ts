// Function URL -> signature -> one sealed event -> acknowledgement. All of it within Slack's three seconds.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SSMClient } from "@aws-sdk/client-ssm";
import { AwsLambdaReceiver } from "@slack/bolt";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { loadDeployment, secretsOf } from "../src/aws/deployment.ts";
import { createEventBridgeQueue } from "../src/aws/eventbridge-queue.ts";
import { createSecrets } from "../src/aws/secrets.ts";
import type { Clock } from "../src/bot.ts";
import { createAccept } from "../src/commands/accept.ts";
import type { FormOpener } from "../src/commands/opening.ts";
import type { Shown } from "../src/commands/recall.ts";
import type { CommandQueue } from "../src/commands/request.ts";
import { commandSpecs } from "../src/commands/specs.ts";
import { createLog } from "../src/log.ts";
import { listen } from "../src/slack/app.ts";
import { createBeside } from "../src/slack/beside.ts";
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
// The queue itself says how long an attempt may take, its connection included.
const events = new EventBridgeClient({ maxAttempts: 1 });
const ssm = new SSMClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 800, throwOnRequestTimeout: true },
});
const secrets = createSecrets({
  client: ssm,
  path: settings.SECRETS_PATH,
  names: secretsOf.slack,
  now,
});
const bus = createEventBridgeQueue({
  client: events,
  bus: settings.PRIVATE_BUS,
  sealKey: () => secrets.value("seal-key"),
  now,
});
/** How many signing secrets are taken is all that others hear of them: `doctor` says it. */
const queue: CommandQueue = {
  send: async (request) => bus.send({ ...request, signingSecrets: (await secrets.values("slack-signing-secret")).length }),
};
let menus: Shown | undefined;
let opener: FormOpener | undefined;
const forms = async () => {
  opener ??= await (await import("./slack-forms.ts")).openForms(secrets, { now, after });
  return opener;
};
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
      ...{ commands: commandSpecs, queue, now, log, version },
      isOurs: ({ team }) => team === settings.SLACK_TEAM_ID,
      // Loaded when they are needed: most of what comes is a command, and is acknowledged without them.
      forms: {
        open: async (form, trigger, name) => (await forms()).open(form, trigger, name),
        say: async (at, view) => (await forms()).say(at, view),
      },
      beside: createBeside(globalThis.fetch),
      shown: async (caller, channel) => {
        const { openMenus } = await import("./slack-menus.ts");
        menus ??= openMenus({ table: settings.TABLE_NAME, secrets, now });
        return menus(caller, channel);
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
