import { parseJson } from "./json.ts";
import { MalformedBody, OversizedBody } from "./malformed-body.ts";

/** MaxCompute's own documents are about ten levels deep. */
const maxDepth = 64;

/** Of a hundred megabytes or two once they are objects: a detail of a hundred thousand workers, each with a dozen facts. */
const maxValues = 2_000_000;

/** The first integer that a number may not hold exactly has sixteen digits. */
const longDigits = 16;

const quote = 0x22;
const comma = 0x2c;
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

/** The index of the quote that ends the string beginning at `start`, or the text's length. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
};

/** Counts without parsing, since what is too much must not become objects first. Says whether a long integer may be in it. */
const measure = (text: string): { readonly hasLongNumbers: boolean } => {
  let depth = 0;
  let values = 0;
  let digits = 0;
  let hasLongNumbers = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    digits = isDigit(code) ? digits + 1 : 0;
    if (digits >= longDigits) hasLongNumbers = true;
    if (code === quote) at = endOfString(text, at);
    else if (isClosing(code)) depth -= 1;
    else if (isOpening(code)) depth += 1;
    if (depth > maxDepth) throw new MalformedBody("JSON nested too deeply");
    if (code === comma || isOpening(code)) values += 1;
    if (values > maxValues) throw new OversizedBody("too many JSON values");
  }
  return { hasLongNumbers };
};

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** The language's own, whose third argument the type library does not know yet. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value;

/**
 * Parsed JSON from a service that may be anybody, or undefined when the text is not JSON. An integer beyond 2^53 becomes the text of its
 * digits: a number would be another integer, and a bigint could not be written as JSON again. Keys such as `__proto__` are keys like any
 * other; read them with `ownField`. Throws MalformedBody beyond 64 levels, OversizedBody beyond two million values.
 */
export function parseBoundedJson(text: string): unknown {
  const { hasLongNumbers } = measure(text);
  if (!hasLongNumbers) return parseJson(text);
  try {
    return parseWithSource(text, keepDigits);
  } catch {
    // Not JSON. Whether that matters is the caller's to say.
    return undefined;
  }
}
