import { SaxesParser } from "saxes";

export type XmlNode = { readonly name: string; text: string; readonly children: XmlNode[] };

const maxDepth = 64;

/** Reads a request body strictly: malformed XML, a document type or more than 64 levels throw an Error. Attributes are dropped. */
export const readXml = (source: string): XmlNode => {
  const root: XmlNode = { name: "#document", text: "", children: [] };
  const open: XmlNode[] = [root];
  const top = (): XmlNode => open.at(-1) ?? root;
  const append = (text: string): void => {
    top().text += text;
  };
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("a document type is not accepted");
  });
  parser.on("opentag", ({ name }) => {
    if (open.length > maxDepth) throw new Error(`nested deeper than ${maxDepth} levels`);
    const node: XmlNode = { name, text: "", children: [] };
    top().children.push(node);
    open.push(node);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("text", append);
  parser.on("cdata", append);
  parser.write(source).close();
  const [first] = root.children;
  if (first === undefined) throw new Error("no root element");
  return first;
};

/** The first child named `name`, or what lies at the end of a path of names. */
export const childAt = (node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined =>
  path.reduce<XmlNode | undefined>((current, name) => current?.children.find((child) => child.name === name), node);

/** Trimmed text at the end of a path of names; undefined when there is no such element. */
export const textAt = (node: XmlNode | undefined, ...path: readonly string[]): string | undefined =>
  childAt(node, ...path)?.text.trim();
