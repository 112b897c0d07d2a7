// The conversation of the README, command by command. Each step throws unless there is exactly one answer.
import { expect } from "vitest";
import { auditIds, leaks } from "./leaks.ts";
import { peopleOf, wordsOf } from "./people.ts";
import type { World } from "./world.ts";

export async function reads(world: World): Promise<void> {
  const { slack, maxcompute } = world;
  const { ask, say, heard, press, only, seenBy } = peopleOf(world);
  const running = maxcompute.instances.running ?? "";
  const success = maxcompute.instances.success ?? "";

  expect(wordsOf(await ask("vic", "help"))).toContain("Commands: ");
  const typo = await ask("vic", `staus ${success}`);
  expect(typo.text).toContain("Did you mean 'status'");
  expect(wordsOf(only(await heard("vic", () => press("vic", typo, "command.run.1"))))).toContain("SUCCESS");
  expect(wordsOf(await ask("vic", "list"))).toContain("demo_project");
  expect(wordsOf(await ask("vic", `status ${running}`))).toContain("RUNNING");
  expect(wordsOf(await ask("vic", `progress ${running}`))).toContain("%");
  expect(wordsOf(await ask("vic", `result ${success}`))).toContain("Ann");
  expect(wordsOf(await ask("vic", `exists ${success}`))).toContain(success);
  const logview = wordsOf(await ask("vic", `logview ${success}`));
  const [, token = ""] = /token=([\w%+/=-]{20,})/.exec(logview) ?? [];
  expect(token).not.toBe("");

  expect(wordsOf(await say("bob", `<@${slack.bot.userId}> status ${success}`, "general"))).toContain("SUCCESS");
  expect(wordsOf(await say("bob", `status ${success}`, "@bob"))).toContain("SUCCESS");

  const withFile = await heard("vic", () => slack.command({ user: "vic", channel: "general", text: `result ${success} --csv` }));
  const files = seenBy("vic").flatMap((message) => message.files);
  expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/\.csv$/)]);
  expect(withFile.filter((message) => message.files.length === 0)).toHaveLength(1);
  expect(await leaks(world, { token })).toEqual([]);
}

export async function stops(world: World): Promise<void> {
  const { slack, maxcompute } = world;
  const { ask, heard, press, only, seenBy } = peopleOf(world);
  const id = maxcompute.start("running");
  const puts = () => maxcompute.requests().filter(({ method }) => method === "PUT");

  expect(wordsOf(await ask("vic", `stop ${id}`))).toContain("needs the role operator");
  const asked = await ask("bob", `stop ${id} --reason "wrong day"`, "prod-alerts");
  expect(puts()).toEqual([]);
  const told = await heard("bob", () => press("bob", asked, "intent.run"));
  const outcome = told.filter(({ visible_to }) => visible_to !== undefined);
  expect(wordsOf(only(outcome))).toContain("CANCELLED");
  expect(puts()).toHaveLength(1);
  const announced = () => seenBy("vic").filter((message) => wordsOf(message).includes("wrong day"));
  expect(announced()).toHaveLength(1);

  // Two presses of one button: both are answered, one acts, the channel hears of one.
  const other = maxcompute.start("running");
  const question = await ask("bob", `stop ${other} --reason "twice"`, "prod-alerts");
  const both = await heard("bob", () =>
    Promise.all([press("bob", question, "intent.run"), press("bob", question, "intent.run")]),
  );
  expect(both.filter(({ visible_to }) => visible_to !== undefined)).toHaveLength(2);
  expect(puts()).toHaveLength(2);
  expect(
    slack.messages({ channel: "prod-alerts", user: "vic" }).filter((message) => wordsOf(message).includes("twice")),
  ).toHaveLength(1);
  // Each of the two has its decision and its outcome in the audit trail, once, and who was refused the decision about that.
  const trail = await auditIds(world);
  expect(trail).toHaveLength(5);
  expect(trail.filter((each) => each.endsWith(".outcome"))).toHaveLength(2);
  expect(await leaks(world)).toEqual([]);
}
