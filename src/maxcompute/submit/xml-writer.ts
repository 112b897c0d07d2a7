import { MaxComputeError } from "../errors.ts";
import { escapeXml } from "../xml-escape.ts";

/** Characters XML 1.0 has no way to write, not even escaped: most control characters, two code points, and halves of a pair. */
const unwritable = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The text when XML can hold it; throws "invalid", saying where it cannot and never what it says. */
export function checkXmlText(what: string, text: string): string {
  const found = unwritable.exec(text);
  if (found === null) return text;
  const code = found[0].charCodeAt(0).toString(16).padStart(4, "0");
  throw new MaxComputeError("invalid", `The ${what} has a character at position ${found.index} that cannot be sent (U+${code})`);
}

/** An XML element yet to be written: with text, with a CDATA section, or with elements in it. */
export type Element =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly cdata: string }
  | { readonly name: string; readonly children: readonly Element[] };

export const textElement = (name: string, text: string): Element => ({ name, text });
export const parentElement = (name: string, children: readonly Element[]): Element => ({ name, children });

/** A CDATA section ends at the first `]]>`, so one within the text is divided between two sections. */
const cdataSection = (text: string) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;

const write = (element: Element, indent: string): string => {
  const { name } = element;
  if ("text" in element) return `${indent}<${name}>${escapeXml(element.text)}</${name}>\n`;
  if ("cdata" in element) return `${indent}<${name}>${cdataSection(element.cdata)}</${name}>\n`;
  const inner = element.children.map((child) => write(child, `${indent}  `)).join("");
  return inner === "" ? `${indent}<${name}/>\n` : `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
};

/** The document with this root, laid out as the recorded SDK does it. */
export function writeXml(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${write(root, "")}`;
}
