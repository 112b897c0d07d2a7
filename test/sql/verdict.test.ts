import { describe, expect, it } from "vitest";
import { checkSql, type Verdict } from "../../src/sql/index.ts";

const reading = (sql: string): Verdict => checkSql(sql, { allows: "reading" });

describe("what is sent", () => {
  const sent = (sql: string) => {
    const verdict = reading(sql);
    return verdict.kind === "ok" ? verdict.statement : verdict.reason;
  };

  it.each([
    ["has blanks where comments were, so that places stay", "SELECT a, -- one\n  /* two */ b", "SELECT a,       \n            b"],
    ["has its hints", "SELECT /*+ MAPJOIN(a) */ 1", "SELECT /*+ MAPJOIN(a) */ 1"],
    ["has its texts as they were typed", "SELECT '-- no; /* comment */，'", "SELECT '-- no; /* comment */，'"],
    ["has no semicolon", " SELECT 1 ; ; ", "SELECT 1"],
    ["has plain blanks", "SELECT\u00a01,\u30002", "SELECT 1, 2"],
    ["has plain punctuation", "SELECT f（a，b）；", "SELECT f(a,b)"],
    ["has no SET line", "SET odps.sql.timezone=UTC; SELECT 1", "SELECT 1"],
  ])("%s", (_, sql, statement) => {
    expect(sent(sql)).toBe(statement);
  });
});

describe("the place of what is refused", () => {
  it.each([
    ["SELECT 1;\n  DROP TABLE t", { line: 2, column: 3 }],
    ["SELECT '😀', 'a\u202e'", { line: 1, column: 15 }],
    ["-- a\r\n-- b\r'", { line: 3, column: 1 }],
    ["FROM t\nINSERT INTO u SELECT 1", { line: 2, column: 1 }],
  ])("in %j is counted in lines and characters", (sql, at) => {
    expect(reading(sql)).toMatchObject({ kind: "refused", at });
  });

  it("comes with a verb only where that is a plain word", () => {
    expect(reading("frobnicate x")).toMatchObject({ verb: "FROBNICATE" });
    expect(reading(`${"x".repeat(21)} 1`)).toMatchObject({ verb: undefined });
    expect(reading("名 1")).toMatchObject({ verb: undefined });
  });
});
