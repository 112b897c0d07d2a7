import { describe, expect, it } from "vitest";
import { askOf, fromMessage, fromPress, fromSlashCommand } from "../../src/slack/incoming.ts";

const press = {
  team: "T1",
  user: "U1",
  channel: "C1",
  actionId: "instance.status",
  value: "status:r1:E-1.0",
  triggerId: "t1",
  responseUrl: "https://r",
  isPrivate: true,
  thread: undefined,
};

describe("what a pressed element asks for", () => {
  it.each([
    ["intent.run", "abc", { kind: "intent", intentId: "abc", press: "run" }],
    ["intent.cancel", "abc", { kind: "intent", intentId: "abc", press: "cancel" }],
    ["command.run.1", "text:list --running", { kind: "text", text: "list --running" }],
    ["instance.more", "tasks:r1:E-12345678.3", { kind: "ref", verb: "tasks", ref: "r1:E-12345678.3" }],
    ["instance.status", "status 2026 --x", { kind: "ref", ref: "unknown" }],
    ["instance.status", "STATUS:r1:abc", { kind: "ref", ref: "unknown" }],
    ["intent.run", "i".repeat(300), { kind: "ref", ref: "unknown" }],
    ["link.open", undefined, undefined],
    ["command.run.1", `text:${"x".repeat(2_000)}`, { kind: "ref", ref: "unknown" }],
  ])("%s with %j", (actionId, value, expected) => {
    expect(askOf(actionId, value)).toEqual(expected);
  });
});

describe("a press", () => {
  it("of Refresh on a private card replaces the card; other buttons answer beside it", () => {
    expect(fromPress(press)?.replyTo).toMatchObject({ replaceable: true });
    expect(fromPress({ ...press, actionId: "instance.tasks", value: "tasks:r1:E-1.0" })?.replyTo).toMatchObject({
      replaceable: false,
    });
    expect(fromPress({ ...press, isPrivate: false })?.replyTo).toMatchObject({ replaceable: false });
    expect(fromPress({ ...press, isPrivate: false, channel: "D1" })?.replyTo).toMatchObject({ replaceable: true, direct: true });
    expect(fromPress({ ...press, responseUrl: undefined })?.replyTo).toEqual({
      channel: "C1",
      direct: false,
      replaceable: false,
    });
  });

  it("is one delivery however often Slack tells it, and each press gets an answer of its own", () => {
    const run = { ...press, actionId: "intent.run", value: "i1" };
    expect(fromPress(run)?.delivery).toBe(fromPress({ ...run })?.delivery);
    expect(fromPress(run)?.delivery).not.toBe(fromPress({ ...run, triggerId: "t2" })?.delivery);
    expect(fromPress(press)?.delivery).not.toBe(fromPress({ ...press, triggerId: "t2" })?.delivery);
  });

  it("stays in its thread", () => {
    expect(fromPress({ ...press, thread: "1.2" })?.replyTo.thread).toBe("1.2");
  });

  it("of anything else asks for nothing", () => {
    expect(fromPress({ ...press, value: undefined })).toBeUndefined();
  });
});

describe("typed text", () => {
  it("of a slash command is known by its trigger", () => {
    const command = {
      team_id: "T1",
      channel_id: "D9",
      user_id: "U1",
      text: "x".repeat(9_000),
      response_url: "https://r",
      trigger_id: "t",
    };
    expect(fromSlashCommand(command)).toMatchObject({
      delivery: "trigger/t",
      origin: "slash",
      replyTo: { direct: true, responseUrl: "https://r" },
    });
    expect(fromSlashCommand(command).ask).toEqual({ kind: "text", text: "x".repeat(8_000), isCut: true });
  });

  it("of a mention loses the mention, and is known by channel and time", () => {
    const message = {
      team: "T1",
      channel: "C1",
      user: "U1",
      text: "<@UBOT> status <@UBOT|odps> last",
      ts: "1.5",
      thread_ts: "1.0",
    };
    expect(fromMessage(message, "mention", "UBOT")).toMatchObject({
      delivery: "message/T1/C1/1.5",
      ask: { text: "status   last" },
      replyTo: { thread: "1.0", direct: false },
    });
    expect(fromMessage({ ...message, thread_ts: undefined }, "direct", "UBOT").replyTo).toEqual({
      channel: "C1",
      direct: true,
      replaceable: false,
    });
  });
});
