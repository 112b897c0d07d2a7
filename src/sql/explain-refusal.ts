import { maxSqlLength } from "./check-sql.ts";
import type { Reason, Refusal } from "./refusal.ts";

/** In plain words: what is refused, why, and what to do next. */
export type Explanation = { readonly what: string; readonly why: string; readonly next: string };

type Told = { readonly verb: string; readonly setting: string; readonly where: string };
type Explain = (told: Told) => Explanation;

const instead: Readonly<Record<string, string>> = {
  KILL: "Use the command `stop`.",
  COST: "Use the command `cost` and the statement behind it.",
  PAI: "Use the command `pai`.",
  STATUS: "Use the command `status`.",
  WAIT: "Use the command `watch`.",
  TUNNEL: "Use `result` with `--csv` for the rows of an instance.",
  DOWNLOAD: "Use `result` with `--csv` for the rows of an instance.",
  READ: "Use SELECT with a LIMIT.",
  COUNT: "Use SELECT COUNT(*).",
  LIST: "Use the command `list` for instances, or SHOW TABLES.",
  LS: "Use the command `list` for instances, or SHOW TABLES.",
  TOP: "Use the command `list`.",
  USE: "Name the project with `-p`, or write it before the table's name.",
};

const open =
  (what: string, mark: string): Explain =>
  ({ where }) => ({
    what: `${what} is never closed${where}.`,
    why: "Everything behind it would be part of it, so nobody can tell where the statement ends.",
    next: `Close it with ${mark}, and send the SQL again.`,
  });

const unclear =
  (what: string, why: string, next: string): Explain =>
  ({ where }) => ({ what: `${what}${where}.`, why, next });

const twoReadings = "It can be read in two ways, and the bot does not guess which one MaxCompute takes.";

const explanations: Readonly<Record<Reason, Explain>> = {
  empty: unclear("There is no statement", "The text is blank or has only comments.", "Write one statement, such as SELECT 1."),
  "too-long": unclear(
    `The SQL is longer than ${maxSqlLength} characters`,
    "Nobody could read it here before it runs.",
    "Run it where you keep it, or make a view of its longest part.",
  ),
  "open-string": open("A text in quotes", "the quote that it began with; a backslash before a quote makes it part of the text"),
  "open-name": open("A name in backquotes", "a backquote"),
  "open-comment": open("A comment", "*/"),
  "strange-character": unclear(
    "A character is no part of SQL, or cannot be seen",
    "It may have come with a copied text, and could hide what the statement does.",
    "Delete it and what is right beside it, and type that again.",
  ),
  "look-alike": unclear(
    "A word has letters that only look like plain ones",
    "It could be taken for another word than the one that is run.",
    "Type the word again with plain letters, or put a name in backquotes.",
  ),
  glued: unclear("A number or a text has letters right beside it", twoReadings, "Put a blank between them."),
  "unclear-name": unclear(
    "A name in backquotes has quotes, a semicolon, a backslash, a comment or a line break in it",
    twoReadings,
    "Use the column under a plain name, for example through a view.",
  ),
  "unclear-hint": unclear(
    "A hint has an open quote, a semicolon, a backslash or a comment in it",
    twoReadings,
    "Leave the hint out, or write it plainly, such as /*+ MAPJOIN(a) */.",
  ),
  unbalanced: unclear("Parentheses do not pair", "The statement cannot be read.", "Count them, and send the SQL again."),
  "several-statements": unclear(
    "There is more than one statement",
    "One run is one statement, so that whoever presses the button sees all that it does.",
    "Send them one by one; only SET lines may stand before a statement.",
  ),
  script: unclear(
    "This is a script, with variables, blocks or code of its own",
    "The bot runs one statement at a time, and cannot tell what a script does.",
    "Write it as one statement, with WITH for the steps in between.",
  ),
  "settings-only": unclear("There are only settings", "They hold for one statement alone.", "Write the statement behind them."),
  "unclear-setting": unclear(
    "A SET line is not written as SET name=value",
    "A statement's settings are taken apart, and this one cannot be.",
    "Write SET name=value; with a plain name and value.",
  ),
  wall: ({ setting, where }) => ({
    what: `\`${setting}\` cannot be set${where}.`,
    why: "It guards what a statement from here may read, change or cost, so the bot sets it for everybody.",
    next: "Leave the line out. Ask whoever looks after the bot if the limit is wrong.",
  }),
  "unknown-setting": ({ setting, where }) => ({
    what: `\`${setting}\` is none of the settings that may be set here${where}.`,
    why: "Only settings that can neither change data nor cost more are taken.",
    next: "Leave the line out, or ask somebody who may change data.",
  }),
  "setting-value": ({ setting, where }) => ({
    what: `\`${setting}\` cannot have this value${where}.`,
    why: "Each setting takes only values of its own kind.",
    next: "Use true or false for a switch, a plain name or number for others, without quotes in it.",
  }),
  "unknown-statement": ({ verb, where }) => ({
    what: verb === "" ? `The bot does not know this statement${where}.` : `The bot does not know this form of ${verb}${where}.`,
    why: "What it cannot tell for certain is never run.",
    next: "Begin with SELECT, WITH, FROM ... SELECT, SHOW, DESC or EXPLAIN; put names that are words of SQL in backquotes.",
  }),
  changes: ({ verb, where }) => ({
    what: `${verb} changes data${where}.`,
    why: "You may only read here.",
    next: "Ask somebody who may change data. If the word is a column's name, put it in backquotes.",
  }),
  "runs-program": unclear(
    "USING with a program sends the rows through it",
    "It runs more than SQL, and you may only read here.",
    "Use functions instead, or ask somebody who may change data.",
  ),
  security: ({ verb, where }) => ({
    what: `${verb === "" ? "This" : verb} is about rights, projects, functions or what cannot be undone${where}.`,
    why: "Nobody does that from a chat, whatever their role.",
    next: "Do it in the MaxCompute console, under your own name.",
  }),
  "takes-data-out": unclear(
    "This takes data out of the project's tables, or in from outside",
    "It would not be seen again by the rules that guard the tables.",
    "Do it in the MaxCompute console, under your own name.",
  ),
  "not-sql": ({ verb, where }) => ({
    what: `${verb} is a word of MaxCompute's own console, not SQL${where}.`,
    why: "The bot sends SQL alone.",
    next: instead[verb] ?? "Do it in the MaxCompute console.",
  }),
};

/** A refusal for the person whose text it was. Nothing of the text is repeated but a verb or a setting's name. */
export function explainRefusal({ reason, verb = "", setting = "", at }: Refusal): Explanation {
  const where = at === undefined ? "" : ` (line ${at.line}, column ${at.column})`;
  return explanations[reason]({ verb, setting, where });
}
