// A watched instance as its channel sees it: on the page, by clicks, on a whole local run.
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser, type Visit, visit } from "../support/browser.ts";
import { type ALocalRun, aLocalRun } from "../support/local-run.ts";

let local: ALocalRun;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  local = await aLocalRun();
  seen = await visit(local.origin);
  page = seen.page;
  await page.getByText("live", { exact: true }).waitFor();
  await page.getByRole("group", { name: "You are" }).getByText("bob", { exact: true }).click();
  await page.getByRole("main").getByText("as bob,").waitFor();
});
afterEach(() => expect(seen.problems).toEqual([]));
afterAll(async () => {
  await seen.leave();
  await closeBrowser();
  await local.stop();
});

const start = async (scenario: string, seconds: number) =>
  (await local.post<{ id: string }>("/sim/maxcompute/instances", { scenario, seconds })).id;

async function watch(id: string): Promise<Locator> {
  await page.getByRole("combobox", { name: /^Message/ }).click();
  await page.keyboard.type(`/odps watch ${id}`);
  await page.keyboard.press("Enter");
  const card = page.locator("main article").filter({ hasText: id }).filter({ hasText: "Elapsed" }).first();
  await card.waitFor();
  // Nailed to its timestamp, so that it stays the same message when its words change.
  return page.locator(`main article[data-ts="${await card.getAttribute("data-ts")}"]`);
}

const press = (message: Locator, label: string) =>
  message
    .getByRole("button")
    .filter({ hasText: new RegExp(`^${label}$`) })
    .click();

describe("a channel", () => {
  it("sees the card of a watched instance move, and its end in the card's thread", { timeout: 60_000 }, async () => {
    const card = await watch(await start("short", 10));
    await card.getByText("SUCCESS").waitFor({ timeout: 30_000 });
    await card.getByRole("button", { name: /1 reply/ }).click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread
      .getByRole("article")
      .filter({ hasText: /SUCCESS.*after \d+ s/ })
      .waitFor();
    await thread.getByRole("button", { name: "Close thread" }).click();
  });

  it("hears of a failure, takes it on, and mutes what follows", { timeout: 60_000 }, async () => {
    const card = await watch(await start("failing", 10));
    await card.getByText("FAILED", { exact: true }).waitFor({ timeout: 30_000 });
    const failure = page.locator("main article").filter({ hasText: "Also sent to the channel" }).last();
    await failure.getByText("Next", { exact: true }).waitFor();
    await failure.getByText("@bob").waitFor();
    await press(card, "Ack");
    await card.getByText(/Acked by/).waitFor();
    expect(await card.getByRole("button", { name: "Ack" }).count()).toBe(0);
    await press(card, "Mute 2 h");
    await page
      .locator("main article")
      .filter({ hasText: /[Mm]uted/ })
      .last()
      .waitFor();
  });
});
