import { tmpdir } from "node:os";
// Forms opened in a Slack that is slow, refuses, or was asked before; and what becomes of the answers to them.
import { LogLevel, WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { silentLog } from "../../src/log.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { createFormOpener, openWithinMs } from "../../src/slack/form-opener.ts";
import { createMessenger } from "../../src/slack/messenger.ts";
import { createPace } from "../../src/slack/pace.ts";
import { createSpool } from "../../src/slack/spool.ts";
import type { FormView } from "../../src/view/index.ts";
import { aRequest } from "../support/a-bot.ts";
import { manualClock } from "../support/manual-clock.ts";
import { aLink, aNoticeView } from "../support/views.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const spec = { name: "filter", title: "Filter the result" };
const filled: FormView = {
  ...{ kind: "form", form: "filter", title: "Filter the result", submit: "Show", link: aLink(), about: "Result of `t`" },
  fields: [{ kind: "text", name: "grep", label: "Rows that contain", longest: 200 }],
  command: "result",
};

async function aWorkspace() {
  const slack = await startSlackSimulator({ requestUrl: () => "http://127.0.0.1:9/", signingSecret: "s", botToken: "xoxb-test" });
  closing.push(() => slack.close());
  const client = new WebClient("xoxb-test", {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
  });
  const limits: number[] = [];
  let late: (() => void) | undefined;
  const opener = createFormOpener({
    client,
    clock: {
      now: Date.now,
      after(ms, task) {
        limits.push(ms);
        late = task;
        return () => undefined;
      },
    },
  });
  const clock = {
    now: Date.now,
    after(_ms: number, task: () => void) {
      setImmediate(task);
      return () => undefined;
    },
  };
  const store = openSqliteStore(":memory:", clock.now);
  const pace = createPace(store, clock.now, slack.team.id);
  const messenger = createMessenger({
    spool: createSpool({ folder: tmpdir(), maxBytes: 1024 }),
    client,
    fetch,
    clock,
    pace,
    log: silentLog,
  });
  /** A trigger of Vic's: what a typed command brings. */
  const trigger = async () => (await slack.command({ user: "vic", channel: "general", text: "x" })).deliveryId;
  const modals = () => slack.modals().map(({ view }) => JSON.stringify(view));
  const replyTo = { channel: "C0GENERAL1", direct: false, replaceable: false };
  const request = (form?: object) =>
    aRequest({
      caller: { team: slack.team.id, user: "U0VIC0001" },
      replyTo: { ...replyTo, ...(form === undefined ? {} : { form: { name: "form-E-1", ...form } }) },
    });
  // Slack itself says that nobody took the command which brought the trigger.
  const said = () => slack.messages({ channel: "general", user: "vic" }).filter(({ text }) => !text.startsWith("/odps failed"));
  const heard = () => said().map(({ text }) => text);
  return { slack, opener, limits, giveUp: () => late?.(), messenger, trigger, modals, request, said, heard };
}

describe("a form", () => {
  it("opens as one that is loading, and is filled where it stands", async () => {
    const { opener, limits, messenger, trigger, modals, request, heard } = await aWorkspace();
    const opening = await opener.open(spec, await trigger(), "form-E-1");
    expect(opening).toEqual({ kind: "open", at: { name: "form-E-1", id: expect.any(String), hash: expect.any(String) } });
    expect(limits).toEqual([600]);
    expect(modals()).toEqual([expect.stringContaining("Loading")]);
    if (!("at" in opening)) throw new Error("it is open");
    await messenger.reply(request(opening.at), filled, "final");
    expect(modals()).toEqual([expect.stringContaining("Rows that contain")]);
    expect(heard()).toEqual([]);
  });

  it("whose trigger has expired is not open, and one whose trigger was used is somebody else's to fill", async () => {
    const { slack, opener, trigger } = await aWorkspace();
    slack.fault({ kind: "error", method: "views.open", error: "expired_trigger_id", times: 1 });
    expect(await opener.open(spec, await trigger(), "form-E-1")).toEqual({ kind: "not open" });
    const used = await trigger();
    await opener.open(spec, used, "form-E-2");
    expect(await opener.open(spec, used, "form-E-2")).toEqual({ kind: "repeated" });
    expect(slack.modals()).toHaveLength(1);
  });

  it.each([
    ["fails without a word", { kind: "http", status: 500 }],
    ["cuts its answer off", { kind: "lost_answer" }],
  ] as const)("may be open when Slack %s", async (_what, fault) => {
    const { slack, opener, trigger } = await aWorkspace();
    slack.fault({ ...fault, method: "views.open", times: 1 });
    expect(await opener.open(spec, await trigger(), "form-E-1")).toEqual({ kind: "perhaps", at: { name: "form-E-1" } });
  });

  it("of a Slack that is slow is waited for 600 ms, and filled by its name when it opened all the same", async () => {
    const { slack, opener, giveUp, messenger, trigger, modals, request } = await aWorkspace();
    slack.fault({ kind: "latency", method: "views.open", ms: 60_000, times: 1 });
    const { promise: opened, resolve } = Promise.withResolvers<void>();
    slack.onChange(() => slack.modals().length > 0 && resolve());
    const opening = opener.open(spec, await trigger(), "form-E-1");
    await opened;
    giveUp();
    expect(await opening).toEqual({ kind: "perhaps", at: { name: "form-E-1" } });
    await messenger.reply(request({}), filled, "final");
    expect(modals()).toEqual([expect.stringContaining("Rows that contain")]);
    expect(openWithinMs).toBe(600);
  });

  it("that was closed, was drawn anew, or never opened is answered by a private message, and nothing ends in silence", async () => {
    const { slack, opener, messenger, trigger, request, said, heard } = await aWorkspace();
    const first = await opener.open(spec, await trigger(), "form-E-1");
    if (first.kind !== "open") throw new Error("it is open");
    await messenger.reply(request({ ...first.at, hash: "another" }), filled, "final");
    await slack.closeView({ user: "vic", view_id: first.at.id ?? "" });
    await messenger.reply(request(first.at), filled, "final");
    await messenger.reply(request({ name: "form-E-9" }), filled, "final");
    expect(heard()).toEqual(Array(3).fill(expect.stringContaining("its window did not open in time, or was closed")));
    expect(JSON.stringify(said()[0]?.blocks)).toContain('"value":"filter:r1:abc.0"');
  });

  it("is told words by the door, and by the worker what went wrong; it is not told that it has to wait", async () => {
    const { opener, messenger, trigger, modals, request, heard } = await aWorkspace();
    const opening = await opener.open(spec, await trigger(), "form-E-1");
    if (opening.kind !== "open") throw new Error("it is open");
    await messenger.reply(request(opening.at), aNoticeView({ text: "still asking" }), "interim");
    expect(modals()).toEqual([expect.stringContaining("Loading")]);
    await opener.say(opening.at, { kind: "notice", text: "not taken", suggestions: [] });
    expect(modals()).toEqual([expect.stringContaining("not taken")]);
    // It does not know of that, and its answer must not be lost.
    await messenger.reply(request(opening.at), aNoticeView({ text: "the answer" }), "final");
    expect(heard()).toEqual(["the answer"]);
    await expect(opener.say(opening.at, { kind: "notice", text: "again", suggestions: [] })).rejects.toThrow("hash_conflict");
  });
});

describe("a form whose opening comes too fast for Slack", () => {
  it("is not asked for again until Slack's time is over, and neither is a word in one", async () => {
    const clock = manualClock();
    const called: string[] = [];
    const tooFast = (method: string) => async () => {
      called.push(method);
      throw Object.assign(new Error("too fast"), { retryAfter: 30 });
    };
    const client = { views: { open: tooFast("open"), update: tooFast("update") } } as unknown as WebClient;
    const opener = createFormOpener({ client, clock });
    const say = () => opener.say({ name: "form-1" }, aNoticeView());
    for (let press = 0; press < 2; press += 1) {
      expect(await opener.open(spec, "t1", "form-1")).toEqual({ kind: "not open" });
      await expect(say()).rejects.toThrow();
    }
    expect(called).toEqual(["open", "update"]);
    await clock.advance(30_001);
    await opener.open(spec, "t1", "form-1");
    expect(called).toEqual(["open", "update", "open"]);
  });
});
