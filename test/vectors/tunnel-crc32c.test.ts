import { describe, expect, it } from "vitest";
import { crc32c } from "../../src/maxcompute/tunnel/crc32c.ts";
import { casesToMatch } from "./vectors.ts";

type Update = ["int" | "long" | "bool" | "float" | "double" | "bytes", number | boolean | string];

const bytesOf = ([kind, value]: Update): Uint8Array => {
  if (kind === "bytes") return Buffer.from(String(value), "hex");
  if (kind === "int") return Buffer.from(Int32Array.of(Number(value)).buffer);
  if (kind === "long") return Buffer.from(BigInt64Array.of(BigInt(value)).buffer);
  if (kind === "bool") return Uint8Array.of(value ? 1 : 0);
  return Buffer.from(kind === "float" ? Float32Array.of(Number(value)).buffer : Float64Array.of(Number(value)).buffer);
};

describe("CRC32C", () => {
  it.each(casesToMatch<{ updates: Update[] }, { crc32c: number; hex: string }>("tunnel_crc32c.json"))(
    "$name",
    ({ input, expected }) => {
      const crc = crc32c(Buffer.concat(input.updates.map(bytesOf)));
      expect(crc).toBe(expected.crc32c);
      expect(crc.toString(16).padStart(8, "0")).toBe(expected.hex);
    },
  );
});
