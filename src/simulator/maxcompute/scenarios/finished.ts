import type { ResultPlan } from "../plan.ts";
import { csvResult } from "./csv.ts";
import { large } from "./large.ts";
import { mapAndReduce, minutes, oneSqlTask, type Scenario, seconds, sqlTask, stage, textResult } from "./scenario.ts";

const orders = csvResult(
  [
    { name: "id", type: "bigint" },
    { name: "customer", type: "string" },
    { name: "amount", type: "decimal(10,2)" },
    { name: "ratio", type: "double" },
    { name: "paid", type: "boolean" },
    { name: "ordered_at", type: "datetime" },
    { name: "note", type: "string" },
  ],
  [
    [1, "Ann", 12.5, 0.25, true, "2026-11-20 08:15:00", null],
    [2, 'Bob "the builder"', 1999.99, 1, false, "2026-11-20 09:00:01", "two words, one comma"],
    [3, "Çelik", 0, -0.5, true, "2026-11-21 00:00:00", "first line\nsecond line"],
    [4, "", 7, null, null, null, "\\N is not always NULL"],
    [9_007_199_254, "王小明", 3, 2.5, false, "2026-11-21 23:59:59", "<b>&amp;</b>"],
  ],
);

const success: Scenario = {
  seeded: true,
  startedAgoMs: minutes(30),
  sql: "SELECT id, customer, amount, ratio, paid, ordered_at, note FROM orders LIMIT 5;",
  plan: () => oneSqlTask({ lasts: 40, stages: mapAndReduce, result: orders }),
  jobName: "daily_orders",
};

const text: Scenario = {
  seeded: true,
  startedAgoMs: minutes(55),
  sql: "DESC orders;",
  plan: () =>
    oneSqlTask({
      lasts: 2,
      result: textResult(
        "+------------------------------------+\n| Owner: ALIYUN$alice@example.com    |\n+------------------------------------+\n" +
          "| Field      | Type       | Comment  |\n| id         | bigint     |          |\n| customer   | string     | who paid |\n",
      ),
    }),
};

const noResult: Scenario = {
  seeded: true,
  startedAgoMs: minutes(50),
  sql: "CREATE TABLE IF NOT EXISTS orders_copy LIKE orders;",
  plan: () => oneSqlTask({ lasts: 3 }),
  owner: "ALIYUN$bob@example.com",
};

const medium: Scenario = {
  seeded: true,
  startedAgoMs: minutes(44),
  sql: "SELECT id, name, score FROM players LIMIT 300;",
  plan: () =>
    oneSqlTask({
      lasts: 40,
      stages: mapAndReduce,
      result: csvResult(
        [
          { name: "id", type: "bigint" },
          { name: "name", type: "string" },
          { name: "score", type: "double" },
        ],
        Array.from({ length: 300 }, (_, row) => [row + 1, `player ${row + 1}`, (row * 37) % 101]),
      ),
    }),
};

const wide: Scenario = {
  seeded: true,
  startedAgoMs: minutes(40),
  sql: "SELECT * FROM features LIMIT 3;",
  plan: () =>
    oneSqlTask({
      lasts: 5,
      warnings: [
        "WARNING:[1,15] features has 30 columns: name those you need",
        "WARNING:[1,15] no partition filter: all partitions of demo_project.features are read",
      ],
      result: csvResult(
        Array.from({ length: 30 }, (_, column) => ({ name: `feature_${column + 1}`, type: "bigint" })),
        [1, 2, 3].map((row) => Array.from({ length: 30 }, (_, column) => row * 100 + column)),
      ),
    }),
};

const twoTasks: Scenario = {
  seeded: true,
  startedAgoMs: minutes(35),
  sql: "INSERT OVERWRITE TABLE report SELECT count(*) FROM orders;",
  plan: () => ({
    queuedMs: seconds(1),
    tasks: [
      sqlTask({ name: "prepare", lasts: 10, result: textResult("prepared 3 partitions\n") }),
      sqlTask({
        name: "report",
        startsAt: 10,
        lasts: 5,
        endsAs: "Failed",
        result: textResult("ODPS-0130071:[1,32] Semantic analysis exception - column amounts cannot be resolved"),
      }),
    ],
  }),
};

const irisColumns = ["sepallength", "sepalwidth", "petallength", "petalwidth"].map((name) => ({ name, type: "double" }));
const iris: ResultPlan = {
  ...csvResult([...irisColumns, { name: "name", type: "string" }], [[4.9, 3, 1.4, 0.2, "Iris-setosa"]]),
  // Written out, because the number 3 has lost its zero.
  text: '"sepallength","sepalwidth","petallength","petalwidth","name"\n4.9,3.0,1.4,0.2,"Iris-setosa"\n',
};

/** The instance whose progress line is printed in the PyODPS documentation (protocol section 7.2). */
const documented: Scenario = {
  seeded: true,
  fixed: { id: "20160519101349613gzbzufck2", startedAt: Date.UTC(2016, 4, 19, 10, 13, 49) },
  sql: "select * from pyodps_iris limit 1;",
  plan: () => ({
    queuedMs: 0,
    tasks: [
      sqlTask({
        lasts: 14,
        stages: [stage({ name: "M1_Stg1_job0", workers: 1, from: 0, to: 14, inputRecords: 1, outputRecords: 1 })],
        result: iris,
      }),
    ],
  }),
};

export const finished = { success, text, no_result: noResult, large, wide, two_tasks: twoTasks, document: documented };

// After all others, whose ids hang on their place.
export const later = { medium };
