// Every block type, posted through Slack and read off the page as a person would.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeBrowser, type Visit, visit } from "../../support/browser.ts";
import { startWorkbench } from "./start-workbench.ts";

let bench: Awaited<ReturnType<typeof startWorkbench>>;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  bench = await startWorkbench();
  seen = await visit(`${bench.url}#ann/general`);
  page = seen.page;
  await page.getByText("live", { exact: true }).waitFor();
});
beforeEach(() => {
  bench.slack.reset();
  bench.slack.deeds.length = 0;
});
afterEach(() => expect(seen.problems).toEqual([]));
afterAll(async () => {
  await seen.leave();
  await closeBrowser();
  await bench.close();
});

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const raw = (text: string) => ({ type: "raw_text", text });
const option = (text: string, value: string) => ({ text: plain(text), value });
const button = (action_id: string, text: string, more: object = {}) => ({
  type: "button",
  action_id,
  text: plain(text),
  ...more,
});
const run = (text: string, style: object = {}) => ({ type: "text", text, style });

/** The moment 1795339200 in Ann's zone. */
const annTime = new Intl.DateTimeFormat("en-US", { timeZone: "Asia/Shanghai", hour: "numeric", minute: "2-digit" }).format(
  1_795_339_200_000,
);

/** Posts blocks and answers the message on the page. */
async function posted(...blocks: object[]) {
  const ts = bench.slack.post({ text: "fallback", blocks });
  const message = page.locator(`[data-ts="${ts}"]`);
  await message.waitFor();
  return message;
}

async function nextDeed() {
  await expect.poll(() => bench.slack.deeds.length).toBeGreaterThan(0);
  return bench.slack.deeds[0];
}

const texts: readonly [string, object, readonly string[]][] = [
  [
    "section",
    { type: "section", text: mrkdwn("*bold* `code`"), fields: [mrkdwn("*Stage*\nR2"), plain("41 workers")] },
    ["bold code", "Stage", "R2", "41 workers"],
  ],
  ["header", { type: "header", text: plain("Seven running") }, ["Seven running"]],
  ["context", { type: "context", elements: [mrkdwn("updated *now*"), plain("every minute")] }, ["updated now", "every minute"]],
  [
    "image",
    { type: "image", image_url: "https://cdn.example/a.png", alt_text: "Failures per day", title: plain("Chart") },
    ["Chart", "Failures per day"],
  ],
  ["alert", { type: "alert", level: "warning", text: mrkdwn("Cannot be *resumed*.") }, ["Cannot be resumed."]],
  ["file", { type: "file", source: "remote", external_id: "report-7" }, ["report-7"]],
  ["markdown", { type: "markdown", text: "## Notes\n- **one**\n1. two `three`" }, ["Notes", "one", "two three"]],
  [
    "table",
    {
      type: "table",
      rows: [
        [raw("Job"), raw("Age")],
        [raw("etl"), { type: "raw_number", value: 12, text: "12 m" }],
      ],
    },
    ["Job", "etl", "12 m"],
  ],
  ["an unknown block", { type: "plan" }, ["unsupported block: plan"]],
  ["an unknown element", { type: "actions", elements: [{ type: "sparkle", action_id: "s" }] }, ["unsupported element: sparkle"]],
];

describe("text in blocks", () => {
  it.each(texts)("%s is read", async (_, block, words) => {
    const message = await posted(block);
    const read = ((await message.textContent()) ?? "").replaceAll(/\s+/g, " ");
    for (const word of words) expect(read).toContain(word);
  });

  it("a divider is a separator", async () => {
    const message = await posted({ type: "divider" });
    expect(await message.getByRole("separator").count()).toBe(1);
  });

  it("mrkdwn shows names, links, moments in the reader's zone and marks", async () => {
    const text = ":x: <@U0BOB0001> in <#C0PRODALRT> <https://a.example|link> <!date^1795339200^{time}|then> &lt;b&gt;";
    const message = await posted({ type: "section", text: mrkdwn(text) });
    expect((await message.locator(".section").textContent())?.trim()).toBe(`@bob in #prod-alerts link ${annTime} <b>`);
    expect(await message.getByRole("img", { name: "x", exact: true }).count()).toBe(1);
    expect(await message.getByRole("link").getAttribute("href")).toBe("https://a.example/");
  });

  it("rich text shows styles, lists, quotes and code", async () => {
    const section = {
      type: "rich_text_section",
      elements: [
        run("bold", { bold: true }),
        run(" "),
        { type: "user", user_id: "U0ANN0001" },
        { type: "emoji", name: "warning" },
      ],
    };
    const list = {
      type: "rich_text_list",
      style: "ordered",
      offset: 2,
      elements: [{ type: "rich_text_section", elements: [run("third")] }],
    };
    const quote = { type: "rich_text_quote", elements: [run("said")] };
    const code = { type: "rich_text_preformatted", elements: [run("SELECT *not bold*\n  FROM t")] };
    const link = {
      type: "rich_text_section",
      elements: [
        { type: "link", url: "https://a.example", text: "here" },
        { type: "channel", channel_id: "C0GENERAL1" },
        { type: "date", timestamp: 1795339200, format: "{date_num}" },
      ],
    };
    const message = await posted({ type: "rich_text", elements: [section, list, quote, code, link] });
    expect(await message.locator("strong").textContent()).toBe("bold");
    expect(await message.locator("ol").getAttribute("start")).toBe("3");
    expect(await message.locator("blockquote").textContent()).toBe("said");
    expect(await message.locator("pre").textContent()).toBe("SELECT *not bold*\n  FROM t");
    expect(await message.getByRole("link", { name: "here" }).count()).toBe(1);
    expect(await message.textContent()).toContain("#general2026-11-22");
  });

  it("nothing a message says becomes part of the page", async () => {
    const evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    const message = await posted(
      { type: "section", text: mrkdwn("<javascript:alert(1)|press me>") },
      { type: "section", text: plain(evil) },
      { type: "markdown", text: `${evil} [run](javascript:alert(1))` },
      {
        type: "rich_text",
        elements: [
          { type: "rich_text_section", elements: [run(evil), { type: "link", url: "javascript:alert(1)", text: "go" }] },
        ],
      },
      { type: "table", rows: [[raw(evil)]] },
    );
    expect(await message.locator("img, script, a").count()).toBe(0);
    expect(await message.textContent()).toContain(evil);
    expect(await message.textContent()).toContain("press me");
  });

  it("a block of the wrong shape does not take the page down", async () => {
    const broken = { type: "section", text: "words", fields: "no", accessory: [] };
    const message = await posted(
      broken,
      { type: "table", rows: [null, [null]] },
      { type: "rich_text", elements: [1] },
      { type: "header", text: plain("still here") },
    );
    expect(await message.textContent()).toContain("still here");
  });
});

describe("tables", () => {
  it("align their columns as told, numbers to the right by themselves", async () => {
    const rows = [
      [raw("a"), raw("b")],
      [raw("x"), { type: "raw_number", value: 3 }],
    ];
    const message = await posted({ type: "table", column_settings: [{ align: "center" }], rows });
    const align = (name: string) =>
      message
        .getByRole("cell", { name, exact: true })
        .evaluate((cell) => cell.ownerDocument.defaultView?.getComputedStyle(cell).textAlign);
    expect(await align("x")).toBe("center");
    expect(await align("3")).toBe("right");
  });

  it("a data table turns its pages and orders by the column one presses", async () => {
    const rows = [
      [raw("job"), raw("rows")],
      ...[10, 9, 100, 1].map((value) => [raw(`job ${value}`), { type: "raw_number", value, text: `${value} rows` }]),
    ];
    const message = await posted({ type: "data_table", caption: "Result of …x2ab", page_size: 3, rows });
    const first = () => message.getByRole("rowheader").allInnerTexts();
    expect(await message.getByText("Result of …x2ab").count()).toBe(1);
    expect(await first()).toEqual(["job 10", "job 9", "job 100"]);
    await message.getByRole("button", { name: "Next" }).click();
    await message.getByText("Page 2 of 2").waitFor();
    expect(await first()).toEqual(["job 1"]);
    await message.getByRole("button", { name: "Previous" }).click();
    await message.getByRole("button", { name: "rows" }).click();
    await message.locator('[aria-sort="ascending"]').waitFor();
    expect(await first()).toEqual(["job 1", "job 9", "job 10"]);
    await message.getByRole("button", { name: "rows" }).click();
    await message.locator('[aria-sort="descending"]').waitFor();
    expect(await first()).toEqual(["job 100", "job 10", "job 9"]);
  });
});

describe("things to press", () => {
  it("a button sends its click with its value", async () => {
    const message = await posted({
      type: "actions",
      elements: [button("job.refresh", "Refresh", { value: "r1", accessibility_label: "Refresh the status" })],
    });
    await message.getByRole("button", { name: "Refresh the status" }).click();
    expect(await nextDeed()).toMatchObject({
      kind: "action",
      user: "U0ANN0001",
      channel: "C0GENERAL1",
      action_id: "job.refresh",
      value: "r1",
    });
  });

  it("a link button opens its page in a tab of its own and is sent all the same", async () => {
    const message = await posted({
      type: "actions",
      elements: [button("job.book", "Runbook", { url: `${bench.url}page/icon.svg` })],
    });
    const opened = page.waitForEvent("popup");
    await message.getByRole("link", { name: "Runbook" }).click();
    expect((await opened).url()).toContain("icon.svg");
    expect(await nextDeed()).toMatchObject({ action_id: "job.book" });
  });

  it("a click the bot does not answer says so beneath the message", async () => {
    bench.slack.answer("action", () => ({ ok: false, error: "operation_timeout" }));
    const message = await posted({ type: "actions", elements: [button("job.refresh", "Refresh")] });
    await message.getByRole("button", { name: "Refresh" }).click();
    await message.getByRole("alert").getByText("operation_timeout").waitFor();
    bench.slack.answer("action", () => ({}));
  });

  it("a confirm dialog asks in its own words, and Cancel sends nothing", async () => {
    const confirm = {
      title: plain("Stop this job?"),
      text: mrkdwn("It is *63%* done."),
      confirm: plain("Stop job"),
      deny: plain("Keep running"),
      style: "danger",
    };
    const message = await posted({ type: "actions", elements: [button("job.stop", "Stop", { style: "danger", confirm })] });
    await message.getByRole("button", { name: "Stop" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Stop this job?" });
    expect(await dialog.textContent()).toContain("It is 63% done.");
    await dialog.getByRole("button", { name: "Keep running" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(bench.slack.deeds).toEqual([]);
    await message.getByRole("button", { name: "Stop" }).click();
    await dialog.getByRole("button", { name: "Stop job" }).click();
    expect(await nextDeed()).toMatchObject({ action_id: "job.stop", confirm: true });
  });

  it("an overflow menu sends the option picked", async () => {
    const accessory = {
      type: "overflow",
      action_id: "job.more",
      options: [option("Tasks", "tasks:1"), option("Full id", "id:1")],
    };
    const message = await posted({ type: "section", text: mrkdwn("job"), accessory });
    await message.getByRole("button", { name: "More actions" }).click();
    await message.getByRole("menuitem", { name: "Full id" }).click();
    expect(await nextDeed()).toMatchObject({ action_id: "job.more", value: "id:1" });
  });

  it("a select sends the option chosen, also one out of a group", async () => {
    const option_groups = [{ label: plain("By time"), options: [option("Newest first", "new")] }];
    const message = await posted({
      type: "actions",
      elements: [{ type: "static_select", action_id: "order", placeholder: plain("Order"), option_groups }],
    });
    await message.getByRole("combobox", { name: "Order" }).selectOption("new");
    expect(await nextDeed()).toMatchObject({ action_id: "order", value: "new" });
  });

  it("an external select suggests what the bot answers while one types", async () => {
    bench.slack.answer("suggest", ({ value }) => ({
      ack: { options: [option(`${value}_daily`, "i1"), option(`${value}_hourly`, "i2")] },
    }));
    const message = await posted({
      type: "actions",
      elements: [{ type: "external_select", action_id: "pick", min_query_length: 0, placeholder: plain("Pick a job") }],
    });
    const box = message.getByRole("combobox", { name: "Pick a job" });
    await box.fill("etl");
    await message.getByRole("option", { name: "etl_hourly" }).waitFor();
    await box.press("ArrowDown");
    await box.press("Enter");
    await expect.poll(() => bench.slack.deeds.at(-1)).toMatchObject({ kind: "action", action_id: "pick", value: "i2" });
  });

  it("context actions take feedback and icon buttons", async () => {
    const feedback = {
      type: "feedback_buttons",
      action_id: "fb",
      positive_button: { text: plain("Good"), value: "up" },
      negative_button: { text: plain("Bad"), value: "down" },
    };
    const icon = { type: "icon_button", action_id: "del", icon: "trash", text: plain("Delete") };
    const message = await posted({ type: "context_actions", elements: [feedback, icon] });
    expect(await message.getByRole("button", { name: "Delete" }).count()).toBe(1);
    await message.getByRole("button", { name: "Bad" }).click();
    expect(await nextDeed()).toMatchObject({ action_id: "fb", value: "down" });
  });

  it("a container folds and unfolds what it holds", async () => {
    const child_blocks = [{ type: "section", text: mrkdwn("SELECT 1") }];
    const message = await posted({
      type: "container",
      title: plain("SQL text"),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks,
    });
    expect(await message.getByText("SELECT 1").count()).toBe(0);
    await message.getByRole("button", { name: "SQL text" }).click();
    await message.getByText("SELECT 1").waitFor();
    await message.getByRole("button", { name: "SQL text" }).press("Enter");
    await message.getByText("SELECT 1").waitFor({ state: "detached" });
  });

  it("a shared file is downloaded under its name", async () => {
    const file = {
      id: "F1",
      name: "result.csv",
      title: "Result",
      size: 2048,
      mimetype: "text/csv",
      path: "/files/F1/result.csv",
    };
    bench.slack.post({ text: "here", files: [file] });
    const link = page.getByRole("link", { name: "Download result.csv" });
    expect(await link.getAttribute("href")).toBe("/files/F1/result.csv");
    expect(await link.getAttribute("download")).toBe("result.csv");
    expect(await link.textContent()).toContain("2.0 KB");
  });
});
