import { describe, expect, it } from "vitest";
import {
  duration,
  flag,
  flagOr,
  integer,
  maybe,
  positional,
  projectName,
  several,
  text,
  toggle,
  usageOf,
} from "../../src/commands/arguments.ts";
import { defineSpec } from "../../src/commands/command.ts";
import { formatDuration, parseDuration } from "../../src/commands/duration.ts";
import { UserError } from "../../src/commands/errors.ts";
import { matchesGlob } from "../../src/commands/glob.ts";
import { parse } from "../../src/commands/parse.ts";
import { commands } from "../../src/commands/registry.ts";

const copy = defineSpec({
  name: "copy",
  aliases: ["cp"],
  group: "Look",
  summary: "",
  access: "read",
  args: {
    from: positional(text(5), "<from>", "where from"),
    to: maybe(text(5), "<to>", "where to"),
    limit: flagOr(integer(1, 10), 3, "<1-10>", ""),
    since: flag(duration("1m", "2d"), "<time>", ""),
    project: flag(projectName, "<project>", ""),
    all: toggle(""),
  },
});
const each = defineSpec({
  name: "each",
  group: "Look",
  summary: "",
  access: "read",
  args: { names: several("<name>", "names", 3), all: toggle("") },
});
const help = defineSpec({ name: "help", group: "Help", summary: "", access: "any", args: {} });
const status = defineSpec({
  name: "status",
  aliases: ["s"],
  group: "Look",
  summary: "",
  access: "read",
  args: { id: positional(text(99), "<id>", "") },
});
const all = [copy, each, help, status];

const values = (typed: string) => parse(typed, all).values;
const problem = (typed: string): UserError => {
  try {
    parse(typed, all);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${typed} was understood`);
};

describe("a command line", () => {
  const defaults = { from: "a", to: undefined, limit: 3, since: undefined, project: undefined, all: false };

  it.each([
    ["copy a", defaults],
    ["cp a b", { ...defaults, to: "b" }],
    ["/copy a", defaults],
    ["COPY a", defaults],
    ["copy a --limit 5", { ...defaults, limit: 5 }],
    ["copy a --limit=5", { ...defaults, limit: 5 }],
    ["copy a limit=5", { ...defaults, limit: 5 }],
    ["copy a -n 5", { ...defaults, limit: 5 }],
    ["copy a –p prod_dw", { ...defaults, project: "prod_dw" }],
    ["copy --limit 5 a", { ...defaults, limit: 5 }],
    ["copy a --LIMIT 5", { ...defaults, limit: 5 }],
    ["copy a --since 1h30m", { ...defaults, since: 5_400_000 }],
    ["copy a -p prod_dw --all", { ...defaults, project: "prod_dw", all: true }],
    ['copy "--all"', { ...defaults, from: "--all" }],
    ["copy x=y", { ...defaults, from: "x=y" }],
    ["copy a —all", { ...defaults, all: true }],
  ])("%j is understood", (typed, expected) => {
    expect(values(typed)).toEqual(expected);
  });

  it("takes several words where a command does", () => {
    expect(values("each a b --all c")).toEqual({ names: ["a", "b", "c"], all: true });
  });

  it.each([
    ["copy", "`copy` wants <from>: where from."],
    ["copy a b c", "`c` is one word too many."],
    ["copy a b all", "`all` is one word too many. Did you mean `--all`?"],
    ["copy a --limit", "`--limit` wants a value: <1-10>."],
    ["copy a --project --all", "`--project` wants a value: <project>."],
    ["copy a --limit 11", "`--limit` wants a whole number from 1 to 10, not `11`."],
    ["copy a --limit 1e1", "`--limit` wants a whole number from 1 to 10, not `1e1`."],
    ["copy a --limit 1 --limit 2", "`--limit` is there twice."],
    ["copy a --all=yes", "`--all` takes no value."],
    ["copy a --since 3d", "`--since` wants a time such as 30m, 6h or 2d (1m to 2d), not `3d`."],
    ["copy a --since soon", "`--since` wants a time such as 30m, 6h or 2d (1m to 2d), not `soon`."],
    ["copy a --limti 5", "`copy` has no `--limti`. Did you mean `--limit`?"],
    ["copy a --confirmed", "`copy` has no `--confirmed`."],
    ["copy a --constructor=1", "`copy` has no `--constructor`."],
    ["copy a --__proto__", "`copy` has no `--__proto__`."],
    ["copy a -p ../x", "`../x` is not a project name."],
    ["copy abcdef", "`<from>` takes 5 characters at most."],
    ["each a b c d", "`each` takes 3 at most."],
    ["each", "`each` wants <name>: names."],
  ])("%j is refused: %s", (typed, title) => {
    expect(problem(typed).message).toBe(title);
  });

  it("shows the usage with a mistake, and offers its help", () => {
    expect(problem("copy")).toMatchObject({
      detail: "Usage: `copy <from> [<to>] [--limit <1-10>] [--since <time>] [-p <project>] [--all]`",
      offers: [{ command: "help copy" }],
    });
  });

  it("with no words asks for help", () => {
    expect(parse("  ", all).command.name).toBe("help");
  });

  it("that is an instance alone asks for its status", () => {
    expect(parse("20160519101349613gzbzufck2", all)).toMatchObject({ command: { name: "status" } });
    expect(parse("#1", all)).toMatchObject({ command: { name: "status" } });
    expect(parse("last", commands)).toMatchObject({ command: { name: "status" } }); // and no mistyped `list`
  });

  it("with a typo offers what was meant, with the words behind it", () => {
    const error = problem('staus last "a b"');
    expect(error.message).toBe("I do not know `staus`. Did you mean `status`?");
    expect(error.offers).toEqual([{ label: "Run status", command: 'status last "a b"' }]);
  });

  it("nobody can guess points to help", () => {
    expect(problem("frobnicate it")).toMatchObject({ message: "I do not know `frobnicate`.", offers: [{ command: "help" }] });
  });

  it("needs a help command to fall back on", () => {
    expect(() => parse("", [copy])).toThrow("no command help");
  });
});

describe("every registered command", () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    "%s has a summary, a usage and examples that parse",
    (_name, command) => {
      expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(usageOf(command.name, command.args)).toMatch(new RegExp(`^${command.name}`));
      for (const example of command.examples) expect(parse(example, commands).command.name).toBe(command.name);
    },
  );

  it("has a name and aliases of its own", () => {
    const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has no flag that confirms: a typed --confirmed is unknown", () => {
    expect(() => parse("stop last --confirmed", commands)).toThrow("`stop` has no `--confirmed`");
  });
});

describe("durations", () => {
  it.each([
    ["90s", 90_000],
    ["1h30m", 5_400_000],
    ["2D", 172_800_000],
    ["", undefined],
    ["5", undefined],
    ["h", undefined],
    ["-5m", undefined],
  ])("%j is %s ms", (typed, ms) => {
    expect(parseDuration(typed)).toBe(ms);
  });
  it.each([
    [0, "0 s"],
    [-5, "0 s"],
    [45_000, "45 s"],
    [192_000, "3 m 12 s"],
    [8_040_000, "2 h 14 m"],
    [86_400_000, "1 d"],
    [90_061_000, "1 d 1 h"],
  ])("%s ms read %s", (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe("globs", () => {
  it.each([
    ["etl_orders", "etl_*", true],
    ["ETL_orders", "etl_*", true],
    ["etl", "etl_*", false],
    ["abc", "a?c", true],
    ["abc", "a?", false],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
    ["", "*", true],
    ["", "", true],
    ["x", "", false],
    ["aXbXc", "*x*c", true],
  ])("%j against %j: %s", (subject, glob, expected) => {
    expect(matchesGlob(subject, glob)).toBe(expected);
  });
  it("take linear time on what makes others explode", () => {
    expect(matchesGlob("a".repeat(5_000), `${"a*".repeat(40)}b`)).toBe(false);
  });
});
