// What a text must be before it is worth reading: whatever two readers could take differently is refused, not guessed.
import { deceptive, looksAscii } from "./characters.ts";
import type { Flaw } from "./refusal.ts";
import type { Token } from "./token.ts";

/** Whether a hint's own texts are closed in it, and nothing in it could end it earlier, or later, for another reader. */
function isClearHint(hint: string): boolean {
  const inside = hint.slice(3, -2);
  if (/[;`\\@#]|--|\/\*/.test(inside)) return false;
  let open = "";
  for (const character of inside) {
    if (open === character) open = "";
    else if (open === "" && (character === '"' || character === "'")) open = character;
  }
  return open === "";
}

/** Backquotes are no quotes to all of the service's tools. */
const isClearName = (name: string): boolean => !/[;'"\\`\r\n]|--|\/\*/.test(name.slice(1, -1));

/** `r'\'` ends at another place where `r` makes the text a raw one. */
const isGlued = (own: string, before: Token | undefined): boolean =>
  (before?.kind === "word" || before?.kind === "number") && own.includes("\\");

function flawOf(text: string, token: Token, before: Token | undefined): Flaw | undefined {
  const { kind, from, to } = token;
  if (kind === "space" || kind === "comment" || kind === "end" || kind === "symbol" || kind === "number") return undefined;
  if (kind === "open-string" || kind === "open-name" || kind === "open-comment" || kind === "glued")
    return { reason: kind, from };
  if (kind === "strange") return { reason: "strange-character", from };
  const own = text.slice(from, to);
  if (kind === "word") return looksAscii(own) ? { reason: "look-alike", from } : undefined;
  const deceit = deceptive.exec(own);
  if (deceit !== null) return { reason: "strange-character", from: from + deceit.index };
  if (kind === "hint") return isClearHint(own) ? undefined : { reason: "unclear-hint", from };
  if (kind === "name") return isClearName(own) ? undefined : { reason: "unclear-name", from };
  return isGlued(own, before) ? { reason: "glued", from } : undefined;
}

/** The first thing that makes the text unclear. */
export function firstFlaw(text: string, tokens: readonly Token[]): Flaw | undefined {
  for (const [index, token] of tokens.entries()) {
    const flaw = flawOf(text, token, tokens[index - 1]);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}
