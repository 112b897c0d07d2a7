import { describe, expect, it } from "vitest";
import { clean, oneLine } from "../../src/slack/clean.ts";

describe("clean", () => {
  it.each([
    ["a null byte", "a\u0000b", "a\uFFFDb"],
    ["an escape sequence", "\u001b[31mred", "\uFFFD[31mred"],
    ["half a surrogate pair", "a\uD83Db", "a\uFFFDb"],
    ["an override of the reading direction", "\u202Egnp.exe", "\uFFFDgnp.exe"],
  ])("shows %s as a replacement character", (_, text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });

  it("writes every line break as one newline and keeps tabs", () => {
    expect(clean("a\r\nb\rc\u2028d\te")).toBe("a\nb\nc\nd\te");
  });

  it("keeps the characters that emoji and Arabic are made of", () => {
    expect(clean("👩‍👧 مرحبا")).toBe("👩‍👧 مرحبا");
  });

  it("reads no more than it is asked to", () => {
    expect(clean("x".repeat(100), 10)).toHaveLength(10);
  });
});

describe("oneLine", () => {
  it("joins lines with single spaces and trims", () => {
    expect(oneLine("  a\n\n\tb  ")).toBe("a b");
  });
});
