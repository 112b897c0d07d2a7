import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNumberText } from "../../../src/maxcompute/tunnel/number-text.ts";
import { isUtf8Text } from "../../../src/maxcompute/tunnel/utf8.ts";

describe("a text that is a number", () => {
  it("is what the pattern of numbers has", () => {
    const pattern = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0129.+-eE /:"), maxLength: 9 }), (text) => {
        // What stands around it does not count.
        expect(isNumberText(Buffer.from(`1${text}1`), 1, 1 + text.length)).toBe(pattern.test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("bytes that are UTF-8", () => {
  const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef];
  const bytes = fc.oneof(
    fc.array(fc.oneof(fc.constantFrom(...edges, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff), fc.nat({ max: 255 })), { maxLength: 5 }),
    fc.string({ unit: "binary", maxLength: 80 }).map((text) => [...Buffer.from(text)]),
  );

  it("are those Node takes for it, wherever they stand", () => {
    fc.assert(
      fc.property(bytes, fc.nat({ max: 3 }), (each, cut) => {
        const end = Math.max(0, each.length - cut);
        expect(isUtf8Text(Buffer.from([0x80, ...each, 0x80]), 1, 1 + end)).toBe(isUtf8(Buffer.from(each.slice(0, end))));
      }),
      { numRuns: 2000 },
    );
  });
});
