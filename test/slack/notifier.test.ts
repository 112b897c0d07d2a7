// The notifier against a Slack that refuses what Slack refuses, and loses its answers.
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import { createLastingRefs } from "../../src/commands/lasting-refs.ts";
import { createRefBook } from "../../src/commands/refs.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createLog } from "../../src/log.ts";
import type { Message } from "../../src/simulator/slack/index.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import type { NotifierPorts } from "../../src/slack/notifier.ts";
import { createNotifier } from "../../src/slack/notifier.ts";
import { createPace } from "../../src/slack/pace.ts";
import type { Announcement, Farewell, Subscription, Summary, Told, Watch } from "../../src/watch/index.ts";
import { manualClock } from "../support/manual-clock.ts";
import {
  aFailed,
  aFinished,
  aHeld,
  announcedAt,
  aToldWatch,
  edited,
  opened,
  theFailure,
  theInstance,
} from "../support/watch/announced.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Time that passes at once: what would be waited for is written down. */
const impatient = () => {
  const from = Date.now();
  const waits: number[] = [];
  let passed = 0;
  const after = (ms: number, task: () => void) => {
    waits.push(ms);
    passed += ms;
    setImmediate(task);
    return () => undefined;
  };
  return { waits, pass: (ms: number) => (passed += ms), clock: { now: () => from + passed, after } };
};

async function aWorkspace(over: Partial<NotifierPorts> = {}, isUnlimited = false) {
  const slack = await startSlackSimulator({
    requestUrl: () => "http://127.0.0.1:9/",
    signingSecret: "s",
    botToken: "xoxb-test",
    unlimited: isUnlimited,
  });
  closing.push(() => slack.close());
  const { waits, pass, clock } = impatient();
  const bodies: URLSearchParams[] = [];
  const listening: typeof globalThis.fetch = async (url, init) => {
    bodies.push(new URLSearchParams(String(init?.body)));
    return fetch(url, init);
  };
  const clientOf = (slackApiUrl: string) =>
    new WebClient("xoxb-test", {
      slackApiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 500,
      fetch: listening,
    });
  const store = openSqliteStore(":memory:", clock.now);
  const pace = createPace(store, clock.now, slack.team.id);
  const logged: string[] = [];
  const ports: NotifierPorts = {
    client: clientOf(`${slack.url}/api/`),
    clock,
    pace,
    refs: createLastingRefs(store, clock.now),
    log: createLog((line) => logged.push(line), clock.now),
    ...over,
  };
  const notifier = createNotifier(ports);
  const announce = (watch: Watch, announcement: Announcement, isPerhapsRepeated = false) =>
    notifier.announce(watch, announcement, { isPerhapsRepeated });
  /** A watch whose card is posted. */
  const aCard = async (): Promise<Watch> => {
    const watch = aToldWatch();
    const told = await announce(watch, opened());
    return { ...watch, thread: { ...watch.thread, ts: told.kind === "told" ? told.ts : undefined } };
  };
  const here = (channel = "general"): readonly Message[] =>
    slack.messages({ channel }).filter(({ user }) => user === slack.bot.userId);
  return { slack, store, pace, notifier, announce, aCard, here, waits, pass, clock, bodies, logged, clientOf, ports };
}

describe("a card", () => {
  it("is posted once, and edited in place from then on", async () => {
    const { announce, aCard, here } = await aWorkspace();
    const watch = await aCard();
    expect(await announce(watch, edited({ percent: 80 }))).toEqual({ kind: "told", ts: watch.thread.ts });
    expect(await announce(watch, edited({ word: "SUCCESS" }))).toMatchObject({ kind: "told" });
    expect(here()).toMatchObject([{ ts: watch.thread.ts, edited: true, text: expect.stringMatching(/^SUCCESS etl_orders/) }]);
  });

  it("carries the watch's id, and lets Slack draw no page below it", async () => {
    const { aCard, bodies } = await aWorkspace();
    const watch = await aCard();
    expect(JSON.parse(bodies[0]?.get("metadata") ?? "")).toEqual({
      event_type: "odps_watch",
      event_payload: { watch: watch.id },
    });
    expect([bodies[0]?.get("unfurl_links"), bodies[0]?.get("unfurl_media")]).toEqual(["false", "false"]);
  });

  it("has buttons that still name the instance when it has ended months later, for its own team alone", async () => {
    const { aCard, announce, store, slack, here, pass, clock } = await aWorkspace();
    const watch = await aCard();
    await announce(watch, edited({ word: "FAILED", failure: theFailure }));
    pass(100 * 86_400_000);
    const [, ref = ""] = /"value":"ack:(r1:[^"]+)"/.exec(JSON.stringify(here()[0]?.blocks)) ?? [];
    const book = createRefBook(store, clock.now);
    const instance = { project: "demo_project", instanceId: theInstance };
    expect(await book.open({ team: slack.team.id, user: "U0BOB0001" }, ref)).toEqual(instance);
    expect(await book.open({ team: "T2", user: "U0BOB0001" }, ref)).toBeUndefined();
  });

  it("that somebody deleted is not missed, and not posted anew", async () => {
    const { announce, aCard, here, ports } = await aWorkspace();
    const watch = await aCard();
    await ports.client.chat.delete({ channel: "C0GENERAL1", ts: watch.thread.ts ?? "" });
    expect(await announce(watch, edited())).toEqual({ kind: "told" });
    expect(await announce(watch, { kind: "capped", key: "capped", at: announcedAt, to: "thread" })).toEqual({ kind: "told" });
    expect(here()).toEqual([]);
    expect(await announce(watch, aFailed())).toMatchObject({ kind: "told" });
    expect(here()).toMatchObject([{ text: expect.stringMatching(/^FAILED/) }]);
  });

  it("that is not posted yet is neither edited nor replied to", async () => {
    const { announce, here } = await aWorkspace();
    expect(await announce(aToldWatch(), edited())).toMatchObject({ kind: "later" });
    expect(await announce(aToldWatch(), aFinished())).toMatchObject({ kind: "later" });
    expect(here()).toEqual([]);
  });
});

describe("a reply", () => {
  it("hangs in the thread; a failure is shown to the channel, and calls whoever must act", async () => {
    const { announce, aCard, here } = await aWorkspace();
    const watch = await aCard();
    await announce(watch, { kind: "started", key: "started", at: announcedAt, to: "thread", waitedMs: 300_000 });
    await announce(watch, aFailed());
    const [, started, failed] = here();
    expect(started).toMatchObject({ thread_ts: watch.thread.ts });
    expect(started?.broadcast).toBeUndefined();
    expect(failed).toMatchObject({ thread_ts: watch.thread.ts, broadcast: true, text: expect.stringContaining("<@U0VIC0001>") });
  });

  it("that may have been seen before says so", async () => {
    const { announce, aCard, here } = await aWorkspace();
    const watch = await aCard();
    await announce(watch, aFinished(), true);
    await announce(watch, aFinished());
    const [, again, once] = here();
    expect(again?.text).toMatch(/I may have told this before$/);
    expect(JSON.stringify(again?.blocks)).toContain("I may have told this before");
    expect(JSON.stringify(once)).not.toContain("before");
  });

  it("for the owner is a direct message", async () => {
    const { announce, aCard, here } = await aWorkspace();
    const told = await announce(await aCard(), aFinished({ to: "owner", key: "finished:dm" }));
    expect(told).toMatchObject({ kind: "told" });
    expect(here()).toHaveLength(1);
    expect(here("@vic")).toMatchObject([{ text: expect.stringMatching(/^SUCCESS/) }]);
  });
});

describe("what Slack answers", () => {
  const post = "chat.postMessage";
  type Case = readonly [
    what: string,
    fault: (workspace: Awaited<ReturnType<typeof aWorkspace>>) => void,
    announcement: Announcement,
    told: Partial<Told>,
  ];
  const error =
    (method: string, word: string, times = 1): Case[1] =>
    ({ slack }) =>
      slack.fault({ kind: "error", method, error: word, times });
  const cases: readonly Case[] = [
    [
      "an archived channel is refused",
      ({ slack }) => slack.archive({ channel: "general", archived: true }),
      aFinished(),
      { kind: "refused", reason: "archived" },
    ],
    [
      "a channel that the bot left is refused",
      ({ slack }) => slack.remove({ channel: "general", user: "odps" }),
      aFinished(),
      { kind: "refused", reason: "left" },
    ],
    [
      "so it is for an edit",
      ({ slack }) => slack.remove({ channel: "general", user: "odps" }),
      edited(),
      { kind: "refused", reason: "left" },
    ],
    [
      "a channel that is gone is refused",
      error(post, "channel_not_found"),
      aFinished(),
      { kind: "refused", reason: "channel-gone" },
    ],
    [
      "a channel where the bot may not post is refused",
      error(post, "restricted_action"),
      aFinished(),
      { kind: "refused", reason: "left" },
    ],
    [
      "a person who takes no messages is refused",
      error(post, "messages_tab_disabled"),
      aFinished({ to: "owner" }),
      { kind: "refused", reason: "left" },
    ],
    [
      "a lost answer is unknown",
      ({ slack }) => slack.fault({ kind: "lost_answer", method: post, times: 1 }),
      aFinished(),
      { kind: "unknown" },
    ],
    [
      "an answer that takes too long is unknown",
      ({ slack }) => slack.fault({ kind: "latency", method: post, ms: 1_500, times: 1 }),
      aFinished(),
      { kind: "unknown" },
    ],
    [
      "an edit's lost answer is unknown",
      ({ slack }) => slack.fault({ kind: "lost_answer", method: "chat.update", times: 1 }),
      edited(),
      { kind: "unknown" },
    ],
    ["a trouble of Slack's own is unknown", error(post, "internal_error"), aFinished(), { kind: "unknown" }],
    [
      "so is an answer that is none",
      ({ slack }) => slack.fault({ kind: "http", method: post, status: 503, times: 1 }),
      aFinished(),
      { kind: "unknown" },
    ],
    ["a token that was revoked can be set right", error(post, "token_revoked"), aFinished(), { kind: "later" }],
    ["a word that nobody knows was heard, and told nothing", error(post, "something_new"), aFinished(), { kind: "later" }],
    [
      "a card that can no longer be edited is left as it is",
      error("chat.update", "edit_window_closed"),
      edited(),
      { kind: "told" },
    ],
    ["blocks that no form of keeps are not tried for ever", error(post, "invalid_blocks", 9), aFinished(), { kind: "unknown" }],
  ];

  it.each(cases)("%s", async (_what, fault, announcement, told) => {
    const workspace = await aWorkspace();
    const watch = await workspace.aCard();
    fault(workspace);
    expect(await workspace.announce(watch, announcement)).toMatchObject(told);
  });

  it("a connection that was never made is later", async () => {
    const { announce, slack } = await aWorkspace();
    await slack.close();
    expect(await announce(aToldWatch(), opened())).toMatchObject({ kind: "later" });
  });

  it("429 is later, for everybody until then, and nobody waits for it", async () => {
    const { announce, aCard, slack, clock, waits, pass, bodies, pace } = await aWorkspace();
    const watch = await aCard();
    slack.fault({ kind: "rate_limited", method: post, retryAfterSeconds: 30, times: 1 });
    const notBefore = clock.now() + 30_000;
    expect(await announce(watch, aFinished())).toEqual({ kind: "later", notBefore });
    expect(await pace.heldFor(post)).toBe(30_000);
    const asked = bodies.length;
    expect(await announce(watch, aFinished())).toEqual({ kind: "later", notBefore });
    expect([bodies.length, waits]).toEqual([asked, []]);
    // Edits are counted apart.
    expect(await announce(watch, edited())).toMatchObject({ kind: "told" });
    pass(30_001);
    expect(await announce(watch, aFinished())).toMatchObject({ kind: "told" });
  });

  it.each([["once goes out as text alone: it has no newer blocks", 1]])("a message that is refused %s", async (_what, times) => {
    const { announce, aCard, slack, here } = await aWorkspace();
    const watch = await aCard();
    slack.fault({ kind: "error", method: post, error: "invalid_blocks", times });
    expect(await announce(watch, aFailed())).toMatchObject({ kind: "told" });
    expect(here().at(-1)).toMatchObject({ blocks: [], broadcast: true, text: expect.stringMatching(/^FAILED/) });
  });

  it("a card whose edit is refused says the same as text alone", async () => {
    const { announce, aCard, slack, here } = await aWorkspace();
    const watch = await aCard();
    slack.fault({ kind: "error", method: "chat.update", error: "invalid_blocks", times: 1 });
    expect(await announce(watch, edited({ word: "SUCCESS" }))).toMatchObject({ kind: "told" });
    expect(here()).toMatchObject([{ blocks: [], text: expect.stringMatching(/^SUCCESS/) }]);
  });
});

describe("a channel's pace", () => {
  it("is waited for while that is short; what would wait for longer comes later, and holds up nobody", async () => {
    const clock = manualClock();
    const pace = createPace(openSqliteStore(":memory:", clock.now), clock.now, "T1");
    const { announce, aCard, here } = await aWorkspace({ clock, pace }, true);
    const watch = await aCard();
    let isOver = false;
    const telling = Promise.all(Array.from({ length: 20 }, () => announce(watch, aFailed()))).finally(() => {
      isOver = true;
    });
    // Every turn is taken before time moves on.
    for (let settled = 0; settled < 20; settled += 1) await nextTurn();
    while (!isOver) {
      await clock.advance(1_000);
      await nextTurn();
    }
    const kinds = (await telling).map(({ kind }) => kind);
    // Two at once beside the card, then one a second for five seconds.
    expect([kinds.filter((kind) => kind === "told").length, kinds.filter((kind) => kind === "later").length]).toEqual([7, 13]);
    expect(here()).toHaveLength(8);
    await clock.advance(3_000);
    expect(await announce(watch, aFailed())).toMatchObject({ kind: "told" });
  });

  it("that cannot be read puts it off: nothing was told", async () => {
    const { pace } = await aWorkspace();
    const broken = { ...pace, heldFor: () => Promise.reject(new Error("the store is down")) };
    const { announce, here, logged } = await aWorkspace({ pace: broken });
    expect(await announce(aToldWatch(), opened())).toMatchObject({ kind: "later" });
    expect(here()).toEqual([]);
    expect(logged.join("")).toContain("the store is down");
  });
});

describe("news of many", () => {
  const channel = { team: "T0ODPSSIM", channel: "C0GENERAL1" };
  const once = { isPerhapsRepeated: false };

  it("is one post, whose menu names each instance", async () => {
    const { notifier, here, store, clock } = await aWorkspace();
    const held = [aHeld(), aHeld({ instanceId: "20160519101349613gother00", announcement: aFailed() })];
    const summary: Summary = { kind: "summary", key: "summary:1", at: announcedAt, held };
    expect(await notifier.notify(channel, summary, once)).toMatchObject({ kind: "told" });
    const [post] = here();
    expect(post?.text).toMatch(/^SUMMARY 2 instances at once: 1 FAILED, 1 SUCCESS/);
    const [, ref = ""] = /"value":"status:(r1:[^"]+)"/.exec(JSON.stringify(post?.blocks)) ?? [];
    expect(await createRefBook(store, clock.now).open({ team: "T0ODPSSIM", user: "U1" }, ref)).toEqual({
      project: "demo_project",
      instanceId: "20160519101349613gother00",
    });
  });

  it("tells of MaxCompute's silence and of its end", async () => {
    const { notifier, here } = await aWorkspace();
    const silence = { key: "u", channel: "C0GENERAL1", since: announcedAt, tried: false, lost: 0 };
    await notifier.notify(channel, { ...silence, kind: "unreachable" }, once);
    await notifier.notify(channel, { ...silence, kind: "recovered", until: announcedAt + 1_200_000 }, once);
    expect(here().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^UNREACHABLE MaxCompute has not answered since 22 Nov, 10:13 UTC/),
      expect.stringMatching(/^RECOVERED MaxCompute answers again after 20 m/),
    ]);
  });
});

describe("the end of a subscription", () => {
  it("is told to whoever subscribed it, alone, with where, what, why and what to do", async () => {
    const { notifier, here } = await aWorkspace({ rightOf: async () => "nothing" });
    const subscription: Subscription = {
      ...{ schema: 1, id: "s1", team: "T0ODPSSIM", connection: "main", project: "demo_project", channel: "C0GENERAL1" },
      ...{ createdBy: "U0VIC0001", createdAt: 0, on: ["failed", "slow"] },
    };
    const farewell: Farewell = { kind: "unsubscribed", key: "u", at: announcedAt, subscription, reason: "archived" };
    const owner = { team: "T0ODPSSIM", channel: "U0VIC0001" };
    expect(await notifier.notify(owner, farewell, { isPerhapsRepeated: false })).toMatchObject({ kind: "told" });
    await notifier.notify(owner, farewell, { isPerhapsRepeated: true });
    expect(here()).toEqual([]);
    const [first, second] = here("@vic");
    expect(first?.text).toBe(
      "UNSUBSCRIBED Since 22 Nov, 10:13 UTC <#C0GENERAL1> hears nothing more of `demo_project` (failed and slow): the channel is archived",
    );
    expect(JSON.stringify(first?.blocks)).toContain("`/odps subscribe demo_project` begins it anew");
    expect(second?.text).toMatch(/perhaps|may have/i);
  });
});

describe("a channel's right", () => {
  it("decides whether the service's own words stand there, and is asked every two minutes at most", async () => {
    let asked = 0;
    const { announce, aCard, here, pass } = await aWorkspace({
      rightOf: async () => {
        asked += 1;
        return asked === 1 ? "no errors" : "everything";
      },
    });
    const watch = await aCard();
    await announce(watch, aFailed());
    expect(JSON.stringify(here().at(-1))).not.toContain("memory exceeded");
    expect(JSON.stringify(here().at(-1))).toContain("ran out of memory");
    pass(119_000);
    await announce(watch, aFailed());
    expect(asked).toBe(1);
    pass(1_001);
    await announce(watch, aFailed());
    expect(JSON.stringify(here().at(-1))).toContain("memory exceeded");
  });

  it("that was taken away is a refusal, though the owner still hears of it", async () => {
    const { announce, here } = await aWorkspace({
      rightOf: async ({ person }) => (person === undefined ? "nothing" : "everything"),
    });
    expect(await announce(aToldWatch(), opened())).toEqual({ kind: "refused", reason: "left" });
    await announce(aToldWatch(), { kind: "channel-gone", key: "channel-gone", at: announcedAt, to: "owner", reason: "left" });
    expect([here().length, here("@vic").length]).toEqual([0, 1]);
  });

  it("is the person's own where nobody else reads", async () => {
    const asked: (string | undefined)[] = [];
    const { announce, here } = await aWorkspace({
      rightOf: async ({ person }) => {
        asked.push(person);
        return "nothing";
      },
    });
    const gone = { kind: "channel-gone", key: "channel-gone", at: announcedAt, to: "owner", reason: "left" } as const;
    expect(await announce(aToldWatch(), gone)).toEqual({ kind: "refused", reason: "left" });
    expect([asked, here("@vic").length]).toEqual([[aToldWatch().startedBy], 0]);
  });
});
