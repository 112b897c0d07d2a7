// Foreign text without what would deceive a reader or break a request; the words themselves stay as they are.

const replacement = "\uFFFD";
// Controls other than tab and newline; and the bidirectional overrides, which can make a text read differently from what it is.
const deceptive = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
const lineBreaks = /\r\n?|[\u2028\u2029\u0085]/g;

/**
 * Well-formed text whose line breaks are all \n, with control characters and bidirectional overrides made visible as U+FFFD.
 * Tabs and newlines stay. Reads at most the first `max` UTF-16 units, so that a huge text costs no more than a long one.
 */
export const clean = (text: string, max = 50_000): string =>
  text
    .slice(0, max)
    .toWellFormed()
    .replace(lineBreaks, "\n")
    .replace(deceptive, (control) => (control === "\n" || control === "\t" ? control : replacement));

/** The same on one line: runs of white space become one space, the ends are trimmed. Spaces that do not break the line stay. */
export const oneLine = (text: string): string =>
  clean(text, 5_000)
    .replace(/[^\S\u00A0\u202F]+/g, " ")
    .trim();
