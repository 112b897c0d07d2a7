// Typed text to a command and its values. Pure: what is wrong with the text is an UserError that says so.
import type { Argument, Arguments } from "./arguments.ts";
import { flagName, usageOf } from "./arguments.ts";
import type { CommandSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import type { ReplyTo } from "./request.ts";
import type { Target } from "./target.ts";
import { parseTarget } from "./target.ts";
import type { Word } from "./text.ts";
import { nearest, normalise, words } from "./text.ts";
import { verbatimOf, wordsBefore } from "./verbatim.ts";

export type Parsed<C extends CommandSpec = CommandSpec> = {
  readonly command: C;
  readonly values: Readonly<Record<string, unknown>>;
};

/** Short forms of flags. */
const shortFlags: Readonly<Record<string, string>> = { "-p": "--project", "-n": "--limit" };

/** Where it was typed: in a thread some things go without saying. */
type Where = Pick<ReplyTo, "thread">;

/** The command that typed text asks for. No text is `help`; an instance alone is its `status`. */
export function parse<C extends CommandSpec>(text: string, commands: readonly C[], where: Where = {}): Parsed<C> {
  const all = words(normalise(text));
  const command = find(verbOf(all[0]), commands);
  if (command === undefined || verbatimOf(command.args) === undefined) return parseWords(all, commands, where);
  const takesNext = (word: Word) => {
    const flag = readFlag(command, word);
    return flag && { takesNext: flag.argument.role === "flag" && flag.value === undefined };
  };
  return parseAs(command, wordsBefore(text, command.args, takesNext), where);
}

const verbOf = (word: Word | undefined): string => (word?.text ?? "").toLowerCase().replace(/^\//, "");

/** The same of words that nobody typed: they are taken as they are. */
export function parseWords<C extends CommandSpec>(
  [first, ...rest]: readonly Word[],
  commands: readonly C[],
  where: Where = {},
): Parsed<C> {
  if (first === undefined) return parseAs(named("help", commands), []);
  const verb = verbOf(first);
  const command = find(verb, commands);
  if (command !== undefined) return parseAs(command, rest, where);
  const meant = targetOf(first);
  // `last`, `#2`, an id or a link can be nothing else; what only looks like a suffix may also be a mistyped verb.
  if (meant !== undefined && meant.kind !== "suffix") return parseAs(named("status", commands), [first, ...rest]);
  const close = nearest(
    verb,
    commands.flatMap(({ name, aliases }) => [name, ...aliases.filter((alias) => alias.length > 2)]),
  );
  if (close === undefined && meant !== undefined) return parseAs(named("status", commands), [first, ...rest]);
  throw unknownVerb(first.text, close, rest);
}

const find = <C extends CommandSpec>(verb: string, commands: readonly C[]): C | undefined =>
  commands.find(({ name, aliases }) => name === verb || aliases.includes(verb));

function named<C extends CommandSpec>(name: string, commands: readonly C[]): C {
  const command = find(name, commands);
  if (command === undefined) throw new Error(`no command ${name} is registered`);
  return command;
}

const targetOf = ({ text }: Word): Target | undefined => parseTarget(text);

function unknownVerb(typed: string, close: string | undefined, rest: readonly Word[]): UserError {
  const shown = typed.slice(0, 40);
  if (close === undefined) {
    return new UserError(`I do not know \`${shown}\`.`, {
      next: "`help` lists what I can do.",
      offers: [{ label: "Help", command: "help" }],
    });
  }
  const meant = [close, ...rest.map(({ text, quoted }) => (quoted ? `"${text}"` : text))].join(" ");
  return new UserError(`I do not know \`${shown}\`. Did you mean \`${close}\`?`, {
    offers: [{ label: `Run ${close}`, command: meant }],
  });
}

/** Reads the words behind a verb by the command's table of arguments. */
export function parseAs<C extends CommandSpec>(command: C, typed: readonly Word[], where: Where = {}): Parsed<C> {
  const given = sort(command, typed);
  refuseExtra(command, given.positionals);
  const values = Object.entries(command.args).map(
    ([key, argument]) => [key, readArgument(command, key, argument, given, where)] as const,
  );
  return { command, values: Object.fromEntries(values) };
}

type Given = {
  readonly positionals: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  readonly verbatim?: string | undefined;
};

function sort(command: CommandSpec, typed: readonly Word[]): Given {
  const positionals: string[] = [];
  const flags = new Map<string, string>();
  let verbatim: string | undefined;
  for (let index = 0; index < typed.length; index += 1) {
    const word = typed[index];
    if (word === undefined) break;
    if (word.isVerbatim === true) {
      verbatim = word.text;
      continue;
    }
    const flag = readFlag(command, word);
    if (flag === undefined) {
      positionals.push(word.text);
      continue;
    }
    if (flags.has(flag.key)) throw usageError(command, `\`${flagName(flag.key)}\` is there twice.`);
    if (flag.argument.role === "toggle" && flag.value !== undefined)
      throw usageError(command, `\`${flagName(flag.key)}\` takes no value.`);
    const separate = flag.argument.role === "flag" && flag.value === undefined;
    const value = separate ? wordAsValue(typed[index + 1]) : (flag.value ?? "");
    if (value === undefined) throw usageError(command, `\`${flagName(flag.key)}\` wants a value: ${flag.argument.placeholder}.`);
    if (separate) index += 1;
    flags.set(flag.key, value);
  }
  return { positionals, flags, verbatim };
}

/** The word behind a flag; the next flag is no value of this one, unless it is quoted. */
const wordAsValue = (word: Word | undefined): string | undefined =>
  word === undefined || (!word.quoted && /^--\w/.test(word.text)) ? undefined : word.text;

/** `--name`, `--name=value`, `-p`, or `name=value` where the command has such a flag; undefined for any other word. */
function readFlag(
  command: CommandSpec,
  { text, quoted }: Word,
): { key: string; argument: Argument; value: string | undefined } | undefined {
  if (quoted) return undefined;
  const [, dashes = "", name = "", value] = /^(--(?=\w)|-(?=[a-zA-Z]))?([\w-]+)(?:=(.*))?$/s.exec(text) ?? [];
  // A phone may have made `--p` of `-p`.
  const long = dashes === "" || name.length > 1 ? undefined : shortFlags[`-${name.toLowerCase()}`];
  const key = (long?.slice(2) ?? name).toLowerCase();
  const argument = Object.hasOwn(command.args, key) ? command.args[key] : undefined;
  const isFlag = argument !== undefined && (argument.role === "flag" || argument.role === "toggle");
  if (dashes === "") return isFlag && value !== undefined && argument.role === "flag" ? { key, argument, value } : undefined;
  if (isFlag) return { key, argument, value };
  const close = nearest(key, flagsOf(command.args));
  const hint = close === undefined ? "" : ` Did you mean \`${flagName(close)}\`?`;
  throw usageError(command, `\`${command.name}\` has no \`${text.split("=")[0]}\`.${hint}`);
}

const flagsOf = (args: Arguments): string[] =>
  Object.entries(args)
    .filter(([, { role }]) => role === "flag" || role === "toggle")
    .map(([key]) => key);

function readArgument(
  command: CommandSpec,
  key: string,
  argument: Argument,
  { positionals, flags, verbatim }: Given,
  { thread }: Where,
): unknown {
  const name = argument.role === "flag" || argument.role === "toggle" ? flagName(key) : argument.placeholder;
  if (argument.role === "flag" || argument.role === "toggle") {
    const word = flags.get(key);
    return word === undefined ? argument.missing() : argument.read(word, name);
  }
  if (argument.role === "verbatim") return verbatim ?? argument.missing();
  const own = positionalsOf(command.args).indexOf(key);
  const isRest = argument.role === "rest";
  const mine = isRest ? positionals.slice(own) : positionals.slice(own, own + 1);
  if (mine.length === 0 && thread !== undefined && argument.inThread !== undefined) return argument.inThread();
  if (mine.length === 0 && argument.required)
    throw usageError(command, `\`${command.name}\` wants ${argument.placeholder}: ${argument.about}.`);
  if (mine.length === 0) return argument.missing();
  if (mine.length > (argument.limit ?? mine.length))
    throw usageError(command, `\`${command.name}\` takes ${argument.limit} at most.`);
  const [word = ""] = mine;
  return isRest ? mine : argument.read(word, name);
}

function refuseExtra(command: CommandSpec, typed: readonly string[]): void {
  const expected = positionalsOf(command.args);
  const extra = typed[expected.length];
  if (extra === undefined || expected.some((key) => command.args[key]?.role === "rest")) return;
  const meant = flagsOf(command.args).find((key) => key === extra.toLowerCase());
  const hint = meant === undefined ? "" : ` Did you mean \`${flagName(meant)}\`?`;
  throw usageError(command, `\`${extra.slice(0, 80)}\` is one word too many.${hint}`);
}

const positionalsOf = (args: Arguments): string[] =>
  Object.entries(args)
    .filter(([, { role }]) => role === "positional" || role === "rest")
    .map(([key]) => key);

const usageError = (command: CommandSpec, title: string): UserError =>
  new UserError(title, {
    detail: `Usage: \`${usageOf(command.name, command.args)}\``,
    offers: [{ label: "How it works", command: `help ${command.name}` }],
  });
