// Everything that comes out of a conversation: log lines, errors, events, queue messages, dead letters and stored items, which nobody but
// whoever runs the bot should read; and what people are shown.
import type { AddressInfo } from "node:net";
import { findLeaks, type Texts } from "../leaks/find.ts";
import { deployment } from "./package-once.ts";
import { secrets } from "./secrets.ts";
import type { World } from "./world.ts";

async function storedItems({ cloud, dynamo }: World, logicalId: string): Promise<string> {
  const table = cloud.resource(logicalId)?.ref;
  const response = await fetch(dynamo.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.Scan",
      "x-amz-date": "20200101T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=a/20200101/r/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify({ TableName: table, ConsistentRead: true }),
  });
  return response.text();
}

/** The ids of the rows of the audit trail. */
export async function auditIds(world: World): Promise<readonly string[]> {
  const { Items }: { Items: { sk: { S: string } }[] } = JSON.parse(await storedItems(world, "AuditTable"));
  return Items.map(({ sk }) => sk.S).toSorted();
}

const queues = ["ApologiesQueue", "FailuresQueue", "LostQueue"];

/** By kind. The door's own events are left out: they are what Slack sent. */
export async function leftBehind(world: World): Promise<Texts> {
  const { cloud } = world;
  const invocations = cloud.invocations();
  return {
    log: invocations.map(({ log }) => log).join(""),
    errors: JSON.stringify(invocations.map(({ error }) => error)),
    results: JSON.stringify(invocations.map(({ result }) => result)),
    events: JSON.stringify(cloud.events()),
    delivered: JSON.stringify(invocations.filter(({ fn }) => fn !== "SlackLambdaFunction").map(({ event }) => event)),
    queued: JSON.stringify(queues.map((name) => cloud.queue(name)?.sent())),
    deadLetters: JSON.stringify(cloud.deadLetters()),
    items: await storedItems(world, "Table"),
    audit: await storedItems(world, "AuditTable"),
  };
}

/** By kind: what anybody sees of the bot in Slack, the acknowledgements (`results`) apart. */
async function shown({ slack, servers }: World): Promise<Texts> {
  const messages = slack.channels().flatMap(({ id }) => slack.messages({ channel: id }));
  const ofBot = messages.filter(({ user }) => user === slack.bot.userId);
  const { port } = servers.slack.address() as AddressInfo;
  const files = ofBot.flatMap((message) => message.files);
  const contents = await Promise.all(files.map(async ({ path }) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()));
  const isPrivate = ({ channel, visible_to }: (typeof ofBot)[number]) => visible_to !== undefined || channel.startsWith("D");
  return {
    posts: JSON.stringify(ofBot.filter((message) => !isPrivate(message))),
    privates: JSON.stringify(ofBot.filter(isPrivate)),
    modals: JSON.stringify(slack.modals()),
    files: `${JSON.stringify(files)}\n${contents.join("\n")}`,
  };
}

const planted: Texts = {
  ...secrets,
  accessId: deployment.odpsAccessId,
  responseUrl: "hooks.slack.com/commands",
  // Whichever form the address takes, this part of it is there.
  responsePath: `/commands/${deployment.slackTeamId}/`,
};

type Row = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** Every row there is, expired or not: this table's TTL never deletes. */
export const rowsOf = async (world: World): Promise<readonly Row[]> => JSON.parse(await storedItems(world, "Table")).Items;

/**
 * Secrets in what came out, as `kind: name, form`. `behind` are more that nobody but people in Slack may read, such as what they
 * typed and the token of a link that they asked for; `anywhere` are more that nobody may read at all.
 */
export async function leaks(world: World, behind: Texts = {}, anywhere: Texts = {}): Promise<readonly string[]> {
  const left = await leftBehind(world);
  const tokens = Object.entries(left).filter(([, text]) => text.includes("token="));
  return [
    ...findLeaks(left, { ...planted, ...behind, ...anywhere }),
    ...tokens.map(([kind]) => `${kind}: a Logview token`),
    ...findLeaks(await shown(world), { ...planted, ...anywhere }),
  ];
}
