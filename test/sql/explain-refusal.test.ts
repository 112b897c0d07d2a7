import { describe, expect, it } from "vitest";
import { checkSql, explainRefusal } from "../../src/sql/index.ts";

const explained = (sql: string) => {
  const verdict = checkSql(sql, { allows: "reading" });
  if (verdict.kind === "ok") throw new Error(`${sql} is not refused`);
  return explainRefusal(verdict);
};

describe("a refusal in words", () => {
  it("says what, why and what next", () => {
    expect(explained("FROM t\nINSERT INTO u SELECT 1")).toEqual({
      what: "INSERT changes data (line 2, column 1).",
      why: "You may only read here.",
      next: "Ask somebody who may change data. If the word is a column's name, put it in backquotes.",
    });
  });

  it.each([
    ["EXPLAIN DROP TABLE t", "DROP changes data (line 1, column 9)."],
    ["SET odps.sql.read.only=false; SELECT 1", "`odps.sql.read.only` cannot be set (line 1, column 1)."],
    ["frobnicate", "The bot does not know this form of FROBNICATE (line 1, column 1)."],
    ["SHOW P", "The bot does not know this form of SHOW (line 1, column 1)."],
    ["名", "The bot does not know this statement (line 1, column 1)."],
    ["SET odps.x=1; SELECT 1", "`odps.x` is none of the settings that may be set here (line 1, column 1)."],
    ["SET odps.sql.timezone=?; SELECT 1", "`odps.sql.timezone` cannot have this value (line 1, column 1)."],
    ["", "There is no statement."],
    ["SELECT 'a", "A text in quotes is never closed (line 1, column 8)."],
    ["SELECT 1; SELECT 2", "There is more than one statement (line 1, column 11)."],
    ["x".repeat(70_000), "The SQL is longer than 65536 characters."],
  ])("of %.40j is: %s", (sql, what) => {
    expect(explained(sql).what).toBe(what);
  });

  it.each([
    ["KILL 2026", "`stop`"],
    ["COST SQL SELECT 1", "`cost`"],
    ["PAI -name x", "`pai`"],
    ["TUNNEL DOWNLOAD t a", "`--csv`"],
    ["USE p", "`-p`"],
    ["HELP", "console"],
  ])("of %j names what there is instead", (sql, instead) => {
    expect(explained(sql).next).toContain(instead);
  });

  it("repeats nothing of the text but plain words", () => {
    const secret = "hunter2";
    const texts = [`SELECT '${secret}`, `${secret}_${secret} x`, `SET ${secret} x; SELECT 1`, `SELECT 1; SELECT '${secret}'`];
    for (const text of texts) expect(JSON.stringify(explained(text))).not.toContain(secret);
  });
});
