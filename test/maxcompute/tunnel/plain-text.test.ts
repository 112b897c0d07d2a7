import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c, crc32cTable } from "../../../src/maxcompute/tunnel/crc32c.ts";
import { PlainText } from "../../../src/maxcompute/tunnel/plain-text.ts";

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer) => new DataView(buffer, byteOffset, byteLength);

const copyOf = (bytes: Buffer, at: number) => {
  const texts = new PlainText(crc32cTable());
  const source = Buffer.concat([Buffer.alloc(at, 255), bytes, Buffer.alloc(3, 255)]);
  const target = Buffer.alloc(bytes.byteLength + 3);
  const crc = ~texts.copy(-1, viewOf(source), at, viewOf(target), 0, bytes.byteLength) >>> 0;
  return { crc, copy: target.subarray(0, bytes.byteLength), isUnquoted: texts.isUnquoted(), isAscii: texts.isAscii() };
};

describe("a text copied in words", () => {
  it("is the same text with its own checksum, of any length from anywhere", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat({ max: 7 }), (each, at) => {
        const bytes = Buffer.from(each);
        expect(copyOf(bytes, at)).toMatchObject({ crc: crc32c(bytes), copy: bytes });
      }),
    );
  });

  it("needs no quotes when all of it is printable, and is ASCII or not", () => {
    const unit = fc.constantFrom(..."azAZ09 .:;-_/'!#$%&()*+<=>?@[]^`{|}~");
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 40 }), fc.nat({ max: 7 }), (text, at) => {
        expect(copyOf(Buffer.from(text), at)).toMatchObject({ isUnquoted: true, isAscii: true });
        expect(copyOf(Buffer.from(`${text}é`), at)).toMatchObject({ isUnquoted: true, isAscii: false });
      }),
    );
  });

  const everywhere = (byte: number) =>
    Array.from({ length: 19 }, (_, index) => index + 1).flatMap((length) =>
      Array.from({ length }, (_, at) => copyOf(Buffer.alloc(length, "x").fill(byte, at, at + 1), 0)),
    );

  it.each([0, 9, 10, 13, 31, 34, 44])("may need quotes with the byte %i anywhere in it", (byte) => {
    expect(everywhere(byte).every(({ isUnquoted, isAscii }) => !isUnquoted && isAscii)).toBe(true);
  });

  it.each([128, 160, 162, 172, 255])("is not ASCII with the byte %i anywhere in it", (byte) => {
    expect(everywhere(byte).every(({ isAscii }) => !isAscii)).toBe(true);
  });
});
