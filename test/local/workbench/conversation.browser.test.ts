// Talking to the bot as a person does: by mouse, by keyboard alone, and on a phone.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeBrowser, type Visit, visit } from "../../support/browser.ts";
import { startWorkbench } from "./start-workbench.ts";

let bench: Awaited<ReturnType<typeof startWorkbench>>;
let seen: Visit;
let page: Page;
async function open(place = "ann/general", options = {}) {
  seen = await visit(`${bench.url}#${place}`, options);
  page = seen.page;
  await page.getByRole("log").first().waitFor();
}
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(async () => {
  await seen.leave();
  await bench.close();
});
afterAll(closeBrowser);

const composer = () => page.getByRole("combobox", { name: /^Message/ });
const log = () => page.getByRole("log", { name: "Messages in #general" });
// In words, because the types of the page's world are not ours.
const focusedName = () =>
  page.evaluate<string>('document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? ""');
const plain = (text: string) => ({ type: "plain_text", text });

describe("the channel", () => {
  it("shows a message the moment it is posted, and its edit, without reloading", async () => {
    await open();
    const ts = bench.slack.post({ text: "*RUNNING* etl" });
    await log().getByText("RUNNING etl").waitFor();
    expect(await log().getByText("APP", { exact: true }).count()).toBe(1);
    bench.slack.edit(ts, { text: "*SUCCESS* etl" });
    await log().getByText("SUCCESS etl").waitFor();
    await log().getByText("(edited)").waitFor();
  });

  it("shows a private message to its reader only, and says so", async () => {
    bench.slack.post({ text: "your result", visible_to: "U0ANN0001" });
    bench.slack.post({ text: "for everybody" });
    await open();
    await log().getByText("your result").waitFor();
    await log().getByText("Only visible to you").waitFor();
    await page.getByRole("radio", { name: /vic/ }).check({ force: true });
    await page.getByText("as vic, viewer").waitFor();
    await log().getByText("for everybody").waitFor();
    expect(await log().getByText("your result").count()).toBe(0);
  });

  it("writes times in the zone of whoever reads", async () => {
    bench.slack.post({ ts: "1795339200.000100", text: "look" });
    await open("vic/general");
    const expected = new Intl.DateTimeFormat("en-US", {
      timeZone: "America/Los_Angeles",
      hour: "numeric",
      minute: "2-digit",
    }).format(1_795_339_200_000);
    await log().getByText(expected).waitFor();
  });

  it("marks another channel that has news, until it is opened", async () => {
    await open();
    await page.getByRole("button", { name: "prod-alerts" }).waitFor();
    await composer().waitFor();
    await expect.poll(() => page.getByRole("status").first().textContent()).toBe("live");
    bench.slack.post({ channel: "prod-alerts", text: "FAILED sync" });
    const channel = page.getByRole("button", { name: "prod-alerts unread" });
    await channel.click();
    await page.getByText("FAILED sync").waitFor();
    await expect.poll(() => page.getByRole("img", { name: "unread" }).count()).toBe(0);
  });

  it("stays at the newest message, but not under somebody who reads back", async () => {
    for (let count = 1; count <= 40; count += 1)
      bench.slack.post({ text: `line ${count}`, blocks: [{ type: "header", text: plain(`line ${count}`) }] });
    await open();
    await log().getByText("line 40", { exact: true }).waitFor();
    const distance = () => log().evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
    await expect.poll(distance).toBeLessThan(2);
    await log().evaluate((box) => box.scrollTo(0, 0));
    await page.getByRole("button", { name: "Jump to latest" }).waitFor();
    bench.slack.post({ text: "news" });
    await log().getByText("news").waitFor({ state: "attached" });
    expect(await log().evaluate((box) => box.scrollTop)).toBe(0);
    await page.getByRole("button", { name: "Jump to latest" }).click();
    await expect.poll(distance).toBeLessThan(2);
  });

  it("stays at the newest message when a long one is written", async () => {
    for (let count = 1; count <= 40; count += 1) bench.slack.post({ blocks: [{ type: "header", text: plain(`line ${count}`) }] });
    await open();
    await log().getByText("line 40", { exact: true }).waitFor();
    await composer().fill("x".repeat(11_990));
    await composer().press("Enter");
    await log().getByText("xxxx").waitFor();
    await expect
      .poll(() => log().evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight)))
      .toBeLessThan(2);
  });

  it("shows whoever writes what they wrote, also when they had scrolled back", async () => {
    for (let count = 1; count <= 40; count += 1) bench.slack.post({ blocks: [{ type: "header", text: plain(`line ${count}`) }] });
    await open();
    await log().getByText("line 40", { exact: true }).waitFor();
    await log().evaluate((box) => box.scrollTo(0, 0));
    await page.getByRole("button", { name: "Jump to latest" }).waitFor();
    await composer().fill("back again");
    await composer().press("Enter");
    await page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
    await log().getByText("back again").waitFor();
  });

  it("lets one type without delay where hundreds of cards stand", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => [{ type: "raw_text", text: `row ${at}` }]);
    for (let count = 1; count <= 300; count += 1) bench.slack.post({ blocks: [{ type: "table", rows }] });
    await open();
    await log().getByText("row 19").last().waitFor();
    await composer().click();
    const from = performance.now();
    await page.keyboard.type("/odps status last --share");
    expect(await composer().inputValue()).toBe("/odps status last --share");
    // A tenth of that when only what changed is drawn, five times that when everything is.
    expect(performance.now() - from).toBeLessThan(4_000);
  });

  it("keeps replies in a thread beside it and sends there", async () => {
    const ts = bench.slack.post({ text: "the card" });
    bench.slack.post({ text: "first reply", thread_ts: ts });
    await open();
    await log().getByText("the card").waitFor();
    expect(await log().getByText("first reply").count()).toBe(0);
    await page.getByRole("button", { name: /1 reply/ }).click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByText("first reply").waitFor();
    await thread.getByRole("combobox").fill("@odps stop");
    await thread.getByRole("button", { name: "Send" }).click();
    await thread.getByText("@odps stop").waitFor();
    expect(bench.slack.deeds).toMatchObject([{ kind: "message", thread_ts: ts, text: "@odps stop" }]);
    await page.keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
  });
});

describe("writing", () => {
  it("a command is delivered without its name and waits, dimly, for the answer", async () => {
    await open();
    await composer().fill("/odps status last");
    await composer().press("Enter");
    await page.getByText("You typed").waitFor();
    expect(bench.slack.deeds).toMatchObject([{ kind: "command", user: "U0ANN0001", channel: "C0GENERAL1", text: "status last" }]);
    expect(await composer().inputValue()).toBe("");
    bench.slack.post({ text: "RUNNING", visible_to: "U0ANN0001" });
    await page.getByText("You typed").waitFor({ state: "detached" });
  });

  it("a command nobody knows is not sent, and the page says why", async () => {
    await open();
    await composer().fill("/deploy now");
    await composer().press("Enter");
    await page.getByRole("alert").getByText("/deploy is not a command here").waitFor();
    expect(bench.slack.deeds).toEqual([]);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
    await composer().fill("/deploy again");
    await composer().press("Enter");
    await page.getByRole("alert").waitFor();
    await composer().fill("hello");
    await composer().press("Enter");
    await page.getByRole("alert").waitFor({ state: "detached" });
  });

  it("completes commands, verbs and names by keyboard", async () => {
    await open();
    await composer().focus();
    await page.keyboard.type("/o");
    await page.getByRole("option", { name: /odps/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("st");
    await page.getByRole("option", { name: /stop/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => composer().inputValue()).toBe("/odps stop ");
    await composer().fill("");
    await page.keyboard.type("hey @bo");
    await page.getByRole("option", { name: /@bob/ }).waitFor();
    await page.keyboard.press("Tab");
    await expect.poll(() => composer().inputValue()).toBe("hey @bob ");
    await page.keyboard.type("@");
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(bench.slack.deeds).toEqual([]);
  });

  it("brings earlier lines back with the arrow keys", async () => {
    await open();
    for (const line of ["first", "second"]) {
      await composer().fill(line);
      await composer().press("Enter");
      await log().getByText(line).waitFor();
    }
    await composer().press("ArrowUp");
    await composer().press("ArrowUp");
    await expect.poll(() => composer().inputValue()).toBe("first");
    await composer().press("ArrowDown");
    await expect.poll(() => composer().inputValue()).toBe("second");
  });

  it("breaks a line with Shift and Enter", async () => {
    await open();
    await composer().focus();
    await page.keyboard.type("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Enter");
    await log().getByText("two").waitFor();
    expect(bench.slack.deeds).toMatchObject([{ text: "one\ntwo" }]);
  });
});

describe("a workbench that goes away", () => {
  it("is missed in so many words, and the page goes on by itself when it is back", async () => {
    await open("ann/general", { viewport: { width: 375, height: 740 } });
    await page.getByText("live", { exact: true }).waitFor({ state: "attached" });
    await bench.close();
    await page.getByRole("alert").getByText("The workbench does not answer. As soon as it does").waitFor();
    await composer().fill("anybody?");
    await composer().press("Enter");
    await page.getByRole("alert").getByText("the workbench does not answer; is it still running?").waitFor();
    bench = await startWorkbench(bench.slack, bench.port);
    bench.slack.post({ text: "back in service" });
    await log().getByText("back in service").waitFor();
    await page.getByText("As soon as it does").waitFor({ state: "detached" });
    // The browser itself reports each request that nobody answered.
    expect(seen.problems.splice(0).every((problem) => problem.includes("ERR_CONNECTION_REFUSED"))).toBe(true);
  });
});

describe("modals", () => {
  const view = {
    type: "modal",
    title: plain("Stop job"),
    submit: plain("Stop"),
    close: plain("Keep running"),
    blocks: [
      {
        type: "input",
        block_id: "reason",
        label: plain("Reason"),
        element: { type: "plain_text_input", action_id: "v", multiline: true },
      },
      {
        type: "input",
        block_id: "last",
        label: plain("Last 4"),
        element: { type: "plain_text_input", action_id: "v", min_length: 4, max_length: 4 },
      },
      {
        type: "input",
        block_id: "how",
        label: plain("How"),
        element: {
          type: "radio_buttons",
          action_id: "v",
          options: [
            { text: plain("Now"), value: "now" },
            { text: plain("Later"), value: "later" },
          ],
        },
      },
      {
        type: "input",
        block_id: "tell",
        optional: true,
        label: plain("Tell"),
        element: {
          type: "checkboxes",
          action_id: "v",
          options: [
            { text: plain("Owner"), value: "owner" },
            { text: plain("Channel"), value: "channel" },
          ],
        },
      },
      {
        type: "input",
        block_id: "where",
        label: plain("Where"),
        element: {
          type: "static_select",
          action_id: "v",
          initial_option: { text: plain("Here"), value: "here" },
          options: [{ text: plain("Here"), value: "here" }],
        },
      },
    ],
  };

  it("open for their person, refuse what is missing, show the bot's errors and submit the rest", async () => {
    await open();
    bench.slack.openModal("bob", { type: "modal", title: plain("Not for ann"), blocks: [] });
    bench.slack.openModal("ann", view);
    const modal = page.getByRole("dialog", { name: "Stop job" });
    await modal.getByRole("button", { name: "Stop" }).click();
    await expect.poll(() => modal.getByText("Please complete this required field.").count()).toBe(3);
    await modal.getByLabel("Reason").fill("wrong partition");
    await modal.getByLabel("Last 4").fill("x2a");
    await modal.getByLabel("Later").check();
    await modal.getByLabel("Owner").check();
    await modal.getByRole("button", { name: "Stop" }).click();
    await modal.getByText("at least 4 characters").waitFor();
    expect(bench.slack.deeds).toEqual([]);
    bench.slack.answer("submit", () => ({ ack: { response_action: "errors", errors: { last: "That is another one." } } }));
    await modal.getByLabel("Last 4").fill("x2aa");
    await modal.getByRole("button", { name: "Stop" }).click();
    await modal.getByText("That is another one.").waitFor();
    bench.slack.answer("submit", () => ({}));
    await modal.getByLabel("Last 4").fill("x2ab");
    await modal.getByRole("button", { name: "Stop" }).click();
    await modal.waitFor({ state: "detached" });
    expect(bench.slack.deeds.at(-1)).toMatchObject({
      values: {
        reason: { v: "wrong partition" },
        last: { v: "x2ab" },
        how: { v: "later" },
        tell: { v: ["owner"] },
        where: { v: "here" },
      },
    });
  });

  it("close with Escape, tell the bot, and give the focus back", async () => {
    await open();
    await composer().focus();
    bench.slack.openModal("ann", view);
    const modal = page.getByRole("dialog", { name: "Stop job" });
    await modal.waitFor();
    await page.keyboard.press("Escape");
    await modal.waitFor({ state: "detached" });
    expect(bench.slack.deeds).toMatchObject([{ kind: "close", user: "U0ANN0001" }]);
    expect(await focusedName()).toBe("Message #general");
  });
});

/** Outline and shadow of what has the focus, or of the frame that shows it for a field. */
const focusMark = `{
  const at = document.activeElement;
  const isFramed = at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === "radio");
  const style = getComputedStyle(isFramed ? at.parentElement : at);
  style.outlineStyle + " " + style.boxShadow;
}`;

describe("by keyboard alone", () => {
  it("one can go from the composer to a button, answer its dialog, and be back where one was", async () => {
    const confirm = { title: plain("Sure?"), text: plain("Really."), confirm: plain("Yes"), deny: plain("No") };
    const elements = [{ type: "button", action_id: "stop", text: plain("Stop"), confirm }];
    bench.slack.post({ blocks: [{ type: "actions", elements }] });
    await open();
    await log().getByRole("button", { name: "Stop" }).focus();
    await page.keyboard.press("Space");
    const dialog = page.getByRole("alertdialog", { name: "Sure?" });
    await dialog.waitFor();
    expect(await focusedName()).toBe("No");
    await page.keyboard.press("Tab");
    expect(await focusedName()).toBe("Yes");
    await page.keyboard.press("Tab");
    expect(await focusedName()).toBe("No");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => bench.slack.deeds.length).toBe(1);
    expect(await focusedName()).toBe("Stop");
  });

  it("Tab reaches channels, people, messages and the composer, each visibly", async () => {
    await open();
    const reached: string[] = [];
    for (let count = 0; count < 14; count += 1) {
      await page.keyboard.press("Tab");
      reached.push(await focusedName());
      const outline = await page.evaluate<string>(focusMark);
      expect(outline).not.toBe("none none");
    }
    for (const name of ["general", "Simulation", "Messages in #general", "Message #general", "success"])
      expect(reached).toContain(name);
  });

  it("an overflow menu is walked with arrows and left with Escape", async () => {
    const options = ["Tasks", "Unwatch"].map((name) => ({ text: plain(name), value: name }));
    bench.slack.post({ blocks: [{ type: "actions", elements: [{ type: "overflow", action_id: "more", options }] }] });
    await open();
    await page.getByRole("button", { name: "More actions" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await focusedName()).toBe("Unwatch");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    expect(await focusedName()).toBe("More actions");
  });
});

describe("the simulation panel", () => {
  it("starts an instance and puts its status command into the composer", async () => {
    await open();
    const panel = page.getByRole("complementary", { name: "Simulation" });
    await panel.getByRole("button", { name: "running", exact: true }).click();
    await panel.getByRole("button", { name: /RUNNING/ }).click();
    await expect.poll(() => composer().inputValue()).toMatch(/^\/odps status 2026\w+$/);
    expect(await focusedName()).toBe("Message #general");
    expect(bench.started).toMatchObject([{ scenario: "running" }]);
  });

  it("makes the services misbehave and behave again", async () => {
    await open();
    const panel = page.getByRole("complementary", { name: "Simulation" });
    await panel.getByRole("button", { name: "MaxCompute 500" }).click();
    await panel.getByRole("button", { name: "Slack 429" }).click();
    await panel.getByText("Misbehaving: MaxCompute 500, Slack 429").waitFor();
    expect(bench.faults).toMatchObject([{ kind: "http", status: 500 }]);
    expect(bench.slack.faults).toMatchObject([{ kind: "rate_limited" }]);
    await panel.getByRole("button", { name: "All well again" }).click();
    await panel.getByText("Misbehaving").waitFor({ state: "detached" });
    expect([...bench.faults, ...bench.slack.faults]).toEqual([]);
  });
});

describe("on a phone", () => {
  const phone = { viewport: { width: 375, height: 740 } };
  const sideways = () => page.evaluate<number>("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)");

  it("wide content scrolls in its own box and the page never sideways", async () => {
    const wide = Array.from({ length: 12 }, (_, column) => ({ type: "raw_text", text: `a_rather_long_column_${column}` }));
    const elements = Array.from({ length: 8 }, (_, index) => ({
      type: "button",
      action_id: `b${index}`,
      text: plain(`Button number ${index}`),
    }));
    const code = {
      type: "rich_text",
      elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "x".repeat(400) }] }],
    };
    bench.slack.post({ text: "x".repeat(300) });
    bench.slack.post({ blocks: [{ type: "table", rows: [wide, wide] }, { type: "actions", elements }, code] });
    await open("ann/general", phone);
    await log().getByText("a_rather_long_column_0").first().waitFor();
    expect(await sideways()).toBe(375);
    expect(await log().evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(
      await log()
        .getByRole("region", { name: "Table" })
        .evaluate((box) => box.scrollWidth > box.clientWidth),
    ).toBe(true);
  });

  it("a cell that wraps does so between words, not within them", async () => {
    const text = (words: string) => ({ type: "raw_text", text: words });
    const row = [text("region_report_42"), text("CANCELLED by somebody else"), text("1 h 45 m")];
    const column_settings = [{ is_wrapped: true }];
    bench.slack.post({ blocks: [{ type: "table", column_settings, rows: [row, row] }] });
    await open("ann/general", phone);
    const cell = log().getByRole("cell", { name: "region_report_42" });
    const lines = await cell.evaluate((box) => {
      const range = box.ownerDocument.createRange();
      range.selectNodeContents(box);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    });
    expect(lines).toBe(1);
    expect(await sideways()).toBe(375);
  });

  it("the channels are a drawer, opened and closed by its button or Escape", async () => {
    await open("ann/general", phone);
    const channels = page.getByRole("navigation", { name: "Channels" });
    expect(await channels.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Channels and people" }).click();
    await channels.waitFor({ state: "visible" });
    expect(await focusedName()).toBe("general");
    await page.keyboard.press("Escape");
    await channels.waitFor({ state: "hidden" });
    expect(await focusedName()).toBe("Channels and people");
    await page.keyboard.press("Enter");
    await channels.getByRole("button", { name: "prod-alerts" }).click();
    await page.getByRole("heading", { name: "#prod-alerts" }).waitFor();
    await channels.waitFor({ state: "hidden" });
    expect(await sideways()).toBe(375);
  });

  it("a thread covers the channel", async () => {
    const ts = bench.slack.post({ text: "the card" });
    bench.slack.post({ text: "a reply", thread_ts: ts });
    await open("ann/general", phone);
    await page.getByRole("button", { name: /1 reply/ }).click();
    const box = await page.getByRole("complementary", { name: "Thread" }).boundingBox();
    expect(box).toMatchObject({ x: 0, y: 0, width: 375, height: 740 });
  });
});
