import { asciiUpper } from "./characters.ts";
import { isBlank, type Token } from "./token.ts";
import { spelled } from "./written.ts";

/** A token that says something. `text` is a bare word in capitals or a symbol; what is quoted has none, since no keyword is. */
export type Word = {
  readonly kind: "word" | "name" | "string" | "number" | "symbol";
  readonly text: string;
  readonly from: number;
};

/** The words of clear tokens: without blanks, comments, hints and semicolons. */
export function wordsOf(text: string, tokens: readonly Token[]): readonly Word[] {
  const words: Word[] = [];
  for (const token of tokens) {
    const { kind, from } = token;
    if (kind === "word") words.push({ kind, text: asciiUpper(text.slice(from, token.to)), from });
    else if (kind === "symbol") words.push({ kind, text: spelled(text, token), from });
    else if (kind === "name" || kind === "string" || kind === "number") words.push({ kind, text: "", from });
  }
  return words;
}

export const isWord = (word: Word | undefined, ...texts: readonly string[]): boolean =>
  word?.kind === "word" && texts.includes(word.text);

export const isSymbolWord = (word: Word | undefined, text: string): boolean => word?.kind === "symbol" && word.text === text;

/** A word or what is named in backquotes: what can follow a verb. */
export const isNaming = (word: Word | undefined): boolean => word?.kind === "word" || word?.kind === "name";

export const saysNothing = (tokens: readonly Token[]): boolean =>
  tokens.every((token) => isBlank(token) || token.kind === "end" || token.kind === "hint");
