import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withStraightQuotes } from "../../../src/commands/running/straight-quotes.ts";

describe("quotes that a phone has made curly", () => {
  it.each([
    ["around a text", "WHERE dt = \u201820261101\u2019", "WHERE dt = '20261101'"],
    ["around one in double quotes", "WHERE a = \u201cx\u201d AND b = \u2018y\u2019", "WHERE a = \"x\" AND b = 'y'"],
    ["on one side alone", "SELECT \u2018a', 'b\u2019", "SELECT 'a', 'b'"],
    ["within a text in straight quotes", "SELECT 'it\u2019s \u201cso\u201d'", "SELECT 'it\u2019s \u201cso\u201d'"],
    ["of the other kind within a curly text", "SELECT \u2018say \u201cx\u201d\u2019", "SELECT 'say \u201cx\u201d'"],
    ["in a comment", "SELECT 1 -- it\u2019s\nFROM \u2018t\u2019", "SELECT 1 -- it\u2019s\nFROM 't'"],
    ["in a comment of several lines", "/* \u2018 */ SELECT \u2018a\u2019", "/* \u2018 */ SELECT 'a'"],
    ["in a name", "SELECT `\u2018` FROM t", "SELECT `\u2018` FROM t"],
    ["behind a backslash in a text", "SELECT 'a\\' \u2018', \u2018b\u2019", "SELECT 'a\\' \u2018', 'b'"],
  ])("%s", (_, typed, meant) => {
    expect(withStraightQuotes(typed)).toBe(meant);
  });

  it("are all that is changed: places stay what they are, and SQL without them is as it was", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", " ", "'", '"', "`", "-", "/", "*", "\\", "\n", "\u2018", "\u201d") }),
        (sql) => {
          const straight = withStraightQuotes(sql);
          expect(straight).toHaveLength(sql.length);
          if (!/[\u2018\u201d]/.test(sql)) expect(straight).toBe(sql);
        },
      ),
      { numRuns: 500 },
    );
  });
});
