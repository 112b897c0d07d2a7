import { MaxComputeError } from "./errors.ts";

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  // A parser would make a line feed of it.
  ["\r", "&#13;"],
]);

const isXmlCharacter = (character: string) =>
  (character >= " " && character !== "\ufffe" && character !== "\uffff") || "\t\n\r".includes(character);

/** `text` as an XML element's content; throws "invalid" for what XML cannot carry: control characters, halves of surrogate pairs. */
export function escapeXml(text: string): string {
  if (!text.isWellFormed() || ![...text].every(isXmlCharacter)) {
    throw new MaxComputeError("invalid", "A text with characters that cannot be sent");
  }
  return text.replace(/[&<>\r]/g, (character) => entities.get(character) ?? character);
}
