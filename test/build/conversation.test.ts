// The packaged functions together: what a person types goes in by the door, an event goes to the worker or the apology, and the person
// reads one answer.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { scopes } from "../../src/slack/manifest.ts";
import { aDynamoClient, makeTable, startDynalite } from "../support/dynalite.ts";
import { buildOnce } from "./build-once.ts";
import { functionUrl } from "./function-url.ts";
import { doorVariables, lambdaVariables } from "./lambda-variables.ts";
import { loopbackAws } from "./loopback-aws.ts";
import { startBundle } from "./start-bundle.ts";

const signingSecret = "the signing secret";
const botToken = "xoxb-test";

async function open() {
  let doorUrl = "";
  const [built, slack, maxcompute, dynamo] = await Promise.all([
    buildOnce("slack", "command", "apologise"),
    startSlackSimulator({ requestUrl: () => doorUrl, signingSecret, botToken, scopes: scopes.map(({ scope }) => scope) }),
    startMaxComputeSimulator(),
    startDynalite(),
  ]);
  const aws = await loopbackAws({
    "slack-signing-secret": signingSecret,
    "slack-bot-token": botToken,
    "seal-key": randomBytes(32).toString("base64"),
    "odps-access-key": maxcompute.accessKey,
  });
  for (const table of ["items", "audit"]) await makeTable(aDynamoClient(dynamo.endpoint), table);
  const variables = {
    ...lambdaVariables(aws.url),
    ...doorVariables,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    SLACK_TEAM_ID: slack.team.id,
    ODPS_ENDPOINT: maxcompute.endpoint,
    ODPS_PROJECT: maxcompute.project,
    ODPS_POLICY: "allow everyone viewer; allow channels operator",
    ODPS_ACCESS_ID: maxcompute.accessId,
    ODPS_REGION_NAME: maxcompute.region,
  };
  const [door, command, apologise] = await Promise.all(
    (["slack", "command", "apologise"] as const).map((name) =>
      startBundle(built.bundles[name].file, variables, { "slack.com": Number(new URL(slack.url).port) }),
    ),
  );
  if (door === undefined || command === undefined || apologise === undefined) throw new Error("a function did not start");
  const url = await functionUrl(door);
  doorUrl = url.url;

  return {
    maxcompute,
    command,
    /** Types a command and gives the event that the rule's targets get. */
    async type(text: string): Promise<Record<string, unknown>> {
      const before = aws.entries.length;
      await slack.command({ user: "ann", channel: "general", text });
      const [entry] = aws.entries.slice(before);
      if (entry === undefined) throw new Error("the door put nothing on the bus");
      return { id: "event", source: entry.Source, "detail-type": entry.DetailType, detail: JSON.parse(entry.Detail) };
    },
    apologise: (event: unknown, queue: "apologies" | "failures") =>
      apologise.invoke({
        Records: [
          {
            messageId: "1",
            body: JSON.stringify(event),
            eventSourceARN: `arn:aws:sqs:eu-central-1:1:odps-${queue}`,
            messageAttributes: {},
          },
        ],
      }),
    read: () =>
      slack
        .messages({ channel: "general", user: "ann" })
        .filter(({ user }) => user === slack.bot.userId)
        .map(({ text }) => text),
    async close() {
      await Promise.all([door.stop(), command.stop(), apologise.stop()]);
      await Promise.all([url.close(), aws.close(), slack.close(), maxcompute.close(), dynamo.close()]);
      built.remove();
    },
  };
}

let place: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  place = await open();
});
afterAll(() => place.close());

describe("the packaged functions", () => {
  it("answer a command once, though its event comes twice and the apology looks after it", async () => {
    const before = place.read().length;
    const event = await place.type(`status ${place.maxcompute.instances.success}`);
    await place.command.invoke(event);
    await place.command.invoke(event);
    await place.apologise(event, "apologies");
    const answers = place.read().slice(before);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/^SUCCESS /);
  });

  it("apologise once for a command that nobody ran, and take it off the queue", async () => {
    const before = place.read().length;
    const event = await place.type(`status ${place.maxcompute.instances.success}`);
    expect((await place.apologise(event, "failures")).value).toEqual({ batchItemFailures: [] });
    await place.apologise(event, "failures");
    const answers = place.read().slice(before);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain("interrupted");
  });
});
