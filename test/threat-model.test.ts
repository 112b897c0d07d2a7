// Every claim of the threat model names a test that is there.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const page = readFileSync("docs/threat-model.md", "utf8");
const named = [...page.matchAll(/`(test\/[\w./-]+\.ts): ([^`]+)`/g)].map(([, file = "", words = ""]) => ({ file, words }));
const rows = page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| --- "));
const claims = rows.filter((row) => row.includes("`test/"));

/** Titles of the tests of a file. */
const titlesIn = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(/\bit(?:\.each\([\s\S]*?\))?\(\s*"((?:[^"\\]|\\.)*)"/g)].map(([, title = ""]) => title);

describe("the threat model", () => {
  it("holds each claim of its walls by a test", () => {
    expect(named.length).toBeGreaterThan(30);
    expect(claims).toHaveLength(named.length);
    const walls = page.slice(page.indexOf("## Walls"), page.indexOf("## What remains")).split("\n");
    const bare = walls.filter((line) => line.startsWith("| ") && !/^\| (claim|---) /.test(line) && !line.includes("`test/"));
    expect(bare).toEqual([]);
  });

  it.each(named)("names one in $file: $words", ({ file, words }) => {
    expect(titlesIn(file).filter((title) => title.includes(words))).not.toEqual([]);
  });

  it("would notice one that is not there", () => {
    expect(titlesIn("test/threat-model.test.ts").some((title) => title.includes("no such test"))).toBe(false);
  });
});
