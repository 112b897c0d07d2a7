import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MaxComputeError } from "../../../src/maxcompute/index.ts";
import { sqlDocument } from "../../../src/maxcompute/submit/sql-document.ts";
import { smallLimits, walkXml } from "../../../src/maxcompute/xml.ts";

/** What a reader of the document finds in its elements of a name. */
const read = (document: string, wanted: string): readonly string[] => {
  const found: string[] = [];
  const close = (name: string, _: number, text: string) => void (name === wanted && found.push(text));
  walkXml(Buffer.from(document), { close }, smallLimits);
  return found;
};
/** A reader of XML makes one line feed of every kind of line end; to SQL they are the same. */
const asRead = (text: string) => text.replaceAll(/\r\n?/g, "\n");

const pieces = fc.oneof(fc.constantFrom("]]>", "]]", "<![CDATA[", "&amp;", "<", "\r\n", "'", ";"), fc.string({ unit: "binary" }));
const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));

describe("the document of a submission", () => {
  it("holds any text a reader can be given, as it is, and no other is sent", () => {
    fc.assert(
      fc.property(anyText, anyText, (sql, hint) => {
        const text = `select ${sql}`;
        try {
          const document = sqlDocument("SQL", text, { hints: { h: hint } }, "u");
          const sent = text.trim();
          expect(read(document, "Query")).toEqual([asRead(sent.endsWith(";") ? sent : `${sent};`)]);
          expect(JSON.parse(read(document, "Value")[0] ?? "")).toMatchObject({ h: hint });
        } catch (error) {
          expect(error).toBeInstanceOf(MaxComputeError);
          expect(`${sql}${hint}`).toMatch(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});
