// A real workspace, as far as it can be had without one: Slack's Web API is the simulator's.
import { afterEach, describe, expect, it } from "vitest";
import { Secret } from "../../src/config.ts";
import { openRealSlack } from "../../src/local/real-slack.ts";
import { silentLog } from "../../src/log.ts";
import { startSlackSimulator } from "../../src/simulator/slack/index.ts";
import { freePortPair } from "../support/local-run.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function aWorkspace(botToken: string) {
  const slack = await startSlackSimulator({
    requestUrl: () => "http://127.0.0.1:9/",
    signingSecret: "s",
    botToken: "xoxb-right",
  });
  closing.push(() => slack.close());
  const port = await freePortPair();
  const tokens = { botToken: new Secret(botToken), appToken: new Secret("xapp-1") };
  const open = () => openRealSlack({ slack: tokens, port, log: silentLog, apiUrl: `${slack.url}/api/` });
  return { slack, port, open };
}

describe("a real workspace", () => {
  it("whose token Slack does not accept is refused, and nothing is left open", async () => {
    const { port, open } = await aWorkspace("xoxb-wrong");
    await expect(open()).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it("is known by its token: which bot this is, what the page says; nobody has any rights in it by themselves", async () => {
    const { slack, port, open } = await aWorkspace("xoxb-right");
    const connection = await open();
    closing.push(() => connection.close());
    expect(connection.identity).toEqual({ teamId: slack.team.id, botId: slack.bot.id, botUserId: slack.bot.userId });
    expect(connection.policy).toEqual([]);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect([page.status, await page.text()]).toEqual([200, `odps-chatops is connected to ${connection.describe}.\n`]);
    expect((await fetch(`http://127.0.0.1:${port}/sim/slack`)).status).toBe(404);
    expect(connection.url).toBe(`http://localhost:${port}`);
  });
});
