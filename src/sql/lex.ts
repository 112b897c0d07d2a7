// MaxCompute's lexical rules: `--` to the end of the line, `/* */` (not nested: the first `*/` ends it), texts in '' and "" with backslashes,
// names in backquotes that double to stand for themselves, `/*+ */` as a hint, words of any script that may begin with a digit.
import { isDigit, isEnd, isSpace, isSymbol, isWordPart } from "./characters.ts";
import type { Token, TokenKind } from "./token.ts";

/** A text as far as it is read here: a string is one. */
export type Characters = { readonly length: number; readonly codePointAt: (at: number) => number | undefined };

type Scanned = readonly [kind: TokenKind, to: number];

const quote = 0x27;
const doubleQuote = 0x22;
const backquote = 0x60;
const backslash = 0x5c;
const dash = 0x2d;
const slash = 0x2f;
const star = 0x2a;
const plus = 0x2b;
const point = 0x2e;
const byteOrderMark = 0xfeff;

/** At the end of a text, and behind it. */
const nothing = -1;
const codeAt = (text: Characters, at: number): number => text.codePointAt(at) ?? nothing;
const widthOf = (code: number): number => (code > 0xffff ? 2 : 1);
const isLineEnd = (code: number): boolean => code === 0x0a || code === 0x0d;

/** Where the run of characters of one sort ends that begins at `from`. */
function runEnd(text: Characters, from: number, belongs: (code: number) => boolean): number {
  let at = from;
  for (let code = codeAt(text, at); code !== nothing && belongs(code); code = codeAt(text, at)) at += widthOf(code);
  return at;
}

function scanString(text: Characters, from: number, closing: number): Scanned {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = codeAt(text, at);
    if (code === backslash) at += 1;
    else if (code === closing) return ["string", at + 1];
  }
  return ["open-string", text.length];
}

function scanName(text: Characters, from: number): Scanned {
  for (let at = from + 1; at < text.length; at += 1) {
    if (codeAt(text, at) !== backquote) continue;
    if (codeAt(text, at + 1) !== backquote) return ["name", at + 1];
    at += 1;
  }
  return ["open-name", text.length];
}

function scanBlockComment(text: Characters, from: number): Scanned {
  const kind = codeAt(text, from + 2) === plus ? "hint" : "comment";
  for (let at = from + 2; at + 1 < text.length; at += 1) {
    if (codeAt(text, at) === star && codeAt(text, at + 1) === slash) return [kind, at + 2];
  }
  return ["open-comment", text.length];
}

/** Where an exponent ends that begins at `from`, with its sign; `from` when there is none. */
function exponentEnd(text: Characters, from: number): number {
  if ((codeAt(text, from) | 0x20) !== 0x65) return from;
  const sign = codeAt(text, from + 1);
  const digits = sign === plus || sign === dash ? from + 2 : from + 1;
  const end = runEnd(text, digits, isDigit);
  return end === digits ? from : end;
}

/** What begins with a digit: a number, or a word, which may begin so, too (`2024_sales`). */
function scanDigits(text: Characters, from: number): Scanned {
  const digits = runEnd(text, from, isDigit);
  const hasPoint = codeAt(text, digits) === point;
  const fraction = hasPoint ? runEnd(text, digits + 1, isDigit) : digits;
  const number = exponentEnd(text, fraction);
  const run = runEnd(text, from, isWordPart);
  // Without a point or sign the longer of both is meant, as in `1e5`, `10L` and `2024_sales`.
  if (run >= number && !hasPoint) return [run === digits ? "number" : "word", run];
  const end = runEnd(text, number, isWordPart);
  const isDecimal = end === number + 2 && (codeAt(text, number) | 0x20) === 0x62 && (codeAt(text, number + 1) | 0x20) === 0x64;
  return [end === number || isDecimal ? "number" : "glued", end];
}

function scan(text: Characters, from: number): Scanned {
  const code = codeAt(text, from);
  const next = codeAt(text, from + 1);
  if (code === quote || code === doubleQuote) return scanString(text, from, code);
  if (code === backquote) return scanName(text, from);
  if (code === dash && next === dash) return ["comment", runEnd(text, from, (each) => !isLineEnd(each))];
  if (code === slash && next === star) return scanBlockComment(text, from);
  if (isSpace(code) || (code === byteOrderMark && from === 0)) return ["space", runEnd(text, from + 1, isSpace)];
  if (isDigit(code)) return scanDigits(text, from);
  if (isWordPart(code)) return ["word", runEnd(text, from, isWordPart)];
  if (isEnd(code)) return ["end", from + 1];
  if (code === 0x3a && next === 0x3d) return ["symbol", from + 2];
  return [isSymbol(code) ? "symbol" : "strange", from + widthOf(code)];
}

/** All tokens of a text. Reads each character a few times at most, whatever the text is, and takes any text. */
export function lex(text: Characters): readonly Token[] {
  const tokens: Token[] = [];
  for (let from = 0; from < text.length; ) {
    const [kind, to] = scan(text, from);
    tokens.push({ kind, from, to });
    from = to;
  }
  return tokens;
}
