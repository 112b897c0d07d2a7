// The whole bot in one process: the only place of the local run that puts adapters together.
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import type { Clock } from "../bot.ts";
import { createBot } from "../bot.ts";
import { answerPing } from "../commands/doctor/round-trip.ts";
import { describeCommand } from "../commands/help.ts";
import { createLedger } from "../commands/ledger.ts";
import { commands } from "../commands/registry.ts";
import { createRightsDesk } from "../commands/rights/desk.ts";
import { createPolicyBook } from "../commands/rights/policy-book.ts";
import type { ItemStore } from "../commands/store.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { systemClock } from "../simulator/clock.ts";
import { listen } from "../slack/app.ts";
import { channelRights } from "../slack/channel-right.ts";
import { createDirectory, createDirectoryMemory } from "../slack/directory.ts";
import { createFormOpener } from "../slack/form-opener.ts";
import { createMessenger } from "../slack/messenger.ts";
import { createPace } from "../slack/pace.ts";
import { ownSession, sessionOf } from "../slack/session-name.ts";
import { createSpool, largestFileBytes } from "../slack/spool.ts";
import { alibabaCloudCredentials, type Environment } from "./alibaba-cloud-credentials.ts";
import { localCheckups } from "./checkups.ts";
import { createChores } from "./chores.ts";
import { createDirectQueue } from "./direct-queue.ts";
import { createMaxComputeClients } from "./maxcompute-clients.ts";
import { openRealSlack } from "./real-slack.ts";
import { noScenarios, openSimulatedMaxCompute } from "./simulated-maxcompute.ts";
import { openSimulatedSlack } from "./simulated-slack.ts";
import type { SlackConnection } from "./slack-connection.ts";
import { openSqliteAudit } from "./sqlite-audit.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { takeStateFolder } from "./state-folder.ts";
import { createLocalWatching } from "./watching.ts";

export type LocalRun = {
  /** Where a browser finds it. */
  readonly url: string;
  /** What it is connected to, in words. */
  readonly describe: string;
  /** Lets what is under way come to its end, then closes everything. */
  stop(): Promise<void>;
};

/** What the run finds around it, and what stands in for a part of it; the settings decide about everything else. */
export type Surroundings = {
  /** Where Alibaba Cloud's own variables are, for settings without a key. */
  readonly env?: Environment;
  readonly clock?: Clock;
  /** What the bot takes for its store. */
  around?(store: ItemStore): ItemStore;
  openSlack?(): Promise<SlackConnection>;
};

/** Starts the bot as the settings say. Throws FolderInUse, a taken port (EADDRINUSE), or what Slack says to its tokens. */
export async function startLocalRun(
  config: Config,
  version: string,
  log: Log,
  surroundings: Surroundings = {},
): Promise<LocalRun> {
  const closers: (() => Promise<void> | void)[] = [];
  const opened = <T>(thing: T, close: (thing: T) => Promise<void> | void): T => {
    closers.unshift(() => close(thing));
    return thing;
  };
  const closeAll = async () => {
    for (const close of closers.splice(0)) await close();
  };
  try {
    return await start(config, version, log, surroundings, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Opened = <T>(thing: T, close: (thing: T) => Promise<void> | void) => T;

async function start(
  config: Config,
  version: string,
  log: Log,
  surroundings: Surroundings,
  opened: Opened,
  closeAll: () => Promise<void>,
): Promise<LocalRun> {
  const { clock = systemClock } = surroundings;
  const folder = opened(takeStateFolder(config.home), ({ release }) => release());
  const file = opened(openSqliteStore(folder.file("bot.db"), clock.now), ({ close }) => close());
  const store = surroundings.around?.(file) ?? file;
  const trail = opened(openSqliteAudit(folder.file("bot.db")), ({ close }) => close());
  const maxcompute =
    config.maxcompute === undefined
      ? opened(await openSimulatedMaxCompute({ port: config.port + 1, stateFile: folder.file("maxcompute.db") }), ({ close }) =>
          close(),
        )
      : { settings: config.maxcompute, scenarios: noScenarios };
  const { settings, scenarios } = maxcompute;
  const clients = opened(
    createMaxComputeClients(settings, version, alibabaCloudCredentials(surroundings.env ?? {})),
    ({ close }) => close(),
  );
  const openSlack =
    surroundings.openSlack ??
    (() =>
      config.slack === undefined
        ? openSimulatedSlack({
            port: config.port,
            stateFile: folder.file("slack.db"),
            maxcompute: scenarios,
            completions: commands.map(describeCommand).map(({ name, usage, summary }) => ({ name, usage, summary })),
            log,
          })
        : openRealSlack({ slack: config.slack, port: config.port, log }));
  const slack = opened(await openSlack(), ({ close }) => close());
  const ledger = createLedger(store, clock.now);
  const queue = createDirectQueue(
    ledger,
    clock,
    () => bot,
    (id) => answerPing(store, id, clock.now()),
  );
  const pace = createPace(store, clock.now, slack.identity.teamId);
  const policyBook = createPolicyBook({ store, now: clock.now, fixed: [...slack.policy, ...config.policy] });
  const directory = createDirectory({
    client: slack.client,
    teamId: slack.identity.teamId,
    remember: createDirectoryMemory(clock.now),
    clock,
  });
  const rights = createRightsDesk(policyBook, directory);
  const rightOf = channelRights(rights);
  const { book, ticker, groups } = createLocalWatching({
    store,
    maxcompute: (project) => clients.of(project, ownSession),
    slack: slack.client,
    pace,
    rightOf,
    clock,
    log,
  });
  const bot = createBot({
    commands,
    store,
    queue,
    transfers: queue,
    responder: createMessenger({
      client: slack.client,
      fetch: globalThis.fetch,
      clock,
      pace,
      spool: createSpool({ folder: tmpdir(), maxBytes: largestFileBytes }),
      log,
    }),
    forms: createFormOpener({ client: slack.client, clock }),
    rights,
    policyBook,
    isOurs: ({ team }) => team === slack.identity.teamId,
    maxcompute: (project, caller) => clients.of(project, sessionOf(caller)),
    watching: book,
    checkups: localCheckups({
      ...{ slack, store, queue, ledger, ticker, groups, clock, version },
      isSlackSimulated: config.slack === undefined,
      endpoint: settings.endpoint,
      sessions: clients.sessions,
      home: config.home,
      node: process.version,
    }),
    audit: { trail, team: slack.identity.teamId, channel: config.auditChannel },
    projectOf: () => settings.project,
    clock,
    newId: randomUUID,
    log,
    version,
  });
  listen(slack.app, bot, slack.identity.teamId, log);
  const chores = createChores({ bot, store: file, clock, log });
  const before = clock.now(); // what is delivered from now on is not of an earlier process
  await slack.listen();
  chores.begin(before);
  ticker.begin();
  const describe = `${slack.describe}, ${config.maxcompute === undefined ? "a simulated MaxCompute" : `MaxCompute at ${settings.endpoint}`}`;
  return {
    url: slack.url,
    describe,
    async stop() {
      await chores.end();
      await queue.idle();
      await ticker.end();
      await closeAll();
    },
  };
}
