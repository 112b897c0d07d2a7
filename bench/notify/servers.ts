// The simulated MaxCompute and Slack, and a bus that takes everything, in a process of their own: one clock says when MaxCompute ended an
// instance and when Slack took the word of it.
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { type MaxComputeSimulator, startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import { type Message, type SlackSimulator, startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { scopes } from "../../src/slack/manifest.ts";
import type { Begun, Told, Wish } from "./orders.ts";

/** As far away as they are in earnest, ms. */
const maxComputeMs = 30;
const slackMs = 150;
/** An instance waits so long for its quota before it runs. */
const queuedMs = 1_000;
const channelCount = 50;
const always = 1_000_000;

const signs = /^(SUCCESS|FAILED)\b/;

/** Looks at each message as it comes to be. */
function watchEnds(slack: SlackSimulator, ids: ReadonlySet<string>): () => readonly Told[] {
  const told = new Map<string, Told>();
  const idOf = (card: Message): string | undefined => [...ids].find((id) => JSON.stringify(card).includes(id));
  slack.onChange(({ channel }) => {
    const at = Date.now();
    const messages = channel === undefined ? [] : slack.messages({ channel });
    for (const card of messages.filter(({ thread_ts }) => thread_ts === undefined)) {
      const id = idOf(card);
      if (id === undefined) continue;
      const known = told.get(id);
      const replies = messages.filter(({ thread_ts, text: words }) => thread_ts === card.ts && signs.test(words)).length;
      const isTold = { card: signs.test(card.text), reply: replies > 0 };
      told.set(id, {
        id,
        cardAt: known?.cardAt ?? (isTold.card ? at : undefined),
        replyAt: known?.replyAt ?? (isTold.reply ? at : undefined),
        replies,
      });
    }
  });
  return () => [...told.values()];
}

function begin(maxcompute: MaxComputeSimulator, { scenario, runsMs }: Extract<Wish, { kind: "start" }>["life"]): Begun {
  const startedAt = Date.now();
  const durationMs = Math.max(1, runsMs - queuedMs);
  return { id: maxcompute.start(scenario, { startedAt, durationMs }), endsAt: startedAt + queuedMs + durationMs };
}

const maxcompute = await startMaxComputeSimulator();
maxcompute.fault({ kind: "latency", ms: maxComputeMs });
const slack = await startSlackSimulator({
  requestUrl: () => "http://127.0.0.1:9/",
  signingSecret: "s",
  botToken: "xoxb-bench",
  scopes: scopes.map(({ scope }) => scope),
  unlimited: true,
  channels: Array.from({ length: channelCount }, (_, index) => ({
    id: `C0BENCH${String(index).padStart(3, "0")}`,
    name: `bench-${index}`,
    kind: "public",
    members: ["U0BOB0001", "U0ODPS001"],
  })),
});
slack.fault({ kind: "latency", ms: slackMs, times: always });
const bus = createServer(async (request, response) => {
  const { Entries } = JSON.parse(await text(request)) as { readonly Entries: readonly unknown[] };
  const answer = { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: `event-${index}` })) };
  response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
});
bus.listen(0, "127.0.0.1");
await once(bus, "listening");
const address = bus.address();

const ids = new Set<string>();
const told = watchEnds(slack, ids);
process.on("message", (wish: Wish) => {
  if (wish.kind === "told") return process.send?.(told());
  const begun = begin(maxcompute, wish.life);
  ids.add(begun.id);
  return process.send?.(begun);
});
process.on("disconnect", () => process.exit(0));
const { url: maxComputeUrl, project, accessId, accessKey } = maxcompute;
process.send?.({
  maxComputeUrl,
  project,
  accessId,
  accessKey,
  slackUrl: slack.url,
  botToken: "xoxb-bench",
  team: slack.team.id,
  busUrl: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
  channels: slack.channels().flatMap(({ id, name }) => (name.startsWith("bench-") ? [id] : [])),
});
