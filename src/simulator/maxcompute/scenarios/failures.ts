import { causes } from "./causes.ts";
import { minutes, oneSqlTask, type Scenario, stage, textResult } from "./scenario.ts";
import { parseException } from "./syntax-error.ts";

const oneStage = (workers: number, to: number) => [
  stage({ name: "M1_Stg1", workers, from: 0, to, inputRecords: 1_000_000, outputRecords: 1_000_000, backups: 1 }),
];

const failed: Scenario = {
  seeded: true,
  startedAgoMs: minutes(25),
  sql: "SELECT * FROM nope;",
  plan: () =>
    oneSqlTask({
      lasts: 2,
      endsAs: "Failed",
      result: textResult("ODPS-0130131:[1,15] Table not found - table demo_project.nope cannot be resolved"),
    }),
};

const syntax: Scenario = {
  seeded: true,
  startedAgoMs: minutes(24),
  sql: "SELEC 1;",
  plan: (sql) => oneSqlTask({ lasts: 1, endsAs: "Failed", result: textResult(parseException(sql)) }),
};

const oom: Scenario = {
  seeded: true,
  startedAgoMs: minutes(60),
  sql: "SELECT /*+ mapjoin(b) */ a.id FROM big a JOIN bigger b ON a.id = b.id;",
  plan: () =>
    oneSqlTask({
      lasts: 600,
      endsAs: "Failed",
      stages: oneStage(64, 900),
      result: textResult(
        "ODPS-0123144: Fuxi job failed - WorkerRestart errCode:9,errMsg:SigKill(OOM), usually caused by OOM(out of memory): " +
          "memory exceeded at M1_Stg1, limit 1024 MB",
      ),
    }),
  quota: "batch_quota",
  jobName: "nightly_join",
};

const failing: Scenario = {
  seeded: true,
  sql: "INSERT INTO TABLE orders SELECT bad_udf(id) FROM orders_in;",
  plan: () =>
    oneSqlTask({
      lasts: 19,
      endsAs: "Failed",
      stages: oneStage(10, 30),
      result: textResult(
        "ODPS-0123055:User script exception - Traceback (most recent call last): ValueError: bad row in bad_udf",
      ),
    }),
};

const cancelled: Scenario = {
  seeded: true,
  startedAgoMs: minutes(90),
  sql: "SELECT count(*) FROM events;",
  plan: () => oneSqlTask({ lasts: 120, endsAs: "Cancelled", stages: oneStage(20, 600) }),
  owner: "ALIYUN$bob@example.com",
};

const denied: Scenario = {
  seeded: true,
  startedAgoMs: minutes(15),
  sql: "SELECT * FROM salaries;",
  plan: () => ({ ...oneSqlTask({ lasts: 30 }), denied: true }),
  owner: "ALIYUN$carol@example.com",
};

export const failures = { failed, syntax, oom, failing, cancelled, denied, ...causes };
