import { describe, expect, it } from "vitest";
import { normalised } from "../../src/sql/index.ts";

describe("SQL in one line", () => {
  it.each([
    ["comments and blanks", " SELECT  a, -- one\n\t/* two */ b ;\n", "SELECT a, b"],
    ["a comment that parts two words", "SELECT/**/1", "SELECT 1"],
    ["a comment between signs, which would be another", "1-/**/-1", "1- -1"],
    ["several semicolons at the end", "SELECT 1;;; ", "SELECT 1"],
    ["several statements", "SET a=1;\nSELECT 1", "SET a=1; SELECT 1"],
    ["full-width punctuation", "SELECT f（a，b）；", "SELECT f(a,b)"],
    ["texts, names and hints, which stay", "SELECT /*+  x  */ '  --a  ', `  b`", "SELECT /*+  x  */ '  --a  ', `  b`"],
    ["a text that is never closed", "SELECT 'a  b", "SELECT 'a  b"],
    ["nothing", " -- \n ;", ""],
  ])("without %s", (_, text, line) => {
    expect(normalised(text)).toBe(line);
  });

  it("is another one when a word is written differently", () => {
    expect(normalised("SELECT a")).not.toBe(normalised("select a"));
  });
});
