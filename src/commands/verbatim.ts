// Commands that end in text which is taken as it was typed (SQL): where it begins, and the words before it.
import type { Arguments } from "./arguments.ts";
import { asTyped, normalise, type Word, words } from "./text.ts";

/** The argument of a command that is taken as typed; undefined where it has none. */
export const verbatimOf = (args: Arguments): string | undefined =>
  Object.entries(args).find(([, { role }]) => role === "verbatim")?.[0];

const hasWords = (args: Arguments): boolean => Object.values(args).some(({ role }) => role === "positional" || role === "rest");

/** How a word reads as a flag: with its value, or with the next word for one; undefined for any other word. */
type Flag = (word: Word) => { readonly takesNext: boolean } | undefined;

/** A word and where it ends: quotes around a flag's value hold it together, straight ones or a phone's. */
const token = /\s*((?:[^\s="'“”‘’]*=)?(?:"[^"]*"|'[^']*'|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’])|\S+)/y;
/** What ends the words: two dashes, or what a phone makes of them. */
const isEnd = (text: string): boolean => /^(--|[\u2013\u2014])$/.test(text);

/**
 * The words behind the verb. The text to be taken as typed begins behind ` -- `, or at the first word that is no flag where the command
 * has no other words; it comes last.
 */
export function wordsBefore(typed: string, args: Arguments, flagOf: Flag): readonly Word[] {
  const text = asTyped(typed).trim();
  const found: Word[] = [];
  let at = 0;
  const next = (): string | undefined => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return undefined;
    at = token.lastIndex;
    return match[1];
  };
  next(); // the verb
  for (;;) {
    const from = at;
    const piece = next();
    if (piece === undefined) return found;
    if (isEnd(piece)) return withVerbatim(found, text.slice(at));
    const [word] = words(normalise(piece));
    if (word === undefined) continue;
    const flag = flagOf(word);
    if (flag === undefined && !hasWords(args)) return withVerbatim(found, text.slice(from));
    found.push(word);
    const value = flag?.takesNext === true ? words(normalise(next() ?? ""))[0] : undefined;
    if (value !== undefined) found.push(value);
  }
}

/** People set SQL between backquotes, so that Slack shows it as it is: no statement begins with one. */
const fenced = /^(`{3}|`)\s*(.*?)\s*\1$/s;

function withVerbatim(found: readonly Word[], rest: string): readonly Word[] {
  const text = rest.trim();
  const bare = fenced.exec(text)?.[2] ?? text;
  return bare === "" ? found : [...found, { text: bare, quoted: true, isVerbatim: true }];
}
