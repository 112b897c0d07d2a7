// A Logview link with a token in a conversation of the simulated workspace, as `npm start` runs it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

const documented = "20160519101349613gzbzufck2";
const link = (token: string) =>
  `http://logview.aliyun.com/logview/?h=http://service.test/api&p=demo_project&i=${documented}&token=${token}`;
let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun();
});
afterAll(() => local.stop());

const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;
const ofBot = async (channel: string, user?: string) =>
  (await local.messages(channel, user)).filter((message) => message.user === local.bot.userId);

describe("a Logview link with a token, posted for everybody", () => {
  it("gets its poster a private word and the safe card, and nobody else a word", async () => {
    const caution = await local.say("bob", "general", `look at ${link("T0KEN-ONE")}`);
    expect(caution).toMatchObject({ text: expect.stringContaining("Whoever reads the message"), visible_to: expect.any(String) });
    expect(await ofBot("general", "ann")).toEqual([]);
    expect(all(await local.press("bob", caution, "command.run.1"))).toContain("SUCCESS");
  });

  it("where the bot is not, gets them a direct message", async () => {
    await local.post("/sim/slack/message", { user: "bob", channel: "random", text: link("T0KEN-TWO") });
    const caution = await local.until(async () => (await ofBot("@bob", "bob")).at(0));
    expect(all(caution)).toContain(documented);
    expect(await ofBot("random")).toEqual([]);
  });

  it("in a mention gets the command's answer too, and one caution", async () => {
    await local.post("/sim/slack/message", { user: "vic", channel: "prod-alerts", text: `@odps tasks ${link("T0KEN-THREE")}` });
    await local.until(async () => ((await ofBot("prod-alerts", "vic")).length >= 2 ? true : undefined));
    const told = (await ofBot("prod-alerts")).map((message) => [message.visible_to, all(message).includes("Delete message")]);
    expect(told.toSorted()).toEqual([
      ["U0VIC0001", false],
      ["U0VIC0001", true],
    ]);
  });

  it("leaves its token in no store of the bot, and in no log line", () => {
    const kept = readdirSync(local.home)
      .filter((name) => name.startsWith("bot.db"))
      .map((name) => readFileSync(join(local.home, name), "latin1"))
      .join("");
    expect(kept).toContain(documented);
    expect(kept + local.logged.join("")).not.toContain("T0KEN-");
  });
});
