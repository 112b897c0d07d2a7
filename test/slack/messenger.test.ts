// The messenger against a Slack that refuses what Slack refuses.
import { tmpdir } from "node:os";
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/commands/errors.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createLog, silentLog } from "../../src/log.ts";
import type { SlackSimulator } from "../../src/simulator/slack/index.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { scopes as granted } from "../../src/slack/manifest.ts";
import { createMessenger } from "../../src/slack/messenger.ts";
import { createPace } from "../../src/slack/pace.ts";
import { createSpool } from "../../src/slack/spool.ts";
import type { View } from "../../src/view/index.ts";
import { aRequest } from "../support/a-bot.ts";
import { aFile } from "../support/files.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const notice = (text: string): View => ({ kind: "notice", text, suggestions: [] });
const link = { ref: "r1:E-1.0", project: "demo_project", instanceId: "20160519101349613gzbzufck2" };
const table: View = {
  kind: "result",
  link,
  outcome: "success",
  results: [
    { format: "table", taskName: "t", columns: ["name"], rows: [["setosa"]], rowCount: 1, totalRows: 1, truncated: false },
  ],
  files: [aFile("rows.csv", "name\r\nsetosa\r\n")],
};
const spool = createSpool({ folder: tmpdir(), maxBytes: 1024 });
const withoutFiles: View = { ...table, files: [] };

/** Time that passes at once: what would be waited for is written down. */
const impatient = () => {
  const from = Date.now();
  const waits: number[] = [];
  const waited = () => waits.reduce((sum, ms) => sum + ms, 0);
  const after = (ms: number, task: () => void) => {
    waits.push(ms);
    setImmediate(task);
    return () => undefined;
  };
  return { waits, clock: { now: () => from + waited(), after } };
};

async function aWorkspace(scopes: readonly string[] = granted.map(({ scope }) => scope)) {
  const slack = await startSlackSimulator({
    ...{ requestUrl: () => "http://127.0.0.1:9/", signingSecret: "s", botToken: "xoxb-test" },
    scopes,
  });
  closing.push(() => slack.close());
  const client = new WebClient("xoxb-test", {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const { waits, clock } = impatient();
  const store = openSqliteStore(":memory:", clock.now);
  const logged: string[] = [];
  const messenger = createMessenger({
    client,
    fetch,
    clock,
    pace: createPace(store, clock.now, slack.team.id),
    spool,
    log: createLog((line) => logged.push(line), clock.now),
  });
  const idOf = (name: string) => slack.people().find((person) => person.name === name)?.id ?? "";
  const channelOf = (name: string) => slack.channels().find((channel) => channel.name === name)?.id ?? "";
  const request = (user: string, channel: string, over: Partial<CommandRequest["replyTo"]> = {}) =>
    aRequest({
      caller: { team: slack.team.id, user: idOf(user) },
      replyTo: { channel: channelOf(channel), direct: false, replaceable: false, ...over },
      requestedAt: Date.now(),
    });
  const direct = async (user: string) => {
    const { channel } = await client.conversations.open({ users: idOf(user) });
    return channel?.id ?? "";
  };
  /** A command whose response_url the test then uses; the bot itself is not there, so the delivery fails. */
  const seen = (channel: string, user?: string) =>
    slack.messages(user === undefined ? { channel } : { channel, user }).filter((message) => message.user === slack.bot.userId);
  return { slack, client, messenger, request, direct, seen, waits, logged, idOf, channelOf };
}

/** What `look` finds, as soon as it finds something: files are shared a moment after Slack took them. */
const until = <T>(slack: SlackSimulator, look: () => readonly T[]): Promise<readonly T[]> =>
  new Promise((resolve) => {
    const check = () => {
      const found = look();
      if (found.length === 0) return;
      stop();
      resolve(found);
    };
    const stop = slack.onChange(check);
    check();
  });

describe("a private answer without a response_url", () => {
  it("is seen by who asked alone", async () => {
    const { messenger, request, seen } = await aWorkspace();
    await messenger.reply(request("vic", "general"), notice("for vic"), "final");
    expect(seen("general", "vic")).toHaveLength(1);
    expect(seen("general", "ann")).toEqual([]);
  });

  it("is an ordinary message where the two are alone", async () => {
    const { messenger, request, direct, slack } = await aWorkspace();
    const channel = await direct("vic");
    await messenger.reply(request("vic", "general", { channel, direct: true }), notice("hello"), "final");
    expect(slack.messages({ channel })).toMatchObject([{ text: expect.stringContaining("hello") }]);
  });

  it("goes to a direct message where the bot may not post", async () => {
    const { messenger, request, direct, slack, logged } = await aWorkspace();
    await messenger.reply(request("vic", "secret-ops"), notice("hello"), "final");
    expect(slack.messages({ channel: await direct("vic") })).toHaveLength(1);
    expect(logged.join("")).toContain("reply.by_direct_message");
  });

  it("to a program that posted a link is left, and to anybody else who cannot be reached is an error", async () => {
    const { messenger, request, slack, logged } = await aWorkspace();
    slack.fault({ kind: "error", method: "conversations.open", error: "cannot_dm_bot", times: 2 });
    await messenger.reply({ ...request("vic", "random"), origin: "link" }, notice("hello"), "final");
    expect(logged.join("")).toContain("reply.to_nobody");
    await expect(messenger.reply(request("vic", "random"), notice("hello"), "final")).rejects.toThrow("cannot_dm_bot");
  });

  it("to who posted a link is tried again where Slack is away", async () => {
    const { messenger, request, slack } = await aWorkspace();
    slack.fault({ kind: "http", status: 500, times: 10 });
    await expect(messenger.reply({ ...request("vic", "random"), origin: "link" }, notice("hello"), "final")).rejects.toThrow();
  });

  it("stays in its thread", async () => {
    const { messenger, request, client, channelOf, seen } = await aWorkspace();
    const { ts = "" } = await client.chat.postMessage({ channel: channelOf("general"), text: "parent" });
    await client.chat.postMessage({ channel: channelOf("general"), text: "child", thread_ts: ts });
    await messenger.reply(request("vic", "general", { thread: ts }), notice("threaded"), "final");
    expect(seen("general", "vic").at(-1)).toMatchObject({ thread_ts: ts });
  });
});

describe("an answer through the response_url", () => {
  const stopped: View = { kind: "stop", link, phase: "stopped", by: "U1" };
  const error: View = { kind: "error", tone: "trouble", title: "x", errorId: "E-1", suggestions: [] };
  const press = { kind: "intent", intentId: "i", press: "run" } as const;
  const refresh = { kind: "ref", verb: "status", ref: "r1:E-1.0" } as const;

  it.each([
    ["the outcome of a press replaces its question", press, stopped, true],
    ["so does what went wrong with it", press, error, true],
    ["a notice stands beside it", press, notice("pressed before"), false],
    ["an error never replaces a refreshed card", refresh, error, false],
  ] as const)("%s", async (_what, ask, view, replaced) => {
    const { client, request } = await aWorkspace();
    const bodies: { replace_original?: boolean }[] = [];
    const messenger = createMessenger({
      client,
      fetch: async (_url, init) => {
        bodies.push(JSON.parse(String(init?.body)));
        return new Response("ok");
      },
      clock: impatient().clock,
      pace: createPace(openSqliteStore(":memory:", Date.now), Date.now, "T1"),
      spool,
      log: silentLog,
    });
    const from = { ...request("bob", "general", { responseUrl: "https://r.test/", replaceable: true }), ask };
    await messenger.reply(from, view, "final");
    expect(bodies.map(({ replace_original }) => replace_original)).toEqual([replaced]);
  });
});

describe("a command typed where two people are alone", () => {
  const theirs = { channel: "D0THEIRS1", direct: true };

  it("is answered in the bot's own conversation with who asked", async () => {
    const { messenger, request, direct, slack } = await aWorkspace();
    await messenger.reply(request("vic", "general", theirs), notice("hello"), "final");
    expect(slack.messages({ channel: await direct("vic") })).toHaveLength(1);
  });

  it("is not drawn as private when it is shared there", async () => {
    const { client, request } = await aWorkspace();
    const bodies: string[] = [];
    const messenger = createMessenger({
      client,
      fetch: async (_url, init) => {
        bodies.push(String(init?.body));
        return new Response("ok");
      },
      clock: impatient().clock,
      pace: createPace(openSqliteStore(":memory:", Date.now), Date.now, "T1"),
      spool,
      log: silentLog,
    });
    const from = request("vic", "general", { ...theirs, responseUrl: "https://r.test/" });
    await messenger.announce(from, withoutFiles);
    await messenger.announce(from, { kind: "acted", link, by: "U1", action: "stopped" });
    expect(bodies).toHaveLength(2);
    expect(bodies.join("")).not.toContain("Only you see this");
  });
});

describe("a word on the way", () => {
  it("is neither waited for nor sent elsewhere", async () => {
    const { messenger, request, direct, slack, waits } = await aWorkspace();
    slack.fault({ kind: "rate_limited", method: "chat.postEphemeral", retryAfterSeconds: 3, times: 1 });
    await expect(messenger.reply(request("vic", "general"), notice("soon"), "interim")).rejects.toThrow();
    expect(waits).toEqual([]);
    expect(slack.messages({ channel: await direct("vic") })).toEqual([]);
  });
});

describe("what Slack refuses", () => {
  it.each([
    [
      "once goes out without the newer blocks",
      1,
      (types: readonly string[]) => types.length > 0 && !types.includes("data_table"),
    ],
    ["twice goes out as text alone", 2, (types: readonly string[]) => types.length === 0],
  ])("%s", async (_what, times, holds) => {
    const { messenger, request, seen, slack } = await aWorkspace();
    slack.fault({ kind: "error", method: "chat.postEphemeral", error: "invalid_blocks", times });
    await messenger.reply(request("vic", "general"), withoutFiles, "final");
    const [message] = seen("general", "vic");
    expect(holds((message?.blocks ?? []).map(({ type }) => type))).toBe(true);
    expect(message?.text).not.toBe("");
  });

  it("for its rate is repeated when Slack says so", async () => {
    const { messenger, request, seen, slack, waits } = await aWorkspace();
    slack.fault({ kind: "rate_limited", method: "chat.postEphemeral", retryAfterSeconds: 3, times: 2 });
    await messenger.reply(request("vic", "general"), notice("late"), "final");
    expect(seen("general", "vic")).toHaveLength(1);
    expect(waits).toEqual([3_000, 3_000]);
  });

  it("for its rate holds everybody back, also those who did not hear it", async () => {
    const { messenger, request, slack, waits } = await aWorkspace();
    slack.fault({ kind: "rate_limited", method: "chat.postEphemeral", retryAfterSeconds: 60, times: 1 });
    await messenger.reply(request("vic", "general"), notice("late"), "final");
    slack.clearFaults();
    await messenger.reply(request("ann", "general"), notice("later"), "final");
    expect(slack.messages({ channel: "general", user: "ann" })).toEqual([]);
    expect(slack.messages({ channel: "@ann" })).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it("for longer than anybody waits goes elsewhere", async () => {
    const { messenger, request, direct, slack } = await aWorkspace();
    slack.fault({ kind: "rate_limited", method: "chat.postEphemeral", retryAfterSeconds: 60, times: 1 });
    await messenger.reply(request("vic", "general"), notice("late"), "final");
    expect(slack.messages({ channel: await direct("vic") })).toHaveLength(1);
  });

  it("everywhere is an error, never silence", async () => {
    const { messenger, request, slack } = await aWorkspace();
    slack.fault({ kind: "error", error: "account_inactive", times: 9 });
    await expect(messenger.reply(request("vic", "general"), notice("x"), "final")).rejects.toThrow("account_inactive");
  });
});

describe("a public word", () => {
  it("is posted to the channel", async () => {
    const { messenger, request, seen } = await aWorkspace();
    await messenger.announce(request("bob", "general"), { kind: "acted", link, by: "U1", action: "stopped" });
    expect(seen("general", "ann")).toHaveLength(1);
  });

  it("is not said twice to somebody who is alone with the bot", async () => {
    const { messenger, request, direct, slack } = await aWorkspace();
    const channel = await direct("bob");
    await messenger.announce(request("bob", "general", { channel, direct: true }), {
      kind: "acted",
      link,
      by: "U1",
      action: "stopped",
    });
    expect(slack.messages({ channel })).toEqual([]);
  });
});

describe("a result's file", () => {
  const filesIn = (slack: SlackSimulator, channel: string) => slack.messages({ channel }).flatMap(({ files }) => files);
  const rows = aFile("rows.csv", "name\r\nsetosa\r\n");

  it("goes to a direct message", async () => {
    const { messenger, request, direct, slack } = await aWorkspace();
    await messenger.sendFile(request("vic", "general"), rows, false);
    const channel = await direct("vic");
    expect(await until(slack, () => filesIn(slack, channel))).toMatchObject([{ name: "rows.csv", size: 14 }]);
    expect(filesIn(slack, "general")).toEqual([]);
  });

  it("comes with the word that stands beside it", async () => {
    const { messenger, request, direct, slack } = await aWorkspace();
    await messenger.sendFile(request("vic", "general"), rows, false, "I may have sent this file before.");
    const channel = await direct("vic");
    await until(slack, () => filesIn(slack, channel));
    expect(slack.messages({ channel }).at(-1)?.text).toBe("I may have sent this file before.");
  });

  it("goes to the channel when it is shared", async () => {
    const { messenger, request, slack } = await aWorkspace();
    await messenger.sendFile(request("vic", "general"), rows, true);
    expect(await until(slack, () => filesIn(slack, "general"))).toHaveLength(1);
  });

  it("that the channel does not take is refused in words for the person", async () => {
    const { messenger, request } = await aWorkspace();
    await expect(messenger.sendFile(request("vic", "random"), rows, true)).rejects.toThrow(UserError);
  });

  it("that is empty is not sent: Slack refuses it", async () => {
    const { messenger, request, slack } = await aWorkspace();
    await messenger.sendFile(request("vic", "general"), aFile("empty.csv", ""), true);
    expect(filesIn(slack, "general")).toEqual([]);
  });

  it("that is larger than may be kept is refused in words for the person", async () => {
    const { messenger, request, slack, direct } = await aWorkspace();
    await expect(messenger.sendFile(request("vic", "general"), aFile("big.csv", "x".repeat(1_025)), false)).rejects.toThrow(
      UserError,
    );
    expect(filesIn(slack, await direct("vic"))).toEqual([]);
  });

  it("that Slack does not take is an error, for whoever tries it again", async () => {
    const { messenger, request, slack } = await aWorkspace();
    slack.fault({ kind: "error", method: "files.getUploadURLExternal", error: "not_allowed", times: 1 });
    await expect(messenger.sendFile(request("vic", "general"), rows, false)).rejects.toThrow("not_allowed");
  });
});

describe("whether the bot may post on its own", () => {
  it("is for the channels it is in, and for its own direct messages", async () => {
    const { messenger, request, direct } = await aWorkspace();
    expect(await messenger.mayPost(request("vic", "general"))).toBe(true);
    expect(await messenger.mayPost(request("vic", "random"))).toBe(false);
    expect(await messenger.mayPost(request("vic", "general", { channel: await direct("vic"), direct: true }))).toBe(true);
    expect(await messenger.mayPost(request("vic", "general", { channel: "D0BETWEEN", direct: true }))).toBe(false);
  });

  it("is not for a private channel that it cannot see", async () => {
    const { messenger, request } = await aWorkspace();
    expect(await messenger.mayPost(request("vic", "general", { channel: "C0SECRET01" }))).toBe(false);
  });

  it("is taken for granted where Slack does not say, since whoever posts will find out", async () => {
    const { messenger, request, logged } = await aWorkspace(["chat:write"]);
    expect(await messenger.mayPost(request("vic", "random"))).toBe(true);
    expect(logged.join()).toContain("membership.unknown");
  });
});
