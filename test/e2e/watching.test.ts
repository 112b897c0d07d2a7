// What the bot tells by itself, on the simulated MaxCompute and the simulated Slack, as `npm start` runs them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun();
});
afterAll(() => local.stop());

const start = async (scenario: string, more = {}) =>
  (await local.post<{ id: string }>("/sim/maxcompute/instances", { scenario, ...more })).id;
const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;

/** Waits for a message of the bot in a channel. */
const heard = (channel: string, matching: (message: SeenMessage) => boolean): Promise<SeenMessage> =>
  local.until(async () => (await local.messages(channel)).find((each) => each.user === local.bot.userId && matching(each)));
const isCardOf = (id: string) => (message: SeenMessage) => message.thread_ts === undefined && all(message).includes(id);

describe("a watched instance", () => {
  it("has one card, which is true until the end, and its end in the card's thread", async () => {
    const id = await start("short", { seconds: 8 });
    await local.type("bob", "general", `watch ${id}`);
    const card = await heard("general", (each) => isCardOf(id)(each) && /^(RUNNING|WAITING)/.test(each.text));
    const end = await heard("general", ({ thread_ts, text }) => thread_ts === card.ts && text.startsWith("SUCCESS"));
    expect(end.text).toMatch(/^SUCCESS \S+ in demo_project, after \d+ s/);
    const ended = await heard("general", ({ ts, text }) => ts === card.ts && text.startsWith("SUCCESS"));
    expect(ended.edited).toBe(true);
    expect(
      (await local.messages("general")).filter((each) => isCardOf(id)(each) && each.text.startsWith("SUCCESS")),
    ).toHaveLength(1);
    expect(all(await local.type("bob", "general", "watches"))).toContain("Nothing");
  });

  it("says in its thread why it failed and what to do, and can be taken care of from there", async () => {
    const id = await start("failing", { seconds: 3 });
    await local.type("bob", "general", `watch ${id}`);
    const failure = await heard("general", ({ thread_ts, text }) => thread_ts !== undefined && text.startsWith("FAILED"));
    expect(all(failure)).toContain("ODPS-0123055");
    expect(all(failure)).toContain("Next");
    const card = await heard("general", (each) => isCardOf(id)(each) && each.text.startsWith("FAILED"));
    await local.type("bob", "general", `ack ${id}`);
    await heard("general", ({ ts, blocks }) => ts === card.ts && JSON.stringify(blocks).includes("<@U0BOB0001>"));
  });
});
