import { describe, expect, it } from "vitest";
import { checkSql, maxSqlLength, type Reason, type Verdict } from "../../src/sql/index.ts";

const reading = (sql: string): Verdict => checkSql(sql, { allows: "reading" });
const changing = (sql: string): Verdict => checkSql(sql, { allows: "changing" });
const refusedFor = (reason: Reason) => ({ kind: "refused", reason });

describe("somebody who may read", () => {
  it.each([
    ["SELECT", "SELECT 1"],
    ["SELECT", "select a, count(*) from t where dt >= '20261101' group by a having count(*) > 1 order by a limit 10;"],
    ["SELECT", "  \n-- what for\nSELECT 1 -- done"],
    ["SELECT", "SELECT /*+ MAPJOIN(a) */ * FROM a JOIN b ON a.id = b.id"],
    ["SELECT", 'SELECT /*+ skewjoin(a(c0, c1)[("1", "2"), ("3", "4")]) */ * FROM a JOIN b ON a.c0 = b.c0'],
    ["SELECT", "SELECT * FROM (SELECT 1 AS a) t"],
    ["SELECT", "(SELECT 1) UNION ALL (SELECT 2)"],
    ["SELECT", "((SELECT 1) UNION (SELECT 2)) EXCEPT SELECT 3"],
    ["SELECT", "SELECT 1;;;  ; -- nothing behind it"],
    ["SELECT", "; ;SELECT 1"],
    ["SELECT", "WITH a AS (SELECT 1) SELECT * FROM a"],
    ["SELECT", "with a as (select 1), `b c` (x, y) as (select 1, (2)) select * from a, `b c`"],
    ["SELECT", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9) SELECT * FROM n"],
    ["SELECT", "WITH a AS (SELECT 1) FROM a SELECT *"],
    ["SELECT", "WITH a AS (SELECT 1) (SELECT * FROM a) UNION ALL (SELECT 2)"],
    ["SELECT", "FROM t SELECT a, b WHERE a > 1"],
    ["SELECT", "SELECT * FROM VALUES (1, 'x'), (2, 'y') t(a, b)"],
    ["SELECT", "SELECT my_function(a), other:f(b) FROM t LATERAL VIEW explode(c) x AS y"],
    ["SELECT", "SELECT transform(array(1, 2), x -> x + 1)"],
    ["SELECT", "SELECT replace(a, 'x', 'y'), truncate(1.5) FROM t"],
    ["SELECT", "SELECT a.update, b.`insert`, c.delete AS d FROM t"],
    ["SELECT", "SELECT `drop`, `into` FROM `create`"],
    ["SELECT", "SELECT 名称 FROM 表 WHERE 城市 = '上海'"],
    ["SELECT", "SELECT a，b FROM t WHERE f（a） = 1；"],
    ["SELECT", "SELECT 'DROP TABLE t; INSERT INTO t', \"; DELETE FROM t\""],
    ["SELECT", String.raw`SELECT 'it\'s; DROP TABLE t' FROM t`],
    ["SELECT", "SELECT 1 /* ; DROP TABLE t */"],
    ["SELECT", "SELECT 1 -- ; DROP TABLE t"],
    ["SELECT", "SELECT * FROM a JOIN b USING (id)"],
    ["SELECT", "SELECT DATE'2026-11-26', X'1F', 1.5BD, 10L, 1e-3, .5"],
    ["SELECT", "SELECT '👨‍👩‍👧'"],
    ["SELECT", "SELECT * FROM 2024_sales WHERE dt = '$[bizdate]'"],
    ["SELECT", "SELECT\u00a01\u3000+ 2"],
    ["SELECT", "\ufeffSELECT 1"],
    ["SELECT", "SELECT new int[]{1, 2}[0]"],
    ["SHOW", "SHOW TABLES"],
    ["SHOW", "SHOW TABLES IN p LIKE 'dim_*'"],
    ["SHOW", "SHOW PARTITIONS t"],
    ["SHOW", "SHOW CREATE TABLE t"],
    ["SHOW", "SHOW COLUMNS FROM t"],
    ["SHOW", "SHOW MATERIALIZED VIEWS"],
    ["SHOW", "show functions;"],
    ["DESC", "DESC t"],
    ["DESC", "DESC EXTENDED p.t PARTITION (dt='20261101')"],
    ["DESCRIBE", "DESCRIBE `t`"],
    ["DESC", "DESC role"],
    ["EXPLAIN", "EXPLAIN SELECT 1"],
    ["EXPLAIN", "EXPLAIN LOGICAL WITH a AS (SELECT 1) SELECT * FROM a"],
  ])("runs %s: %s", (verb, sql) => {
    expect(reading(sql)).toMatchObject({ kind: "ok", verb, kindOf: "reading" });
  });

  it.each([
    ["INSERT", "INSERT INTO t SELECT 1"],
    ["INSERT", "INSERT OVERWRITE TABLE t SELECT 1"],
    ["INSERT", "FROM s INSERT OVERWRITE TABLE t SELECT * INSERT INTO TABLE u SELECT a"],
    ["INSERT", "FROM (SELECT * FROM s) x INSERT INTO t SELECT *"],
    ["INSERT", "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a"],
    ["INSERT", "WITH a AS (SELECT 1) FROM a INSERT INTO t SELECT *"],
    ["INSERT", "SELECT * INTO t FROM s"],
    ["INSERT", "SELECT * FROM (INSERT INTO t SELECT 1) x"],
    ["INSERT", "(INSERT INTO t SELECT 1)"],
    ["INSERT", "from s/* */iNsErT/**/into t select 1"],
    ["INSERT", "EXPLAIN INSERT INTO t SELECT 1"],
    ["UPDATE", "UPDATE t SET a = 1"],
    ["UPDATE", "WITH a AS (SELECT 1) UPDATE t SET b = 1"],
    ["DELETE", "DELETE FROM t WHERE a = 1"],
    ["DELETE", "WITH a AS (SELECT * FROM (DELETE FROM t) x) SELECT 1"],
    ["MERGE", "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE"],
    ["CREATE", "CREATE TABLE t AS SELECT 1"],
    ["CREATE", "CREATE OR REPLACE VIEW v AS SELECT 1"],
    ["ALTER", "ALTER TABLE t DROP PARTITION (dt='1')"],
    ["DROP", "DROP TABLE IF EXISTS t"],
    ["DROP", "-- SELECT\nDROP TABLE t"],
    ["TRUNCATE", "TRUNCATE TABLE t"],
    ["LOAD", "LOAD OVERWRITE TABLE t FROM LOCATION 'oss://b/'"],
    ["ANALYZE", "EXPLAIN ANALYZE TABLE t COMPUTE STATISTICS"],
    ["MSCK", "MSCK REPAIR TABLE t ADD PARTITIONS"],
    ["CLONE", "CLONE TABLE a TO b"],
  ])("does not change anything by %s: %s", (verb, sql) => {
    expect(reading(sql)).toMatchObject({ ...refusedFor("changes"), verb });
    expect(changing(sql)).toMatchObject({ kind: "ok", kindOf: "changing" });
  });

  it("sends no rows through a program", () => {
    const sql = "SELECT TRANSFORM(a) USING 'bash -c x' AS (b) FROM t";
    expect(reading(sql)).toMatchObject({ ...refusedFor("runs-program"), at: { line: 1, column: 21 } });
    expect(changing(sql)).toMatchObject({ kind: "ok", kindOf: "reading" });
  });
});

describe("nobody", () => {
  it.each<[Reason, string]>([
    ["empty", ""],
    ["empty", " \n\t"],
    ["empty", "-- nothing"],
    ["empty", ";;/* nothing */;"],
    ["empty", "/*+ hint */"],
    ["several-statements", "SELECT 1; DROP TABLE t"],
    ["several-statements", "SELECT 1; SELECT 2"],
    ["several-statements", "SELECT 1；DROP TABLE t"],
    ["several-statements", "SELECT 1 -- x\r; DROP TABLE t"],
    ["several-statements", "SELECT '\\\\'; DROP TABLE t; --'"],
    ["several-statements", "SELECT 'a''b'; DROP TABLE t"],
    ["several-statements", "SELECT /* a /* b */ 1; DROP TABLE t /* */"],
    ["several-statements", "SELECT 1; SET odps.sql.timezone=UTC"],
    ["open-string", "SELECT 'a"],
    ["open-string", "SELECT 'it's'"],
    ["open-string", "SELECT a LIKE 'x' ESCAPE '\\'"],
    ["open-name", "SELECT `a"],
    ["open-comment", "SELECT 1 /* a"],
    ["open-comment", "SELECT /*+ MAPJOIN(a) * / 1"],
    ["strange-character", "SELECT \0 1"],
    ["strange-character", "SEL\u200bECT 1"],
    ["strange-character", "SELECT “a”"],
    ["strange-character", "SELECT 1 \\"],
    ["strange-character", "SELECT 😀"],
    ["strange-character", "SELECT 'a\u202eb'"],
    ["strange-character", "SELECT 'a\0b'"],
    ["strange-character", "SELECT 'a\u0085b'"],
    ["strange-character", "SELECT '\ud83d'"],
    ["strange-character", "SELECT `a\u2066b`"],
    ["look-alike", "ſELECT 1"],
    ["look-alike", "FROM s ıNSERT a"],
    ["look-alike", "ＤＲＯＰ TABLE t"],
    ["glued", "FROM s WHERE a = 1.INSERT OVERWRITE TABLE t SELECT *"],
    ["glued", String.raw`SELECT r'\\'`],
    ["glued", String.raw`SELECT r'a\', '; DROP TABLE t; --'`],
    ["unclear-name", "SELECT `a;b`"],
    ["unclear-name", "SELECT `\\`, `x`"],
    ["unclear-name", "SELECT `a``b`"],
    ["unclear-name", "SELECT `a--b`"],
    ["unclear-hint", "SELECT /*+ ' */ 1"],
    ["unclear-hint", "SELECT /*+ ' */ ' ; DROP TABLE t -- ' "],
    ["unclear-hint", "SELECT /*+ a -- */ 1"],
    ["unclear-hint", "SELECT /*+ a; */ 1"],
    ["unclear-hint", "SELECT / *+ ' */ ; DROP TABLE t -- ' */ 1"],
    ["unclear-hint", "SELECT 1 //* a */*+ 2 */ 1"],
    ["unclear-hint", "SELECT 1 / /* a */ * 2"],
    ["unbalanced", "SELECT (1"],
    ["unbalanced", "SELECT 1)"],
    ["unbalanced", "WITH a AS (SELECT 1)) INSERT INTO t (SELECT 1"],
    ["script", "@a := SELECT 1"],
    ["script", "SELECT @a"],
    ["script", "BEGIN SELECT 1 END"],
    ["script", "IF true SELECT 1"],
    ["script", "FUNCTION f(@a BIGINT) AS @a + 1"],
    ["script", "SELECT 1 #CODE ('lang'='JAVA') x #END CODE"],
    ["unknown-statement", "VALUES (1)"],
    ["unknown-statement", "FROM t"],
    ["unknown-statement", "FROM t MAP a, b"],
    ["unknown-statement", "REDUCE a"],
    ["unknown-statement", "ЅELECT 1"],
    ["unknown-statement", "DRОP TABLE t"],
    ["unknown-statement", "EXPLAIN"],
    ["unknown-statement", "EXPLAIN EXPLAIN SELECT 1"],
    ["unknown-statement", "SHOW"],
    ["unknown-statement", "SHOW P"],
    ["unknown-statement", "SHOW TABLES INSERT INTO t"],
    ["unknown-statement", "DESC"],
    ["unknown-statement", "DESC 't'"],
    ["unknown-statement", "WITH a AS (SELECT 1)"],
    ["unknown-statement", "WITH a AS SELECT 1 SELECT 2"],
    ["unknown-statement", "WITH a AS (SELECT 1), SELECT 2"],
    ["unknown-statement", "WITH a (SELECT 1) SELECT 2"],
    ["unknown-statement", "WITH 'a' AS (SELECT 1) SELECT 2"],
    ["unknown-statement", "WITH a AS (SELECT 1) GRANT x TO y"],
    ["unknown-statement", "WITH a AS (DELETE FROM t) SELECT 1"],
    ["unknown-statement", "WITH a AS (grant (SELECT 1)) SELECT 1"],
    ["unknown-statement", "WITH a AS ((1)) SELECT 1"],
    ["unknown-statement", "WITH a AS () SELECT 1"],
    ["unknown-statement", "(DROP TABLE t)"],
    ["unknown-statement", "'SELECT' 1"],
    ["unknown-statement", "`SELECT` 1"],
    ["unknown-statement", "1"],
    ["unknown-statement", "odps"],
    ["unknown-statement", "DELETE"],
    ["security", "GRANT Select ON TABLE t TO USER u"],
    ["security", "EXPLAIN GRANT x TO y"],
    ["security", "REVOKE admin FROM u"],
    ["security", "ADD USER ALIYUN$u"],
    ["security", "ADD RESOURCE a.jar"],
    ["security", "ADD JAR a.jar"],
    ["security", "DROP RESOURCE a.jar"],
    ["security", "DROP PROJECT p"],
    ["security", "DROP USER u"],
    ["security", "DROP ROLE r"],
    ["security", "DROP FUNCTION f"],
    ["security", "DROP SCHEMA s"],
    ["security", "CREATE FUNCTION f AS 'x' USING 'a.jar'"],
    ["security", "CREATE ROLE r"],
    ["security", "CREATE PACKAGE p"],
    ["security", "CREATE EXTERNAL PROJECT p"],
    ["security", "ALTER PROJECT p"],
    ["security", "ALTER TABLE t CHANGEOWNER TO 'u'"],
    ["security", "ALTER USER u"],
    ["security", "REMOVE USER u"],
    ["security", "INSTALL PACKAGE p"],
    ["security", "SETPROJECT odps.sql.allow.fullscan=true"],
    ["security", "PUT POLICY x ON ROLE r"],
    ["security", "PURGE TABLE t"],
    ["security", "RESTORE TABLE t"],
    ["security", "WHOAMI"],
    ["security", "SHOW GRANTS"],
    ["security", "SHOW SECURITYCONFIGURATION"],
    ["security", "DESC ROLE admin"],
    ["security", "DESC PACKAGE p"],
    ["takes-data-out", "UNLOAD FROM t INTO LOCATION 'oss://b/'"],
    ["takes-data-out", "EXPORT TABLE t"],
    ["takes-data-out", "INSERT OVERWRITE DIRECTORY 'oss://b/' SELECT * FROM t"],
    ["takes-data-out", "FROM t INSERT OVERWRITE LOCAL DIRECTORY '/b' SELECT *"],
    ["not-sql", "TUNNEL DOWNLOAD t a.csv"],
    ["not-sql", "USE other_project"],
    ["not-sql", "KILL 20261122102030456gabcd12"],
    ["not-sql", "COST SQL SELECT 1"],
    ["not-sql", "READ t 10"],
    ["not-sql", "PAI -name x"],
    ["not-sql", "LIST USERS"],
  ])("gets past a text that is refused as %s: %j", (reason, sql) => {
    expect(reading(sql)).toMatchObject(refusedFor(reason));
    expect(changing(sql)).toMatchObject(refusedFor(reason));
  });

  it("sends more than a person can read", () => {
    const longest = `SELECT ${"a".repeat(maxSqlLength - "SELECT ".length)}`;
    expect(reading(longest)).toMatchObject({ kind: "ok" });
    expect(reading(`${longest}a`)).toEqual({ ...refusedFor("too-long"), verb: undefined, setting: undefined, at: undefined });
  });
});

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
