// Stops in production as `npm start` runs them: repeated deliveries, two who press at once, and the card of a watch on the way.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun({ ODPS_POLICY: "production demo_project; allow U0VIC0001 operator" });
});
afterAll(() => local.stop());

const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;
const start = async () => (await local.post<{ id: string }>("/sim/maxcompute/instances", { scenario: "running" })).id;
const twice = () => local.post("/sim/faults", { target: "slack", kind: "duplicate_delivery", times: 1 });
const press = (user: string, { channel, ts }: SeenMessage, action_id: string) =>
  local.post("/sim/slack/action", { user, channel, message_ts: ts, action_id, confirm: true });
/** What the bot said about an instance that this person sees. */
const said = async (user: string, id: string, channel = "general") =>
  (await local.messages(channel, user)).filter((each) => each.user === local.bot.userId && all(each).includes(id));
const cardOf = (id: string) =>
  local.until(async () =>
    (await said("vic", id)).find(({ text, visible_to }) => visible_to === undefined && text.includes("asks to stop")),
  );

async function asked(id: string): Promise<SeenMessage> {
  const question = await local.type("bob", "general", `stop ${id} --reason "wrong day"`, (each) =>
    all(each).includes("intent.run"),
  );
  await twice();
  await press("bob", question, "intent.run");
  return cardOf(id);
}

describe("a stop in production", () => {
  it("is asked once though the press comes twice, and done once though two approve at once", async () => {
    const id = await start();
    await local.type("vic", "general", `watch ${id}`, (each) => each.visible_to !== undefined);
    const card = await asked(id);
    await twice();
    await Promise.all([press("ann", card, "intent.approve"), press("vic", card, "intent.approve")]);
    const privately = async (user: string) => (await said(user, id)).filter(({ visible_to }) => visible_to !== undefined);
    const [first, second] = await local.until(async () => {
      const answers = [...(await privately("ann")), ...(await privately("vic"))].filter(
        ({ text }) => text.includes("CANCELLED") || text.includes("pressed before"),
      );
      return answers.length >= 2 ? answers.sort((a, b) => a.text.localeCompare(b.text)) : undefined;
    });
    expect(first?.text).toContain("CANCELLED");
    expect(second?.text).toContain("pressed before");
    const ended = await local.until(async () =>
      (await said("bob", id)).find(({ ts, text }) => ts === card.ts && text.startsWith("CANCELLED")),
    );
    expect(all(ended)).toContain("MaxCompute confirms it");
    const publicly = (await said("bob", id)).filter(({ visible_to }) => visible_to === undefined);
    expect(publicly.filter(({ text }) => text.includes("asks to stop"))).toHaveLength(1);
    expect(publicly.filter(({ text }) => /stopped/i.test(text) && !text.includes("asks to stop"))).toHaveLength(1);
  });

  it("is on the card of a watch, by whom and why, until MaxCompute confirms it", async () => {
    const id = await start();
    await local.type("vic", "general", `watch ${id}`, (each) => each.visible_to !== undefined);
    const card = await asked(id);
    await press("ann", card, "intent.approve");
    const watched = await local.until(async () =>
      (await said("bob", id)).find(
        (each) => each.text.startsWith("CANCELLED") && all(each).includes("Its stop was asked for by"),
      ),
    );
    expect(all(watched)).toContain("<@U0BOB0001>");
    expect(all(watched)).toContain("approved by <@U0ANN0001>");
    expect(all(watched)).toContain("wrong day");
  });
});
