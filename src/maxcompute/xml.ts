import { SaxesParser } from "saxes";
import { MalformedBody } from "./malformed-body.ts";
import { clip, decodeUtf8 } from "./text.ts";

/** Called while a document is read; depth 1 is the root. Names are only ever compared, never used as object keys of ours. */
export type XmlVisitor = {
  readonly open?: (name: string, depth: number, attributes: Readonly<Record<string, string>>) => void;
  /** `text` is what stood between the element's last tag and its end: a leaf's whole text, with CDATA joined in. */
  readonly close?: (name: string, depth: number, text: string) => void;
};

export type XmlLimits = {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Elements and attributes together. */
  readonly maxNodes: number;
  /** Characters within one element. */
  readonly maxTextLength: number;
};

const mebi = 1024 * 1024;

/** MaxCompute's own documents are six elements deep; a result may be one very long text. */
export const answerLimits: XmlLimits = { maxBytes: 64 * mebi, maxDepth: 16, maxNodes: 1_000_000, maxTextLength: 64 * mebi };

/** For documents that hold a few short words: errors, tokens, a status. */
export const smallLimits: XmlLimits = { maxBytes: mebi, maxDepth: 16, maxNodes: 10_000, maxTextLength: mebi };

/**
 * Reads a strictly well-formed XML document in one pass, without building a tree. No DOCTYPE, no entities but the five of XML itself,
 * nothing beyond `limits`. Throws MalformedBody.
 */
export function walkXml(body: Uint8Array, visitor: XmlVisitor, limits: XmlLimits): void {
  if (body.byteLength > limits.maxBytes) throw new MalformedBody("XML document too large");
  // Positions are only for messages and cost a third of the time.
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let depth = 0;
  let nodes = 0;
  let text = "";
  const countNode = () => {
    nodes += 1;
    if (nodes > limits.maxNodes) throw new MalformedBody("too many XML elements");
  };
  const addText = (piece: string) => {
    if (text.length + piece.length > limits.maxTextLength) throw new MalformedBody("XML text too long");
    text += piece;
  };

  parser.on("error", (error) => {
    throw new MalformedBody(`not well-formed XML: ${clip(error.message, 120)}`);
  });
  parser.on("doctype", () => {
    throw new MalformedBody("XML with a DOCTYPE");
  });
  parser.on("attribute", countNode);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("opentag", (tag) => {
    countNode();
    depth += 1;
    if (depth > limits.maxDepth) throw new MalformedBody("XML nested too deeply");
    text = "";
    visitor.open?.(tag.name, depth, tag.attributes);
  });
  parser.on("closetag", (tag) => {
    visitor.close?.(tag.name, depth, text);
    text = "";
    depth -= 1;
  });
  parser.write(decodeUtf8(body)).close();
}
