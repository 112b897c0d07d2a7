// What `doctor` looks at on AWS.
import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { deadLettersCheckup } from "../src/aws/checkups/dead-letters.ts";
import { scheduleCheckups } from "../src/aws/checkups/schedules.ts";
import type { Deployment } from "../src/aws/deployment.ts";
import { createPingQueue } from "../src/aws/ping-queue.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import { clockCheckup } from "../src/commands/doctor/clock.ts";
import { maxComputeCheckups } from "../src/commands/doctor/maxcompute.ts";
import { roleCheckups } from "../src/commands/doctor/role.ts";
import { roundTripCheckup } from "../src/commands/doctor/round-trip.ts";
import { storeCheckup } from "../src/commands/doctor/store.ts";
import { versionCheckup } from "../src/commands/doctor/version.ts";
import { membershipCheckup } from "../src/slack/checkups/membership.ts";
import { signingSecretCheckup } from "../src/slack/checkups/signing-secret.ts";
import { tokenCheckup } from "../src/slack/checkups/token.ts";
import { sessionOf } from "../src/slack/session-name.ts";
import type { Place } from "./compose.ts";
import { roleSessionsOver } from "./maxcompute.ts";
import { version } from "./version.ts";

type Settings = Pick<
  Deployment,
  | "PRIVATE_BUS"
  | "MINUTE_RULE"
  | "HEARTBEAT_RULE"
  | "LOST_QUEUE"
  | "FAILURES_QUEUE"
  | "APOLOGIES_QUEUE"
  | "SECRETS_PATH"
  | "SLACK_TEAM_ID"
  | "ODPS_ENDPOINT"
  | "ODPS_ACCESS_ID"
  | "ODPS_ROLE_ARN"
  | "ODPS_STS_ENDPOINT"
>;

/** `region` and `sqsEndpoint` are of the function's surroundings, as AWS's own tools read them. */
export function checkupsOver(
  settings: Settings,
  secrets: Secrets,
  { region, sqsEndpoint }: { readonly region: string; readonly sqsEndpoint: string | undefined },
): NonNullable<Place["checkups"]> {
  const { PRIVATE_BUS: bus, MINUTE_RULE: minuteRule, HEARTBEAT_RULE: heartbeatRule, SECRETS_PATH: path } = settings;
  const queues = { lost: settings.LOST_QUEUE, failures: settings.FAILURES_QUEUE, apologies: settings.APOLOGIES_QUEUE };
  const sessions = roleSessionsOver(settings, secrets);
  const client = new EventBridgeClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  return ({ slack, fetch, table, store, clock }, { groups }) => {
    const { now } = clock;
    const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
    const ping = createPingQueue({ client, bus, sealKey: () => secrets.value("seal-key"), now });
    const redeploy = "Deploy the bot anew, all of its stack; if it lasts, look at the log of the function command.";
    const sources = [
      { name: "Slack", url: `${slack.slackApiUrl}api.test` },
      { name: "MaxCompute", url: settings.ODPS_ENDPOINT },
    ];
    const endpoint = sqsEndpoint === undefined ? {} : { endpoint: sqsEndpoint };
    const here = [
      clockCheckup({ sources, fetch, now }),
      storeCheckup({
        store,
        now,
        newId: randomUUID,
        fix: "Let the function command read and write its table: deploy the bot anew.",
      }),
      roundTripCheckup({ store, ping, now, newId: randomUUID, pause, name: "Bus", fix: redeploy }),
      ...scheduleCheckups({ client, minuteRule, heartbeatRule, table, groups, now }),
      deadLettersCheckup({ queues, fetch, credentials: () => client.config.credentials(), region, now, ...endpoint }),
      versionCheckup({ version, node: process.version, where: `on AWS in ${region}` }),
    ];
    return (request, maxcompute) => [
      tokenCheckup({ client: slack, teamId: settings.SLACK_TEAM_ID, keptIn: `the parameter ${path}/slack-bot-token` }),
      membershipCheckup(slack, request),
      signingSecretCheckup(request),
      ...here,
      ...roleCheckups(sessions, sessionOf(request.caller)),
      ...maxComputeCheckups(maxcompute, now),
    ];
  };
}
