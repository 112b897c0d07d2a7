import { describe, expect, it } from "vitest";
import { namedProjects } from "../../src/sql/index.ts";

describe("the projects that a statement may reach into", () => {
  it.each([
    ["SELECT * FROM payroll.salaries"],
    ["select * from `payroll` . `salaries` s"],
    ["SELECT * FROM payroll.hr.salaries"],
    ["SELECT * FROM PayRoll.2024_salaries"],
    ["SELECT * FROM a, payroll.salaries"],
    ["SELECT * FROM a x LEFT OUTER JOIN payroll.salaries s ON x.id = s.id"],
    ["SELECT * FROM a JOIN b ON a.id = b.id, payroll.salaries"],
    ["SELECT * FROM (SELECT * FROM payroll.salaries) x"],
    ["SELECT * FROM (payroll.salaries) x"],
    ["SELECT * FROM (a), (b, payroll.salaries)"],
    ["WITH x AS (SELECT * FROM payroll.salaries) SELECT x.id FROM x"],
    ["SELECT a.id FROM a WHERE a.id IN (SELECT id FROM payroll.salaries)"],
    ["SELECT EXTRACT(YEAR FROM (SELECT MAX(day) FROM payroll.salaries))"],
    ["FROM payroll.salaries SELECT id"],
    ["SELECT payroll.id FROM payroll.salaries AS payroll"],
    ["SELECT payroll:mask_off(id) FROM a"],
    ["SELECT * FROM a LATERAL VIEW explode(a.xs) t AS k, payroll.salaries"],
    ["INSERT INTO payroll.salaries SELECT 1"],
    ["INSERT OVERWRITE TABLE payroll.salaries SELECT 1"],
    ["DROP TABLE IF EXISTS payroll.salaries"],
    ["CREATE TABLE x LIKE payroll.salaries"],
    ["MERGE INTO x USING payroll.salaries s ON x.id = s.id WHEN MATCHED THEN DELETE"],
    ["UPDATE payroll.salaries SET id = 1"],
    ["DESC payroll.salaries"],
    ["DESC EXTENDED payroll.salaries"],
    ["SHOW TABLES IN payroll"],
    ["SHOW PARTITIONS payroll.salaries"],
    ["EXPLAIN SELECT * FROM payroll.salaries"],
  ])("are payroll, of %s", (statement) => {
    expect(namedProjects(statement)).toEqual(["payroll"]);
  });

  it.each([
    ["SELECT t.id, u.name FROM t JOIN u ON t.id = u.id WHERE t.day = '1' AND u.x IN (t.a, t.b)"],
    ["SELECT t.a, t.b FROM t GROUP BY t.a, t.b ORDER BY t.a, t.b"],
    ["SELECT EXTRACT(YEAR FROM t.day), TRIM(BOTH ' ' FROM t.name) FROM t"],
    ["SELECT CAST(x AS STRUCT<a:DECIMAL(10, 2)>) FROM t"],
    ["SELECT 'FROM payroll.salaries' FROM t"],
    ["SELECT f(t.a, t.b) FROM t UNION ALL SELECT u.a, u.b FROM u"],
    ["SELECT 1.5, 2.5"],
  ])("are none, of %s", (statement) => {
    expect(namedProjects(statement)).toEqual([]);
  });
});
