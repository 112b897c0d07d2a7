import type { StagePlan } from "../plan.ts";
import { minutes, oneSqlTask, type Scenario, stage, textResult } from "./scenario.ts";
import { javaTrace, pythonTrace } from "./stack-traces.ts";

const mapStage = (workers: number, to: number): readonly StagePlan[] => [
  stage({ name: "M1", workers, from: 0, to, inputRecords: workers * 50_000, outputRecords: workers * 50_000 }),
];

/** A statement whose user function throws: the whole trace is in the result, and in the stderr of the worker it happened in. */
const userScript = (sql: string, trace: string, startedAgoMs: number): Scenario => ({
  seeded: false,
  startedAgoMs,
  sql,
  plan: () =>
    oneSqlTask({
      lasts: 25,
      endsAs: "Failed",
      stages: mapStage(12, 60),
      result: textResult(`ODPS-0123055:User script exception - ${trace}`),
      stderr: trace,
    }),
});

/** After the maps, one worker of the reduce has eighty times the rows of the others. */
const skewedStages = (reduceTo: number): readonly StagePlan[] => [
  stage({ name: "M1", workers: 60, from: 0, to: 90, inputRecords: 48_000_000, outputRecords: 48_000_000 }),
  stage({ name: "R2_1", workers: 100, from: 90, to: reduceTo, inputRecords: 48_000_000, outputRecords: 200, skew: 80 }),
];

const skewSql = "INSERT OVERWRITE TABLE by_seller SELECT seller_id, count(DISTINCT buyer_id) FROM orders GROUP BY seller_id;";

const skewRunning: Scenario = {
  seeded: false,
  startedAgoMs: minutes(12),
  sql: skewSql,
  plan: () => oneSqlTask({ lasts: 3_600, stages: skewedStages(3_600) }),
  jobName: "by_seller",
};

const skewFailed: Scenario = {
  seeded: false,
  startedAgoMs: minutes(80),
  sql: skewSql,
  plan: () =>
    oneSqlTask({
      lasts: 1_890,
      endsAs: "Failed",
      stages: skewedStages(3_600),
      result: textResult(
        "ODPS-0123144: Fuxi job failed - kInstanceMonitorTimeout(errCode:252) at Odps/demo_project_SQL_0_1_0_job_0/R2_1@R2_1#33. " +
          "Detail error msg: CRASH_EXIT, usually caused by bad udf performance.",
      ),
    }),
  jobName: "by_seller",
};

const noPermission: Scenario = {
  seeded: false,
  startedAgoMs: minutes(11),
  sql: "SELECT name, salary FROM salaries;",
  plan: () =>
    oneSqlTask({
      lasts: 1,
      endsAs: "Failed",
      result: textResult(
        "ODPS-0130013:Authorization exception - Authorization Failed [4019], You have NO privilege 'odps:Select' on " +
          "{acs:odps:*:projects/demo_project/tables/salaries}. Deny as default for Resource. " +
          "Context ID:75408fc1-bb8e-4750-85fa-84becff67533. --->Tips: CurrentProject:demo_project; Principal:ALIYUN$alice@example.com",
      ),
    }),
};

const unknownError: Scenario = {
  seeded: false,
  startedAgoMs: minutes(9),
  sql: "SELECT count(*) FROM orders;",
  plan: () =>
    oneSqlTask({
      lasts: 14,
      endsAs: "Failed",
      stages: mapStage(4, 30),
      result: textResult("the service was restarted while the job was running, please try again"),
    }),
};

/** Failures by what a person has to do about them. */
export const causes = {
  user_script: userScript("SELECT score_orders(payload) FROM orders;", pythonTrace(160), minutes(22)),
  user_script_java: userScript("SELECT score_orders_java(payload) FROM orders;", javaTrace(300), minutes(21)),
  data_skew: skewFailed,
  data_skew_running: skewRunning,
  no_permission: noPermission,
  unknown_error: unknownError,
};
