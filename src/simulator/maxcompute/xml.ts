/** Finished markup. Plain strings given to `element` are text and always escaped, so only this type can carry tags. */
export type Xml = { readonly xml: string };

// XML 1.0 cannot carry these characters even as references.
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  // A bare carriage return would arrive as a line feed.
  "\r": "&#13;",
};

const legal = (text: string): string => text.replace(illegal, "\u{FFFD}");
const escaped = (text: string): string => legal(text).replace(/[&<>"'\r]/g, (char) => escapes[char] ?? char);
const attribute = ([name, value]: readonly [string, string]): string =>
  ` ${name}="${escaped(value).replace(/[\t\n]/g, (char) => `&#${char.codePointAt(0)};`)}"`;

/** `<name a="b">children</name>`, or `<name/>` without children. */
export const element = (
  name: string,
  children: readonly (Xml | string | number)[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Xml => {
  const opening = `${name}${Object.entries(attributes).map(attribute).join("")}`;
  const inside = children.map((child) => (typeof child === "object" ? child.xml : escaped(String(child)))).join("");
  return { xml: inside === "" ? `<${opening}/>` : `<${opening}>${inside}</${name}>` };
};

/** A CDATA section; a `]]>` inside is split over two sections, the only way XML has to carry it. */
export const cdata = (text: string): Xml => ({ xml: `<![CDATA[${legal(text).replaceAll("]]>", "]]]]><![CDATA[>")}]]>` });

export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
