// Help: the commands this person may run, short; or one of them in full.
import type { KnownBlock } from "@slack/types";
import type { CommandHelp, HelpView } from "../../view/index.ts";
import { context, header, section } from "../blocks.ts";
import { suggestionActions } from "../buttons.ts";
import { takeWithin } from "../fit.ts";
import { limits, shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, type Mrkdwn, mrkdwn, nothing, plainText } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";

/** Draws the overview, or one command when that was asked. */
export const drawHelp = (view: HelpView): Sketch => {
  const sketch = view.command === undefined ? overview(view) : oneCommand(view.command);
  return {
    text: sketch.text,
    blocks: [
      ...sketch.blocks,
      ...suggestionActions(view.suggestions),
      ...context([
        view.role === undefined
          ? nothing
          : mrkdwn`You are ${code(view.role)}${view.project === undefined ? nothing : mrkdwn` in ${code(view.project)}`}`,
        mrkdwn`version ${view.version}`,
      ]),
    ],
  };
};

const overview = ({ groups }: HelpView): Sketch => {
  const names = groups.flatMap(({ commands }) => commands.map(({ name }) => mrkdwn`${name}`));
  const drawn = groups.map(
    ({ title, commands }) => mrkdwn`*${title}*\n${linesWithin(commands.map(commandLine), shown.helpGroup)}`,
  );
  const { taken, rest } = takeWithin(drawn, shown.helpGroups, (group) => group.mrkdwn.length);
  return {
    text: mrkdwn`Help. Commands: ${join(names.slice(0, shown.helpNames), ", ")}. Add a name to help for more.`,
    blocks: [
      header("MaxCompute instances from Slack"),
      ...taken.flatMap(section),
      ...(rest > 0 ? section(mrkdwn`and ${rest} more groups`) : []),
      ...section(mrkdwn`*Tip* paste a Logview link, or add a command's name to ${code("help")} for its options.`),
    ],
  };
};

/** Only what must be typed: the options are for the help of one command. */
const commandLine = ({ usage, summary }: CommandHelp): Mrkdwn =>
  join([code(usage.split(" [")[0] ?? usage), plainText(summary, shown.error)], "  ");

const oneCommand = ({ name, aliases, usage, summary, options, examples }: CommandHelp): Sketch => {
  const alsoKnown =
    aliases.length === 0
      ? nothing
      : mrkdwn`*Also* ${join(
          aliases.slice(0, 10).map((alias) => code(alias)),
          " ",
        )}`;
  const lines = options.map((option) => join([code(option.name), plainText(option.about, shown.error)], "  "));
  const blocks: KnownBlock[] = [
    ...section(mrkdwn`*${code(name)}*  ${plainText(summary, shown.prose)}`),
    ...preformatted(usage, shown.prose),
    ...section(alsoKnown),
    ...(lines.length === 0 ? [] : section(mrkdwn`*Options*\n${linesWithin(lines, limits.sectionText - 20)}`)),
    ...(examples.length === 0 ? [] : [...section(mrkdwn`*Examples*`), ...preformatted(examples.join("\n"), shown.verbatim)]),
  ];
  return { text: mrkdwn`Help for ${name}: ${usage}. ${plainText(summary, shown.error)}`, blocks };
};
