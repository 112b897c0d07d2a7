// What chat clients do to typed text, undone: phones turn quotes and dashes into typography, Slack escapes and wraps.

/** Slack's escapes and wrappers back to what was typed: `<https://x|x>` is its URL, `<@U1|ann>` is `<@U1>`. */
const unwrap = (text: string): string =>
  text
    .replace(/<(https?:\/\/[^<>|]*)(?:\|[^<>]*)?>/g, "$1")
    .replace(/<mailto:[^<>|]*\|([^<>]*)>/g, "$1") // what Slack makes of an owner such as ann@example.com
    .replace(/<([@#][A-Z0-9]+)\|[^<>]*>/g, "<$1>")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/**
 * Slack's wrappers back to what was typed, and nothing else changed: a name such as `t.name`, of which Slack makes a link, is that name;
 * `<` itself comes as `&lt;`.
 */
export const asTyped = (text: string): string =>
  text
    .replace(/<(?:https?:\/\/|mailto:)[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<(?:mailto:)?((?:https?:\/\/)?[^<>|@#!\s][^<>|\s]*)>/g, "$1")
    .replace(/<([@#])[A-Z0-9]+\|([^<>]*)>/g, "$1$2")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** Also of a link in another one, percent-encoded as often as it was wrapped, and of one in JSON as some programs write it. */
const token =
  /((?:[?&;#]|\\u0026|%(?:25)*(?:3f|26|23))token(?:=|\\u003d|%(?:25)*3d))(?:(?!%(?:25)*(?:26|23)|\\u0026)[^\s&|<>"'`])+/gi;

/** The text without the tokens of pasted Logview links: each lets whoever has it read an instance. */
export const withoutTokens = (text: string): string => text.replace(token, "$1");

const straighten = (text: string): string =>
  text
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b\u2032]/g, "'")
    .replace(/[\u00a0\u2007\u202f\u3000]/g, " ")
    .replace(/[\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/(^|\s)[\u2014\u2015](?=[\p{L}])/gu, "$1--") // an em dash is what a phone makes of --
    .replace(/(^|\s)[\u2010-\u2013\u2212]{1,2}(?=[\p{L}])/gu, (dashes, before: string) => {
      const typed = dashes.length - before.length;
      return `${before}${typed === 1 && dashes.endsWith("\u2013") ? "--" : "-".repeat(typed)}`;
    })
    .replace(/[\u2010\u2011\u2212]/g, "-");

/** The words a person meant, with typography and the platform's wrapping undone. */
export const normalise = (text: string): string => straighten(unwrap(text)).trim();

export type Word = {
  readonly text: string;
  readonly quoted: boolean;
  /** The end of the text, as it was typed. */
  readonly isVerbatim?: boolean;
};

/** Splits at white space. A quote opens at the start of a word or behind its "=", and only if it is closed somewhere. */
export function words(text: string): readonly Word[] {
  const chars = Array.from(text);
  const lastOf: Readonly<Record<string, number>> = { '"': chars.lastIndexOf('"'), "'": chars.lastIndexOf("'") };
  const opensQuote = (index: number, word = ""): boolean =>
    index < (lastOf[chars[index] ?? ""] ?? -1) && (word === "" || word.endsWith("="));
  const found: Word[] = [];
  let word: { text: string; quoted: boolean } | undefined;
  let quote = "";
  for (const [index, char] of chars.entries()) {
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (word !== undefined) word.text += char;
    } else if (opensQuote(index, word?.text)) {
      quote = char;
      word ??= { text: "", quoted: true };
    } else if (/\s/.test(char)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else {
      word ??= { text: "", quoted: false };
      word.text += char;
    }
  }
  return word === undefined ? found : [...found, word];
}

/** Levenshtein distance, given up above `limit`. */
export function distance(a: string, b: string, limit = 3): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

/** The one of `known` that was probably meant: within two edits, the nearest first. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const near = known
    .map((name) => ({ name, edits: distance(typed, name) }))
    .filter(({ edits, name }) => edits <= 2 && edits < name.length);
  return near.sort((a, b) => a.edits - b.edits)[0]?.name;
}
