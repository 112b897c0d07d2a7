import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { buttonsOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aCommand, aHelpView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aHelpView>) => render(view, { audience: "private" });

it("help says nothing of the project where it was not looked up", () => {
  const { project: _, ...view } = aHelpView();
  expect(wordsOf(draw(view))).toContain("You are `operator`\n");
});

describe("help", () => {
  it("lists the commands by group, and says who one is here", () => {
    expect(wordsOf(draw(aHelpView()))).toMatchInlineSnapshot(`
      "MaxCompute instances from Slack
      *Look*
      \`status &lt;instance&gt;\`  Show an instance's status and progress
      *Tip* paste a Logview link, or add a command's name to \`help\` for its options.
      Running
      You are \`operator\` in \`demo_project\`
      version 0.1.0"
    `);
  });

  it("offers its suggestions as buttons", () => {
    expect(buttonsOf(draw(aHelpView())).map(({ action_id, label, value }) => [action_id, label, value])).toEqual([
      ["command.run.1", "Running", "text:list --running"],
    ]);
  });

  it("counts the groups that do not fit", () => {
    const commands = Array.from({ length: 20 }, () => aCommand({ summary: "x".repeat(250) }));
    const groups = Array.from({ length: 9 }, (_, index) => ({ title: `Group ${index}`, commands }));
    expect(wordsOf(draw(aHelpView({ groups })))).toMatch(/and \d more groups/);
  });
});

describe("help for one command", () => {
  const help = draw(aHelpView({ command: aCommand() }));

  it("has its usage and its examples to copy", () => {
    expect(monospaceOf(help)).toEqual(["status <instance> [-p <project>]", "status last"]);
  });

  it("explains its options and names its aliases", () => {
    expect(wordsOf(help)).toContain("*Also* `s`");
    expect(wordsOf(help)).toContain("*Options*\n`-p, --project`  MaxCompute project");
  });

  it("says usage and summary in the notification", () => {
    expect(help.text).toBe(
      "Help for status: status &lt;instance&gt; [-p &lt;project&gt;]. Show an instance's status and progress",
    );
  });

  it("leaves out what the command does not have", () => {
    const words = wordsOf(draw(aHelpView({ command: aCommand({ aliases: [], options: [], examples: [] }) })));
    expect(words).not.toMatch(/\*(Also|Options|Examples)\*/);
  });
});
