// What a command takes, as data: from it come parsing, the usage line, help and the README's table.
import type { Duration } from "./duration.ts";
import { parseDuration } from "./duration.ts";
import { UserError } from "./errors.ts";

/** Turns a typed word into a value, or throws an UserError that says what was wanted. `name` is the argument as typed. */
export type Read<T> = (word: string, name: string) => T;

export type Argument<T = unknown> = {
  /**
   * positional: one word; rest: all words that are left; flag: `--name value`; toggle: `--name`; verbatim: the end of the text as it was
   * typed, behind ` -- ` where the command has other words.
   */
  readonly role: "positional" | "rest" | "flag" | "toggle" | "verbatim";
  readonly about: string;
  /** What stands for the value in usage: `<id>`. */
  readonly placeholder: string;
  readonly required: boolean;
  readonly read: Read<T>;
  /** The value when it was not given. */
  readonly missing: () => T;
  /** The value of a required one that was left out in a thread, where it can go without saying. */
  readonly inThread?: () => T;
  readonly limit?: number;
};

export type Arguments = Readonly<Record<string, Argument>>;
export type Values<A extends Arguments> = { readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never };

const absent = (): never => {
  throw new Error("a required argument has no default");
};

export const positional = <T>(read: Read<T>, placeholder: string, about: string): Argument<T> => ({
  role: "positional",
  about,
  placeholder,
  required: true,
  read,
  missing: absent,
});

export const maybe = <T>(read: Read<T>, placeholder: string, about: string): Argument<T | undefined> => ({
  role: "positional",
  about,
  placeholder,
  required: false,
  read,
  missing: () => undefined,
});

/** One or more words, `limit` at most. */
export const several = (placeholder: string, about: string, limit: number): Argument<readonly string[]> => ({
  role: "rest",
  about,
  placeholder,
  required: true,
  read: (word) => [word],
  missing: absent,
  limit,
});

export const verbatim = (placeholder: string, about: string): Argument<string | undefined> => ({
  role: "verbatim",
  about,
  placeholder,
  required: false,
  read: (typed) => typed,
  missing: () => undefined,
});

export const flag = <T>(read: Read<T>, placeholder: string, about: string): Argument<T | undefined> => ({
  role: "flag",
  about,
  placeholder,
  required: false,
  read,
  missing: () => undefined,
});

export const flagOr = <T>(read: Read<T>, missing: T, placeholder: string, about: string): Argument<T> => ({
  role: "flag",
  about,
  placeholder,
  required: false,
  read,
  missing: () => missing,
});

export const toggle = (about: string): Argument<boolean> => ({
  role: "toggle",
  about,
  placeholder: "",
  required: false,
  read: () => true,
  missing: () => false,
});

export const text =
  (limit: number): Read<string> =>
  (word, name) => {
    if (word.length > limit) throw new UserError(`\`${name}\` takes ${limit} characters at most.`);
    return word;
  };

export const integer =
  (from: number, to: number): Read<number> =>
  (word, name) => {
    const value = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN;
    if (!(value >= from && value <= to))
      throw new UserError(`\`${name}\` wants a whole number from ${from} to ${to}, not \`${word}\`.`);
    return value;
  };

/** A number above zero, with or without a fraction. */
export const amount =
  (to: number): Read<number> =>
  (word, name) => {
    const value = /^\d{1,9}(\.\d{1,6})?$/.test(word) ? Number(word) : Number.NaN;
    if (!(value > 0 && value <= to)) throw new UserError(`\`${name}\` wants a number above 0, not \`${word.slice(0, 40)}\`.`);
    return value;
  };

export const duration =
  (from: Duration, to: Duration): Read<number> =>
  (word, name) => {
    const ms = parseDuration(word);
    if (ms === undefined || ms < (parseDuration(from) ?? 0) || ms > (parseDuration(to) ?? 0)) {
      throw new UserError(`\`${name}\` wants a time such as 30m, 6h or 2d (${from} to ${to}), not \`${word}\`.`);
    }
    return ms;
  };

/** One of these words, in any case. */
export const oneOf =
  <const W extends string>(...known: readonly W[]): Read<W> =>
  (word, name) => {
    const found = known.find((each) => each.toLowerCase() === word.toLowerCase());
    if (found === undefined) throw new UserError(`\`${name}\` wants ${known.join(", ")}, not \`${word.slice(0, 40)}\`.`);
    return found;
  };

/** Several between commas. */
export const listOf =
  <T>(read: Read<T>, limit = 20): Read<readonly T[]> =>
  (word, name) => {
    const parts = word.split(",").map((part) => part.trim());
    const given = [...new Set(parts.filter((part) => part !== ""))];
    if (given.length === 0 || given.length > limit)
      throw new UserError(`\`${name}\` wants 1 to ${limit} values, with commas between them.`);
    return given.map((part) => read(part, name));
  };

/** A MaxCompute project: letters, digits and underscores, as the service names them (a hyphen is taken too). */
export const projectName: Read<string> = (word) => {
  if (!/^[A-Za-z][\w-]{1,63}$/.test(word))
    throw new UserError(`\`${word}\` is not a project name.`, { next: "It looks like `prod_dw`." });
  return word;
};

/** `--name` from `name`. */
export const flagName = (name: string): string => `--${name}`;

/** The usage line of a command: `status <id> [--task <name>] [-p <project>]`. */
export function usageOf(name: string, args: Arguments): string {
  const hasWords = Object.values(args).some(({ role }) => role === "positional" || role === "rest");
  const part = ([key, argument]: [string, Argument]): string => {
    const value = argument.placeholder;
    if (argument.role === "toggle") return `[${flagName(key)}]`;
    if (argument.role === "flag") return key === "project" ? `[-p ${value}]` : `[${flagName(key)} ${value}]`;
    if (argument.role === "verbatim") return hasWords ? `[-- ${value}]` : `[${value}]`;
    const shown = argument.role === "rest" ? `${value} …` : value;
    return argument.required ? shown : `[${shown}]`;
  };
  return [name, ...Object.entries(args).map(part)].join(" ");
}
