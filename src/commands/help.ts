import type { CommandHelp, HelpView } from "../view/index.ts";
import type { Argument } from "./arguments.ts";
import { flagName, maybe, text, usageOf } from "./arguments.ts";
import type { Command, CommandSpec } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import type { Role } from "./roles.ts";
import { allows } from "./roles.ts";
import { offer } from "./suggest.ts";
import { nearest } from "./text.ts";

/** What help says of one command, all of it from its definition. */
export function describeCommand(command: CommandSpec): CommandHelp {
  const option = ([key, argument]: [string, Argument]) => ({
    name:
      argument.role === "flag"
        ? `${flagName(key)} ${argument.placeholder}`
        : argument.role === "toggle"
          ? flagName(key)
          : argument.placeholder,
    about: argument.about,
  });
  return {
    name: command.name,
    aliases: command.aliases,
    usage: usageOf(command.name, command.args),
    summary: command.summary,
    options: Object.entries(command.args).map(option),
    examples: command.examples,
  };
}

const groups = ["Look", "Follow", "Act", "Help"] as const;

/** Help as somebody of this role sees it: commands it may not run are left out. Where nobody has looked it up, all are there. */
export function helpView(
  commands: readonly CommandSpec[],
  asked: string | undefined,
  here: { readonly role?: Role | undefined; readonly project?: string; readonly version: string },
): HelpView {
  const { role, project, version } = here;
  const isKnown = "role" in here;
  const mine = commands.filter(({ access }) => !isKnown || allows(role, access));
  const named = asked === undefined ? undefined : mine.find(({ name, aliases }) => name === asked || aliases.includes(asked));
  if (asked !== undefined && named === undefined) {
    const close = nearest(
      asked,
      mine.map(({ name }) => name),
    );
    throw new UserError(
      `There is no command \`${asked.slice(0, 40)}\` for you.${close === undefined ? "" : ` Did you mean \`${close}\`?`}`,
      {
        offers: [close === undefined ? { label: "Help", command: "help" } : { label: `Help ${close}`, command: `help ${close}` }],
      },
    );
  }
  return {
    kind: "help",
    groups: groups
      .map((title) => ({ title, commands: mine.filter(({ group }) => group === title).map(describeCommand) }))
      .filter((group) => group.commands.length > 0),
    ...(named === undefined ? {} : { command: describeCommand(named) }),
    ...(isKnown ? { role: role ?? "no role" } : {}),
    ...(project === undefined ? {} : { project }),
    version,
    suggestions:
      named !== undefined || (isKnown && !allows(role, "read"))
        ? []
        : [offer("Running", "list --running"), offer("Failed 24h", "list --failed --since 24h")],
  };
}

export const helpSpec = /* @__PURE__ */ defineSpec({
  name: "help",
  aliases: ["h", "?"],
  group: "Help",
  summary: "Say what you can do here, or how one command works",
  access: "any",
  args: { command: maybe(text(40), "<command>", "a command to explain") },
  examples: ["help stop"],
});

/** `help` needs the list it is part of, hence a function of it. */
export const helpFor = (commands: () => readonly CommandSpec[]): Command =>
  defineCommand(helpSpec, async ({ command }, context) => ({ view: helpView(commands(), command?.toLowerCase(), context) }));
