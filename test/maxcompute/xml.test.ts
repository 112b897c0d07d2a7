import { describe, expect, it } from "vitest";
import { MalformedBody } from "../../src/maxcompute/malformed-body.ts";
import { smallLimits, walkXml, type XmlLimits } from "../../src/maxcompute/xml.ts";

const closedIn = (document: string | Uint8Array, limits: Partial<XmlLimits> = {}) => {
  const closed: [string, number, string][] = [];
  const bytes = typeof document === "string" ? Buffer.from(document) : document;
  walkXml(bytes, { close: (...element) => closed.push(element) }, { ...smallLimits, ...limits });
  return closed;
};

describe("walkXml", () => {
  it("tells each element's name, depth and text, CDATA joined in", () => {
    expect(closedIn("<a><b>x &amp; <![CDATA[<y>]]>&#65;</b><c/></a>")).toEqual([
      ["b", 2, "x & <y>A"],
      ["c", 2, ""],
      ["a", 1, ""],
    ]);
  });

  it("reads past a byte order mark and a declaration", () => {
    expect(closedIn('\ufeff<?xml version="1.0" encoding="utf-8"?><a/>')).toEqual([["a", 1, ""]]);
  });

  it("reads elements and attributes named as object internals like any other", () => {
    const attributes: unknown[] = [];
    walkXml(
      Buffer.from('<__proto__ __proto__="1" constructor="2"><toString/></__proto__>'),
      { open: (_, __, found) => attributes.push({ own: Object.keys(found), polluted: "x" in found }) },
      smallLimits,
    );
    expect(attributes).toEqual([
      { own: ["__proto__", "constructor"], polluted: false },
      { own: [], polluted: false },
    ]);
    expect(Object.prototype).not.toHaveProperty("1");
  });

  it.each([
    ["nothing", ""],
    ["two roots", "<a/><b/>"],
    ["an unclosed element", "<a><b></a>"],
    ["a cut document", "<a><b>text"],
    ["an unquoted attribute", "<a b=c/>"],
    ["an attribute given twice", '<a b="1" b="2"/>'],
    ["text outside the root", "<a/>text"],
    ["a document type", "<!DOCTYPE a><a/>"],
    ["an entity of its own", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ["an external entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ["an entity nobody declared", "<a>&nbsp;</a>"],
    ["a control character", "<a>\u0001</a>"],
  ])("refuses %s", (_, document) => {
    expect(() => closedIn(document)).toThrow(MalformedBody);
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => closedIn(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toThrow(MalformedBody);
  });

  it.each([
    ["depth", { maxDepth: 3 }, "<a><a><a/></a></a>", "<a><a><a><a/></a></a></a>"],
    ["elements and attributes", { maxNodes: 3 }, '<a><b c="1"/></a>', '<a><b c="1" d="2"/></a>'],
    ["text", { maxTextLength: 4 }, "<a>1234</a>", "<a>12<![CDATA[345]]></a>"],
    ["bytes", { maxBytes: 8 }, "<a>1</a>", "<a>12</a>"],
  ])("holds to its limit of %s", (_, limits, fits, exceeds) => {
    expect(closedIn(fits, limits).at(-1)?.[0]).toBe("a");
    expect(() => closedIn(exceeds, limits)).toThrow(MalformedBody);
  });
});
