// SQL from chat to its rows, on the simulated MaxCompute and the simulated Slack, as `npm start` runs them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun();
});
afterAll(() => local.stop());

const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;
const holds = (words: string) => (message: SeenMessage) => all(message).includes(words);
type Modal = { readonly id: string; readonly view: { readonly callback_id?: string; readonly blocks: readonly unknown[] } };
const modal = (what: (modal: Modal) => boolean) =>
  local.until(async () => (await local.get<{ modals: readonly Modal[] }>("/sim/slack")).modals.find(what));

describe("an operator", () => {
  it("sees what a statement costs, runs it on a press, and has its rows in the same place and a card in the channel", async () => {
    const asked = await local.type("bob", "prod-alerts", "run SELECT *\nFROM orders WHERE dt >= '20261101'", holds("intent.run"));
    expect(asked.visible_to).toBeDefined();
    expect(all(asked)).toContain("Reads");
    expect(all(asked)).toContain("FROM orders WHERE dt >= '20261101'");
    const rows = await local.press("bob", asked, "intent.run", holds("data_table"));
    expect(rows.ts).toBe(asked.ts);
    expect(all(rows)).not.toContain("intent.run");
    const isCard = (message: SeenMessage) => message.visible_to === undefined && message.thread_ts === undefined;
    const card = await local.until(async () => (await local.messages("prod-alerts", "vic")).find(isCard));
    expect(all(card)).not.toContain("FROM orders");
  }, 30_000);

  it("writes it in a form when run is typed alone, and is asked where the form was opened", async () => {
    await local.command("bob", "general", "run");
    const { id } = await modal(({ view }) => view.callback_id === "form.statement");
    const asked = async () => (await local.messages("general", "bob")).find(holds("intent.run"));
    await local.post("/sim/slack/view", {
      user: "bob",
      view_id: id,
      values: { "field.sql": "SELECT '“x”' AS a FROM orders", "field.limit": "3", "field.timeout": "2m" },
    });
    const preview = await local.until(asked);
    expect(all(preview)).toContain("SELECT '“x”' AS a FROM orders");
    expect(all(preview)).toContain("3 rows at most");
    const cancelled = await local.press("bob", preview, "intent.cancel", holds("NOT RUN"));
    expect(cancelled.ts).toBe(preview.ts);
  }, 30_000);

  it("has no estimate for what reads nothing, so that somebody else has to approve it on a card with the statement", async () => {
    const asked = await local.type("bob", "prod-alerts", "run SELECT 42", holds("intent.run"));
    expect(all(asked)).toContain("unknown, which is not free");
    await local.press("bob", asked, "intent.run", holds("ASKED"));
    const isCard = (message: SeenMessage) => holds("APPROVAL NEEDED")(message) && message.visible_to === undefined;
    const card = await local.until(async () => (await local.messages("prod-alerts", "ann")).find(isCard));
    expect(all(card)).toContain("SELECT 42");
    await local.press("ann", card, "intent.approve", holds("SUBMITTED"));
    const told = await local.until(async () => (await local.messages("@bob", "bob")).find(holds("SUBMITTED")));
    expect(all(told)).toContain("approved by");
  }, 30_000);

  it("is told what is refused, with its line and column, and a viewer what is not theirs", async () => {
    const refused = await local.type("bob", "general", "run SELECT 1\nFROM t;\nDROP TABLE t");
    expect(all(refused)).toContain("line 3, column 1");
    expect(all(await local.type("vic", "general", "run SELECT 1 FROM orders"))).toContain("needs the role operator");
    expect(all(await local.type("vic", "general", "cost -- SELECT * FROM orders", holds("Estimate")))).toContain("48 MiB");
  });
});
