import { describe, expect, it } from "vitest";
import { inAscii } from "../../scripts/build/in-ascii.ts";

describe("what the build does to code", () => {
  it("writes every character beyond ASCII so that it means the same", () => {
    const code = "[`a · b`, /^…+$/u.test('……'), '😀'.length, /^[😀]$/u.test('😀')]";
    const escaped = inAscii(code);
    expect(escaped).toMatch(/^[\x20-\x7f]*$/);
    expect(new Function(`return ${escaped}`)()).toEqual(["a · b", true, 2, true]);
  });
});
