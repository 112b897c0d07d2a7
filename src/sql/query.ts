// SELECT, FROM and WITH: they read, unless something in them writes.
import type { Flaw } from "./refusal.ts";
import { isChange } from "./verbs.ts";
import { isNaming, isSymbolWord, isWord, type Word } from "./words.ts";

/** The closing parenthesis of each opening one; undefined when they do not pair. */
export function parentheses(words: readonly Word[]): ReadonlyMap<number, number> | undefined {
  const open: number[] = [];
  const pairs = new Map<number, number>();
  for (const [index, word] of words.entries()) {
    if (isSymbolWord(word, "(")) open.push(index);
    if (!isSymbolWord(word, ")")) continue;
    const opening = open.pop();
    if (opening === undefined) return undefined;
    pairs.set(opening, index);
  }
  return open.length === 0 ? pairs : undefined;
}

/** Whether a query begins at `from`, behind any number of parentheses. */
const beginsQuery = (words: readonly Word[], from: number): boolean => {
  let at = from;
  while (isSymbolWord(words[at], "(")) at += 1;
  return isWord(words[at], "SELECT", "FROM");
};

/**
 * Where the statement begins behind `WITH a AS (...), b (x, y) AS (...)`; undefined for a list that is written differently, or of
 * anything but queries.
 */
export function behindWith(words: readonly Word[], from: number): number | undefined {
  const pairs = parentheses(words);
  let at = isWord(words[from + 1], "RECURSIVE") ? from + 2 : from + 1;
  for (;;) {
    if (!isNaming(words[at])) return undefined;
    const columns = pairs?.get(at + 1);
    const as = columns === undefined ? at + 1 : columns + 1;
    const body = pairs?.get(as + 1);
    if (!isWord(words[as], "AS") || body === undefined || !beginsQuery(words, as + 2)) return undefined;
    if (!isSymbolWord(words[body + 1], ",")) return body + 1;
    at = body + 2;
  }
}

/** Words that only something that writes has, wherever they stand; a column of that name is written in backquotes. */
const writing = ["INSERT", "OVERWRITE", "INTO"];

/** A verb with what it is about behind it: no verb has AS there, which a column called `delete` may have. */
const beginsChange = (word: Word, next: Word | undefined): boolean =>
  word.kind === "word" && isChange(word.text) && isNaming(next) && !isWord(next, "AS");

/** The word by which what looks like a query writes: INSERT and its companions, or another verb that begins a change. */
export const hiddenChange = (words: readonly Word[]): Word | undefined =>
  words.find((word, index) => isWord(word, ...writing) || beginsChange(word, words[index + 1]));

/** `USING 'program'`: rows go through a program of the person's own. */
export const program = (words: readonly Word[]): Word | undefined =>
  words.find((word, index) => isWord(word, "USING") && words[index + 1]?.kind === "string");

/** `INTO`, or `OVERWRITE`, a folder: data leaves the tables. */
export const exported = (words: readonly Word[]): Word | undefined =>
  words.find(
    (word, index) =>
      isWord(word, "DIRECTORY") && isWord(words[index - 1], "INTO", "OVERWRITE", "LOCAL") && words[index + 1]?.kind === "string",
  );

/** What makes a statement part of a script: variables, assignments, embedded code. */
export const scriptFlaw = (words: readonly Word[]): Flaw | undefined => {
  const found = words.find((word) => ["@", "#", ":="].some((text) => isSymbolWord(word, text)));
  return found === undefined ? undefined : { reason: "script", from: found.from };
};

/** `/ * +` begins a hint to some of the service's readers, and to us it is three signs; no SQL has the first two side by side. */
export const splitHint = (words: readonly Word[]): Flaw | undefined => {
  const found = words.find((word, index) => isSymbolWord(word, "/") && isSymbolWord(words[index + 1], "*"));
  return found === undefined ? undefined : { reason: "unclear-hint", from: found.from };
};
