// Everything that stays behind of a conversation: log lines, events, queue messages, dead letters, stored items.

import { secrets } from "./secrets.ts";
import type { World } from "./world.ts";

async function storedItems({ cloud, dynamo }: World): Promise<string> {
  const table = cloud.resource("Table")?.ref;
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

const queues = ["ApologiesQueue", "FailuresQueue", "LostQueue"];

/** By kind. The door's own events are left out: they are what Slack sent. */
export async function leftBehind(world: World): Promise<Readonly<Record<string, string>>> {
  const { cloud } = world;
  const invocations = cloud.invocations();
  return {
    log: invocations.map(({ log }) => log).join(""),
    errors: JSON.stringify(invocations.map(({ error, result, fn }) => (fn === "SlackLambdaFunction" ? error : [error, result]))),
    events: JSON.stringify(cloud.events()),
    delivered: JSON.stringify(invocations.filter(({ fn }) => fn !== "SlackLambdaFunction").map(({ event }) => event)),
    queued: JSON.stringify(queues.map((name) => cloud.queue(name)?.sent())),
    deadLetters: JSON.stringify(cloud.deadLetters()),
    items: await storedItems(world),
  };
}

type Row = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** Every row there is, expired or not: this table's TTL never deletes. */
export const rowsOf = async (world: World): Promise<readonly Row[]> => JSON.parse(await storedItems(world)).Items;

/** Secrets in what is left behind, as `kind: name`. `more` are those that came up in the conversation. */
export async function leaks(world: World, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const known = Object.entries({ ...secrets, ...more, responseUrl: "hooks.slack.com", logviewToken: "token=" });
  const kinds = Object.entries(await leftBehind(world));
  return kinds.flatMap(([kind, text]) => known.filter(([, secret]) => text.includes(secret)).map(([name]) => `${kind}: ${name}`));
}
