import { expect, it } from "vitest";
import { estimateCost, tableBytes } from "../../../src/simulator/maxcompute/scenarios/cost-estimate.ts";

const megabyte = 1_048_576;

it.each([
  ["select 1", { Input: 0, UDF: 0, Complexity: 0 }],
  ["set a=b; with t as (select 1) select * from t", { Input: 0, UDF: 0, Complexity: 0 }],
  ["select * from orders", { Input: 48 * megabyte, UDF: 0, Complexity: 1 }],
  ["SELECT * FROM demo_project.ORDERS", { Input: 48 * megabyte, UDF: 0, Complexity: 1 }],
  [
    "select * from orders a join events b on a.id = b.id join orders c on a.id = c.id",
    { Input: 2_096 * megabyte, UDF: 0, Complexity: 2 },
  ],
  [
    "select count(*), score(x), score(y), other_udf(cast(x as string)) from orders group by z",
    { Input: 48 * megabyte, UDF: 2, Complexity: 1.25 },
  ],
  ["select 'x from events', f /* g(1) join */ -- h(2)\n from orders", { Input: 48 * megabyte, UDF: 0, Complexity: 1 }],
  ["insert into t select * from (select id from orders) s", { Input: 48 * megabyte, UDF: 0, Complexity: 1 }],
])("%s is estimated as %j", (sql, expected) => {
  expect(estimateCost(sql)).toEqual(expected);
});

it.each(["create table t (a bigint)", "drop table t", "desc orders", "show tables"])("there is no estimate for %s", (sql) => {
  expect(estimateCost(sql)).toBeUndefined();
});

it("any table has a size, and keeps it", () => {
  expect(tableBytes("whatever")).toBe(tableBytes("other.WHATEVER"));
  expect(tableBytes("whatever")).toBeGreaterThanOrEqual(megabyte);
  expect(tableBytes("whatever")).not.toBe(tableBytes("whichever"));
});
