import fc from "fast-check";
import { expect, it } from "vitest";
import { crcBytes, crcEnd, crcInt, crcOfZeros, crcStart } from "../../../../src/simulator/maxcompute/tunnel/crc32c.ts";
import { recordedCases } from "../../../vectors/vectors.ts";

type Update = readonly ["bytes", string] | readonly ["bool", boolean] | readonly ["int" | "long" | "double", number];

const bytesOf = ([kind, value]: Update): Buffer => {
  const eight = Buffer.alloc(8);
  if (kind === "bytes") return Buffer.from(value, "hex");
  if (kind === "bool") return Buffer.from([value ? 1 : 0]);
  if (kind === "double") eight.writeDoubleLE(value);
  else eight.writeBigInt64LE(BigInt(value));
  return kind === "int" ? eight.subarray(0, 4) : eight;
};

const cases = recordedCases<{ updates: readonly Update[] }, { crc32c: number; hex: string }>("tunnel_crc32c.json");
it.each(cases)("the checksum of $name is the recorded one", ({ input, expected }) => {
  const register = input.updates.reduce((before, update) => crcBytes(before, bytesOf(update)), crcStart);
  expect(crcEnd(register)).toBe(expected.crc32c);
  expect(crcEnd(register).toString(16).padStart(8, "0")).toBe(expected.hex);
});

it("a number counts as its four bytes, low ones first", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (register, value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(value);
      expect(crcInt(register, value)).toBe(crcBytes(register, bytes));
    }),
  );
});

it("bytes that are known before the register is make the same of it as one after the other", () => {
  fc.assert(
    fc.property(fc.integer(), fc.uint8Array({ maxLength: 300 }), (register, bytes) => {
      expect(crcOfZeros(bytes.length)(register) ^ crcBytes(0, bytes)).toBe(crcBytes(register, bytes));
    }),
    { numRuns: 50 },
  );
});
