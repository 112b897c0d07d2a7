// What a local run looks at, each in its good and its broken state; Slack and MaxCompute stand on real sockets.
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import { answerPing } from "../../src/commands/doctor/round-trip.ts";
import { createLedger } from "../../src/commands/ledger.ts";
import type { ItemStore } from "../../src/commands/store.ts";
import { createWatchingStores } from "../../src/commands/watching/stores.ts";
import { type LocalCheckupPorts, localCheckups } from "../../src/local/checkups.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import { clientOptions } from "../../src/slack/client-options.ts";
import { scopes } from "../../src/slack/manifest.ts";
import type { Finding } from "../../src/view/index.ts";
import { general, startSlack, token } from "../simulator/slack/support.ts";
import { aRequest } from "../support/a-bot.ts";
import { manualClock } from "../support/manual-clock.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const minute = 60_000;

type Over = {
  /** How far this run's clock is ahead of everybody else's. */
  readonly aheadMs?: number;
  readonly store?: (store: ItemStore) => ItemStore;
  readonly isDeaf?: boolean;
  readonly ticks?: ReturnType<LocalCheckupPorts["ticker"]["state"]>;
  readonly isWatching?: boolean;
  /** Ago, ms. */
  readonly unanswered?: number;
};

async function found(over: Over = {}): Promise<Readonly<Record<string, Finding>>> {
  const { aheadMs = 0, isDeaf = false, isWatching = false, unanswered } = over;
  const { slack, clock: theirs, close } = await startSlack({ scopes: scopes.map(({ scope }) => scope) });
  const maxcompute = await startMaxComputeSimulator({ clock: theirs });
  closing.push(close, () => maxcompute.close());
  const clock = manualClock(theirs.now() + aheadMs);
  const file = openSqliteStore(":memory:", clock.now);
  const store = over.store?.(file) ?? file;
  const { groups } = createWatchingStores(file, clock.now);
  if (isWatching) await groups.wake({ team: "T1", connection: "default", project: "p" }, clock.now());
  if (unanswered !== undefined)
    await createLedger(file, () => clock.now() - unanswered).receive(aRequest({ requestedAt: clock.now() - unanswered }));
  const request = aRequest({ replyTo: { channel: general, direct: false, replaceable: false } });
  const client = createMaxComputeClient({
    ...{ endpoint: maxcompute.endpoint, project: maxcompute.project, now: clock.now },
    accessKey: { id: maxcompute.accessId, secret: maxcompute.accessKey },
  });
  const checkups = localCheckups({
    slack: {
      client: new WebClient(token, { ...clientOptions, slackApiUrl: `${slack.url}/api/` }),
      identity: { teamId: slack.team.id, botId: slack.bot.id, botUserId: slack.bot.userId },
    },
    isSlackSimulated: true,
    endpoint: maxcompute.endpoint,
    ...{ store, groups, clock, home: ".odps", version: "0.1.0", node: "v24.1.0" },
    queue: { ping: async (id) => (isDeaf ? undefined : answerPing(store, id, clock.now())) },
    ledger: createLedger(file, clock.now),
    ticker: { state: () => over.ticks ?? { isOn: true, tickedAt: clock.now() - 2_000 } },
  })(request, client);
  const findings = Promise.all(checkups.map(async ({ name, run }) => [name, await run(clock.now() + 3_700)] as const));
  let isOver = false;
  void findings.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (isDeaf) await clock.advance(150);
  }
  return Object.fromEntries(await findings);
}
const readonly = () => Promise.reject(new Error("attempt to write a readonly database"));

describe("the checks of a local run", () => {
  it("are all well where all is well, but for what only a stop would tell", async () => {
    const findings = Object.entries(await found());
    expect(findings.filter(([, { state }]) => state !== "ok").map(([name]) => name)).toEqual(["Stopping"]);
    expect(Object.fromEntries(findings).Version?.seen).toBe("odps-chatops 0.1.0 on Node 24.1.0, on this machine");
  });

  it("find a clock that is ten minutes ahead, while MaxCompute goes on", async () => {
    const findings = await found({ aheadMs: 10 * minute + 1_000 });
    expect(findings.Clock).toMatchObject({ state: "broken", seen: expect.stringMatching(/^10 m ahead of Slack's, 10 m ahead/) });
    expect(findings.Clock).toMatchObject({ fix: expect.stringContaining("Set the clock") });
    expect(findings.MaxCompute?.state).toBe("ok");
  });

  it("find a store that can only be read, and say which folder it is in", async () => {
    const findings = await found({ store: (store) => ({ ...store, put: readonly, create: readonly, replace: readonly }) });
    expect(findings.Store).toMatchObject({ state: "broken", fix: expect.stringContaining("the folder .odps") });
  });

  it("find a queue through which nothing comes", async () => {
    expect((await found({ isDeaf: true })).Queue).toMatchObject({
      state: "broken",
      fix: expect.stringContaining("start it again"),
    });
  });

  it("find a schedule that rests although something is watched, and let it rest otherwise", async () => {
    const ticks = { isOn: false, tickedAt: undefined };
    expect((await found({ ticks, isWatching: true })).Schedule).toMatchObject({ state: "broken" });
    expect((await found({ ticks })).Schedule).toEqual({ state: "ok", seen: "rests, for nothing is watched" });
  });

  it("find a request that nobody answered, once it is not under way any more", async () => {
    expect((await found({ unanswered: 3 * minute })).Unanswered).toMatchObject({
      state: "broken",
      seen: "1 request has had no answer for two minutes or longer",
    });
    expect((await found({ unanswered: minute })).Unanswered?.state).toBe("ok");
  });
});
