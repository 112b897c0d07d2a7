// Which character is what, as MaxCompute's own lexer has it, and stricter where a reader could be deceived.

/** Blanks between words. The service takes four of them; the others are what keyboards and web pages put in their place. */
export const isSpace = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > 0x7f && code !== 0xfeff && /\s/.test(String.fromCodePoint(code)));

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const isAsciiWordPart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f || code === 0x24;

/** Letters, marks and digits of any script, `_` and `$`; nothing that is not seen. */
export const isWordPart = (code: number): boolean =>
  code <= 0x7f
    ? isAsciiWordPart(code)
    : /^[\p{L}\p{M}\p{N}]$/u.test(String.fromCodePoint(code)) && !/\p{DI}/u.test(String.fromCodePoint(code));

/** What the service reads as ASCII: full-width punctuation, which Chinese keyboards type. */
export const plainPunctuation: Readonly<Record<string, string>> = { "；": ";", "，": ",", "（": "(", "）": ")" };

const symbols = new Set(".,:()[]{}=<>!+-*/%&|^~?@#，（）");

export const isSymbol = (code: number): boolean => symbols.has(String.fromCodePoint(code));

export const isEnd = (code: number): boolean => code === 0x3b || code === 0xff1b;

/**
 * What may stand nowhere, not even in a text: what XML cannot carry, and what turns the direction of writing round, so that whoever
 * approves reads something else than what is run.
 */
export const deceptive = /[^\t\n\r\P{Cc}]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/u;

/** In capitals, by ASCII alone: `ſ` and `ı` have capitals that are ASCII, and no keyword is written with them. */
export const asciiUpper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

/** Written with letters that are not ASCII, yet read as ASCII by whoever folds them: full-width letters, `ſ`, the Kelvin sign. */
export const looksAscii = (word: string): boolean => {
  const isAscii = (text: string) => /^[ -~]*$/.test(text);
  return !isAscii(word) && isAscii(word.normalize("NFKC").toUpperCase());
};
