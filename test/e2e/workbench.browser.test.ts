// The page as somebody on call uses it, on a whole local run: keys and clicks, in a real browser, nothing scripted behind it.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeBrowser, type Visit, visit } from "../support/browser.ts";
import { type ALocalRun, aLocalRun } from "../support/local-run.ts";

const documented = "20160519101349613gzbzufck2";
let local: ALocalRun;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  local = await aLocalRun();
  seen = await visit(local.origin);
  page = seen.page;
  await page.getByText("live", { exact: true }).waitFor();
});
afterEach(() => expect(seen.problems).toEqual([]));
afterAll(async () => {
  await seen.leave();
  await closeBrowser();
  await local.stop();
});

/** Becomes somebody, and goes to a channel, by clicks. */
async function be(person: "ann" | "bob" | "vic" | "sam", channel = "general"): Promise<void> {
  await page.getByRole("group", { name: "You are" }).getByText(person, { exact: true }).click();
  await page.getByRole("main").getByText(`as ${person},`).waitFor();
  await page.getByRole("navigation").getByRole("button", { name: channel }).click();
  await page.getByRole("heading", { name: channel, level: 1 }).waitFor();
}

const composer = () => page.getByRole("combobox", { name: /^Message/ });
const said = (words: string | RegExp): Locator => page.getByRole("main").getByRole("article").filter({ hasText: words });

/** Types a line, and gives the first message with these words that was not there before. */
async function type(line: string, words: string | RegExp): Promise<Locator> {
  const before = await said(words).evaluateAll((messages) => messages.map((message) => message.getAttribute("data-ts") ?? ""));
  await composer().click();
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
  const isNew = before.map((ts) => `:not([data-ts="${ts}"])`).join("");
  const answer = page.locator(`main article${isNew}`).filter({ hasText: words }).first();
  await answer.waitFor();
  // Nailed to its timestamp, so that it stays the same message when its words change.
  return page.locator(`main article[data-ts="${await answer.getAttribute("data-ts")}"]`);
}

/** By what one reads on it: aloud, most buttons say more. */
const button = (message: Locator, label: string) => message.getByRole("button").filter({ hasText: new RegExp(`^${label}$`) });
const press = (message: Locator, label: string) => button(message, label).click();

const panel = () => page.getByRole("complementary", { name: "Simulation" });

/** Starts an instance from the panel, has the panel write its status command, and gives the id that then stands in the composer. */
async function started(scenario: string): Promise<string> {
  const first = panel().getByRole("listitem").first();
  const before = await first.locator("code").textContent();
  await panel().getByRole("button", { name: scenario, exact: true }).click();
  await first
    .filter({ hasText: scenario })
    .filter({ hasNotText: before ?? "" })
    .click();
  await expect.poll(() => composer().inputValue()).toMatch(/^\/odps status \d{15,17}g\w+$/);
  const id = (await composer().inputValue()).replace("/odps status ", "");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  return id;
}

describe("an operator in a channel", () => {
  it("lists what there is, and picks one of it to see its card", async () => {
    await be("bob");
    const list = await type("/odps list", "instances in demo_project");
    await list.getByRole("cell", { name: "FAILED" }).first().waitFor();
    await list.getByText("Only visible to you").waitFor();
    const picked = list.getByRole("combobox", { name: "Pick an instance" });
    await picked.click();
    const options = list.getByRole("option");
    await options.nth(2).waitFor();
    const all = await options.count();
    await picked.pressSequentially("failed");
    await expect.poll(() => options.count()).toBeLessThan(all);
    const wanted = options.first();
    expect(await wanted.textContent()).toContain("FAILED");
    const end = /…(\w{8})/.exec((await wanted.textContent()) ?? "")?.[1] ?? "no end";
    await wanted.click();
    await said("Elapsed")
      .or(said("Next"))
      .filter({ hasText: new RegExp(`\\d{14}\\w*${end}`) })
      .first()
      .waitFor();
  });

  it("finds nothing to pick in what nobody showed them", async () => {
    await be("ann");
    const list = await type("/odps list", "instances in demo_project");
    const picked = list.getByRole("combobox", { name: "Pick an instance" });
    await picked.click();
    await picked.pressSequentially("nothing is called so");
    await list.getByText("No results").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await be("bob");
  });

  it("filters a result in a modal: chooses columns, says what rows must contain, and sees just that, privately", async () => {
    const id = await started("success");
    const card = await type(`/odps result ${id}`, "customer");
    await press(card, "Filter");
    const modal = page.getByRole("dialog", { name: "Filter the result" });
    await modal.getByLabel("Columns").selectOption(["amount", "customer"]);
    await modal.getByRole("textbox", { name: "Rows that contain" }).fill("ann");
    await modal.getByLabel("Rows to show").selectOption("5");
    await modal.getByRole("button", { name: "Show" }).click();
    const filtered = said("that match, of").last();
    await filtered.getByText("Only visible to you").waitFor();
    await modal.waitFor({ state: "detached" });
    const heads = await filtered.getByRole("columnheader").evaluateAll((cells) => cells.map((cell) => cell.textContent));
    expect(heads).toEqual(["customer", "amount"]);
    await filtered.getByRole("row", { name: "Ann 12.5" }).waitFor();
    expect(await filtered.getByRole("row").count()).toBeLessThan(await card.getByRole("row").count());
  });

  it("filters into a file, and closes a form without asking for anything", async () => {
    const card = await type(`/odps result ${documented}`, "Iris-setosa");
    const modal = page.getByRole("dialog", { name: "Filter the result" });
    await press(card, "Filter");
    await modal.getByLabel("Columns").waitFor();
    const before = await page.getByRole("main").getByRole("article").count();
    await modal.getByRole("button", { name: "Cancel" }).click();
    await modal.waitFor({ state: "detached" });
    expect(await page.getByRole("main").getByRole("article").count()).toBe(before);
    await press(card, "Filter");
    await modal.getByRole("checkbox").check();
    await modal.getByRole("button", { name: "Show" }).click();
    await said("to our direct messages").last().waitFor();
  });

  it("asks how a running one is doing, and sees each of its stages", async () => {
    const id = await started("running");
    const card = await type(`/odps status ${id}`, id);
    await card.getByText(/RUNNING|WAITING/).waitFor();
    await button(card, "Stop").waitFor();
    // A new instance waits for its quota for a moment: it is asked until its stages have begun.
    const progress = async () => (await (await type(`/odps progress ${id}`, id)).textContent()) ?? "";
    await expect.poll(progress, { timeout: 15_000, interval: 300 }).toMatch(/M1\S*:\d+\/\d+\/\d+\[\d+%\]/);
  });

  it("reads the documented result as a table, and gets a Logview link for a while", async () => {
    const result = await type(`/odps result ${documented}`, "Iris-setosa");
    await result.getByRole("columnheader", { name: "sepallength" }).waitFor();
    await result.getByRole("row", { name: "4.9 3.0 1.4 0.2 Iris-setosa" }).waitFor();
    const logview = await type(`/odps logview ${documented}`, "Open Logview");
    await logview.getByText("Only visible to you").waitFor();
    expect(await logview.getByRole("link", { name: "Open Logview" }).getAttribute("href")).toContain("token=");
  });

  it("is told that an id is unknown, and asked what a typo was meant to be", async () => {
    const unknown = "20200101000000000gnothere1";
    const answer = await type(`/odps status ${unknown}`, "knows no such instance");
    await answer.getByText(unknown).waitFor();
    const typo = await type(`/odps staus ${documented}`, "Did you mean status?");
    await press(typo, "Run status");
    await said("SUCCESS").filter({ hasText: documented }).last().waitFor();
  });

  it("stops one: is asked, decides, sees what became of it, also on the refreshed card, and the channel is told by whom", async () => {
    await be("bob", "prod-alerts");
    const id = await started("running");
    const card = await type(`/odps status ${id}`, id);
    await press(card, "Stop");
    const question = said("Stop this instance?");
    await question.getByText(id).waitFor();
    await button(question, "Keep running").waitFor();
    await press(question, "Stop instance");
    await said("MaxCompute confirms it").filter({ hasText: id }).first().waitFor();
    await question.waitFor({ state: "detached" });
    await said("@bob stopped").filter({ hasText: id }).waitFor();
    const before = await page.getByRole("article").count();
    await press(card, "Refresh");
    await card
      .getByText(/CANCELLED/)
      .first()
      .waitFor();
    expect(await page.getByRole("article").count()).toBe(before);
    await be("ann", "prod-alerts");
    const told = said(id);
    await told.getByText("@bob").waitFor();
    expect(await told.count()).toBe(1);
  });

  it("starts one from the panel, which shows it on top however long ago it ended", async () => {
    const id = await started("success");
    await panel().getByRole("status").getByText("Started success").waitFor();
    const card = await type(`/odps status ${id}`, id);
    await card.getByText("SUCCESS").first().waitFor();
  });

  it("keeps one running after all", async () => {
    await be("bob");
    const id = await started("running");
    const question = await type(`/odps stop ${id}`, "Stop this instance?");
    await press(question, "Keep running");
    await question.getByText("Stop this instance?").waitFor({ state: "detached" });
    const card = await type(`/odps status ${id}`, "Elapsed");
    await card.getByText(/RUNNING|WAITING/).waitFor();
  });
});

describe("a viewer", () => {
  it("sees a card without a Stop button, and is refused when typing it", async () => {
    await be("vic");
    const id = await started("running");
    const card = await type(`/odps status ${id}`, id);
    await button(card, "Refresh").waitFor();
    expect(await button(card, "Stop").count()).toBe(0);
    const refused = await type(`/odps stop ${id}`, "needs the role operator");
    expect(await refused.getByRole("button").filter({ hasText: "Stop" }).count()).toBe(0);
    await (await type(`/odps status ${id}`, id)).getByText(/RUNNING|WAITING/).waitFor();
  });

  it("gets a result as a file in the direct messages, and opens it there", async () => {
    await be("vic");
    const id = await started("medium");
    await type(`/odps result ${id} --csv`, "CSV");
    await be("vic", "odps");
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: /^Download .*\.csv$/ }).click();
    const csv = await readFile(await (await downloading).path(), "utf8");
    expect(csv.split("\r\n")).toHaveLength(302);
  });

  it("is answered in a thread when mentioning the bot there", async () => {
    await be("vic");
    await type("Is the import stuck?", "Is the import stuck?");
    const question = said("Is the import stuck?");
    await question.hover();
    await press(question, "Reply in thread");
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("combobox").click();
    await page.keyboard.type(`@odps status ${documented}`);
    await page.keyboard.press("Enter");
    await thread.getByRole("article").filter({ hasText: "SUCCESS" }).getByText("Only visible to you").waitFor();
    await thread.getByRole("button", { name: "Close thread" }).click();
  });
});
