// A text written again from its tokens: what was checked is what is sent, and nothing else.
import { plainPunctuation } from "./characters.ts";
import { lex } from "./lex.ts";
import { isBlank, type Token } from "./token.ts";

const isPlain = ({ kind }: Token): boolean => kind === "symbol" || kind === "end";

/** A token's own text; full-width punctuation as the ASCII it stands for. */
export const spelled = (text: string, token: Token): string => {
  const own = text.slice(token.from, token.to);
  return isPlain(token) ? (plainPunctuation[own] ?? own) : own;
};

/**
 * A statement as it is sent: without its semicolon, with blanks where comments were. The service never reads a comment, so that it does not
 * matter whether it ends them where we do, and its errors still point at the lines and columns that the person typed.
 */
export const withoutComments = (text: string, tokens: readonly Token[]): string =>
  tokens
    .filter(({ kind }) => kind !== "end")
    .map((token) => (isBlank(token) ? text.slice(token.from, token.to).replace(/[^\n\r\t]/g, " ") : spelled(text, token)))
    .join("")
    .trim();

/** Tokens in one line: comments out, blanks single, texts and hints as they are. */
export function inOneLine(text: string, tokens: readonly Token[]): string {
  let line = "";
  let isApart = false;
  for (const token of tokens) {
    if (!isBlank(token)) line += (isApart && line !== "" ? " " : "") + spelled(text, token);
    isApart = isBlank(token);
  }
  return line;
}

/** SQL as it is hashed and named: two texts that differ in comments and blanks alone are one. The last semicolon ends nothing. */
export function normalised(text: string): string {
  const tokens = lex(text);
  const last = tokens.findLastIndex((token) => !isBlank(token) && token.kind !== "end");
  return inOneLine(text, tokens.slice(0, last + 1));
}
