// Takes the README's picture: a local run in a temporary folder, a short conversation, one photograph. `npm run screenshot`
import "./screenshot/held-clock.ts";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeBrowser, visit } from "../test/support/browser.ts";
import { aLocalRun } from "../test/support/local-run.ts";
import { begun, play } from "./screenshot/conversation.ts";
import { pass } from "./screenshot/held-clock.ts";

const picture = process.argv[2] ?? "docs/workbench.png";
const home = mkdtempSync(join(tmpdir(), "odps-screenshot-"));
const instances = await begun(home);
const local = await aLocalRun({}, home);
try {
  const threadTs = await play(local, instances);
  pass(2);
  const { page, leave } = await visit(`${local.origin}/#bob/prod-alerts`, {
    viewport: { width: 1280, height: 880 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.clock.setFixedTime(Date.now());
  await page.reload();
  await page.getByRole("log").getByText("Stop this instance?").waitFor();
  await page
    .locator(`main article[data-ts="${threadTs}"]`)
    .getByRole("button", { name: /replies/ })
    .click();
  await page.getByRole("complementary", { name: "Thread" }).getByText("Yes. I stop").waitFor();
  await page.getByText("live", { exact: true }).waitFor();
  await page.getByRole("log", { name: "Messages in #prod-alerts" }).press("End");
  await page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
  await page.getByRole("combobox", { name: "Message #prod-alerts" }).focus();
  await page.mouse.move(0, 0);
  writeFileSync(picture, await page.screenshot({ caret: "hide", animations: "disabled" }));
  await leave();
} finally {
  await closeBrowser();
  await local.stop();
}
