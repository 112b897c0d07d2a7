// The servers that all invocations share: a Slack, a MaxCompute of many projects, a bus with its rule, and a store. Time is the parent's.
import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import type { ItemStore } from "../../../src/commands/store.ts";
import { createSlackSimulator } from "../../../src/simulator/slack/index.ts";
import { scopes } from "../../../src/slack/manifest.ts";
import { eventsLabel, maxComputeLabel } from "../labels.ts";
import type { StoreName } from "../lanes.ts";
import { listen, type Seen } from "../proxy.ts";
import { type Bus, createBus } from "./bus.ts";
import { dynamoName } from "./dynamo-name.ts";
import { createFleet, type Fleet } from "./fleet.ts";
import { hastyClock, type Setting } from "./haste.ts";
import type { Errand } from "./orders.ts";
import { type Ended, type Fate, openSeat, type Seat } from "./seat.ts";
import { openShelf } from "./shelf.ts";
import { createTape, slackName, type Tape } from "./tape.ts";

export type TickWorld = {
  readonly fleet: Fleet;
  readonly bus: Bus;
  readonly tape: Tape;
  readonly team: string;
  /** Ids of channels that the bot is in. */
  readonly channels: readonly string[];
  readonly person: string;
  now(): number;
  /** Lets so much time pass, ms. Nobody may be at work. */
  pass(ms: number): void;
  /** One invocation on a seat, under a fate. */
  send(seat: number, errand: Errand, fate?: Fate): Promise<Ended>;
  readonly seats: number;
  /** Invocations that were killed. */
  readonly killed: ReadonlySet<number>;
  /** What the parent itself reads of the store. */
  readonly store: ItemStore;
  close(): Promise<void>;
};

const channelNames = ["general", "prod-alerts", "random", "secret-ops"];

export async function openTickWorld(
  store: StoreName,
  child: string,
  log: (line: string) => void,
  seatCount = 4,
): Promise<TickWorld> {
  let setting: Setting = { origin: Date.now(), offsetMs: 0 };
  const clock = hastyClock(() => setting);
  const { now } = clock;
  const sealKey = randomBytes(32).toString("base64");
  const botToken = "xoxb-of-the-parent";
  const signingSecret = randomBytes(16).toString("hex");
  const slack = createSlackSimulator({
    requestUrl: () => "http://127.0.0.1:9",
    baseUrl: () => "http://127.0.0.1:9",
    signingSecret,
    botToken,
    unlimited: true,
    scopes: scopes.map(({ scope }) => scope),
  });
  for (const channel of channelNames) slack.invite({ channel, user: slack.bot.userId });
  const fleet = createFleet(clock);
  const bus = createBus(sealKey);
  const tape = createTape();
  const shelf = await openShelf(store, now, sealKey);
  const servers = [
    createServer((request, response) => void (slack.handle(request, response) || response.writeHead(404).end())),
    createServer(fleet.handle as RequestListener),
    createServer(bus.handle as RequestListener),
  ];
  const [slackUrl = "", maxComputeUrl = "", eventsUrl = ""] = await Promise.all(servers.map(listen));
  const killed = new Set<number>();
  let invocations = 0;
  const people = slack.people();
  const seats: Seat[] = await Promise.all(
    Array.from({ length: seatCount }, () =>
      openSeat({
        child,
        log,
        servers: {
          slackUrl: { target: () => slackUrl, labelOf: slackName },
          maxComputeUrl: { target: () => maxComputeUrl, labelOf: maxComputeLabel },
          eventsUrl: { target: () => eventsUrl, labelOf: eventsName },
          dynamoUrl: { target: () => shelf.dynamoUrl, labelOf: (seen) => dynamoName(seen, sealKey) },
        },
        places: {
          project: "demo_project",
          accessId: fleet.accessId,
          accessKey: fleet.accessKey,
          signingSecret,
          botToken,
          sealKey,
          team: slack.team.id,
          botId: slack.bot.id,
          botUserId: slack.bot.userId,
          policy: readPolicy("allow everyone viewer; allow channels viewer").policy,
        },
        heard: (seen, body, invocation) => tape.hear(seen, body, invocation, now()),
      }),
    ),
  );
  return {
    fleet,
    bus,
    tape,
    team: slack.team.id,
    channels: channelNames.flatMap((name) => slack.channels().find((channel) => channel.name === name)?.id ?? []),
    person: people.find(({ name }) => name === "ann")?.id ?? "",
    now,
    pass(ms) {
      setting = { ...setting, offsetMs: setting.offsetMs + ms };
    },
    seats: seatCount,
    async send(number, errand, fate = () => false) {
      const seat = seats[number % seatCount];
      if (seat === undefined) throw new Error(`there is no seat ${number}`);
      invocations += 1;
      const invocation = invocations;
      const ended = await seat.ask({ ...errand, ...setting, table: shelf.table }, invocation, fate);
      if (ended.kind === "killed") killed.add(invocation);
      return ended;
    },
    killed,
    store: shelf.store,
    async close() {
      for (const seat of seats) await seat.close();
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await shelf.close();
      await slack.close();
      fleet.close();
    },
  };
}

/** The call, and of what is put on a bus its kinds. */
function eventsName({ headers, body }: Seen): string {
  const operation = String(headers["x-amz-target"]).split(".")[1] ?? "";
  const types = [...body.toString().matchAll(/"DetailType":"(\w+)"/g)].map(([, type]) => type);
  return operation === "PutEvents" ? `${eventsLabel()} ${[...new Set(types)].sort().join("+")}` : `events ${operation}`;
}
