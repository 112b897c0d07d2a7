import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml, textAt } from "../../../src/simulator/maxcompute/read-xml.ts";
import { cdata, element, xmlDocument } from "../../../src/simulator/maxcompute/xml.ts";

const legalText = fc
  .string({ unit: "binary" })
  .map((text) => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ""));

describe("the XML writer", () => {
  it("escapes text and attributes, and splits the end of a CDATA section", () => {
    expect(element("a", ["<&>\"'\r"], { b: '"\n<' }).xml).toBe('<a b="&quot;&#10;&lt;">&lt;&amp;&gt;&quot;&apos;&#13;</a>');
    expect(element("a", [cdata("x]]>y")]).xml).toBe("<a><![CDATA[x]]]]><![CDATA[>y]]></a>");
    expect(element("a", [element("b"), 0]).xml).toBe("<a><b/>0</a>");
  });

  it("replaces what XML cannot carry", () => {
    expect(element("a", ["\0\u{1B}\u{FFFE}"]).xml).toBe("<a>\u{FFFD}\u{FFFD}\u{FFFD}</a>");
  });

  it("writes any text so that a strict parser reads the same text back", () => {
    fc.assert(
      fc.property(legalText, (text) => {
        const unified = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
        expect(readXml(xmlDocument(element("a", [element("b", [text])]))).children[0]?.text).toBe(text);
        expect(readXml(xmlDocument(element("a", [cdata(text)]))).text).toBe(unified);
      }),
    );
  });
});

describe("the XML reader", () => {
  it("finds text along a path of names", () => {
    const root = readXml("<a><b> x </b><b><c><![CDATA[ <y> ]]></c></b></a>");
    expect([textAt(root, "b"), textAt(root, "b", "c"), textAt(root, "d", "e")]).toEqual(["x", undefined, undefined]);
  });

  it.each(["", "<a>", "<a></b>", "<a>&nbsp;</a>", "<a/><b/>", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "text"])(
    "refuses %j",
    (source) => {
      expect(() => readXml(source)).toThrow();
    },
  );
});
