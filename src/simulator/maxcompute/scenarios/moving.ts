import { csvResult } from "./csv.ts";
import { minutes, oneSqlTask, type Scenario, seconds, sqlTask, stage } from "./scenario.ts";

const countResult = csvResult([{ name: "count", type: "bigint" }], [[42]]);

const joinStages = [
  stage({ name: "M1", workers: 40, from: 0, to: 300, inputRecords: 8_000_000, outputRecords: 6_500_000, backups: 2 }),
  stage({ name: "M2", workers: 120, from: 0, to: 540, inputRecords: 91_000_000, outputRecords: 30_000_000, backups: 5 }),
  stage({ name: "J3_1_2", workers: 64, from: 540, to: 1_140, inputRecords: 36_500_000, outputRecords: 2_400_000, backups: 3 }),
  stage({ name: "R4_3", workers: 16, from: 1_140, to: 1_499, inputRecords: 2_400_000, outputRecords: 1_200 }),
];

/** 25 minutes from submission to success: long enough to watch, its four stages at different speeds. */
const running: Scenario = {
  seeded: true,
  sql: "SELECT o.region, count(*) FROM orders o JOIN events e ON o.id = e.order_id GROUP BY o.region;",
  plan: () => oneSqlTask({ lasts: 1_499, stages: joinStages, result: countResult }),
  jobName: "region_report",
};

const short: Scenario = {
  seeded: true,
  sql: "SELECT count(*) FROM orders;",
  plan: () =>
    oneSqlTask({
      lasts: 29,
      stages: [
        stage({ name: "M1", workers: 4, from: 0, to: 18, inputRecords: 20_000, outputRecords: 4, backups: 1 }),
        stage({ name: "R2_1", workers: 1, from: 18, to: 29, inputRecords: 4, outputRecords: 1 }),
      ],
      result: countResult,
    }),
};

const queued: Scenario = {
  seeded: true,
  sql: "SELECT max(id) FROM orders;",
  plan: () => ({
    queuedMs: minutes(30),
    queue: { position: 3, length: 7 },
    tasks: [
      sqlTask({
        lasts: 300,
        stages: [stage({ name: "M1", workers: 10, from: 0, to: 300, inputRecords: 50_000, outputRecords: 10 })],
        result: countResult,
      }),
    ],
  }),
  quota: "batch_quota",
  priority: 5,
};

const suspended: Scenario = {
  seeded: true,
  startedAgoMs: minutes(10),
  sql: "SELECT min(id) FROM orders;",
  plan: () => ({
    ...oneSqlTask({
      lasts: 600,
      stages: [stage({ name: "M1", workers: 12, from: 0, to: 600, inputRecords: 60_000, outputRecords: 12 })],
    }),
    suspendAfterMs: seconds(61),
  }),
  owner: "ALIYUN$bob@example.com",
};

export const moving = { running, short, queued, suspended };
