import type { Plan } from "../plan.ts";
import { estimateCost } from "./cost-estimate.ts";
import { csvResult } from "./csv.ts";
import { failures } from "./failures.ts";
import { scenarioForSql } from "./from-sql.ts";
import { oneSqlTask, type Scenario, seconds, sqlTask, stage, textResult } from "./scenario.ts";

// A comment in between may ask the simulator for something.
const literal = /^\s*select\s+(?:\/\*[^*]*\*\/\s*)?(-?\d+)\s*;?\s*$/i;

const selectStages = [
  stage({ name: "M1_Stg1", workers: 2, from: 0, to: 3, inputRecords: 100, outputRecords: 2 }),
  stage({ name: "R2_1_Stg2", workers: 1, from: 3, to: 5, inputRecords: 2, outputRecords: 1 }),
];

/** A submitted SELECT: `select <number>` answers that number, anything else one made-up row. */
const select: Scenario = {
  seeded: false,
  sql: "SELECT 1;",
  plan: (sql) =>
    oneSqlTask({
      lasts: 5,
      stages: selectStages,
      result: csvResult([{ name: "_c0", type: "bigint" }], [[Number(literal.exec(sql)?.[1] ?? 1)]]),
    }),
};

const tableAfterFrom = /\bfrom\s+([\w.]+)/i;

/** `select * from nope`: the message names the table and where it stands in the statement. */
const missingTable: Scenario = {
  ...failures.failed,
  seeded: false,
  plan: (sql) => {
    const found = tableAfterFrom.exec(sql);
    const table = found?.[1] ?? "nope";
    const column = (found?.index ?? 0) + (found?.[0].length ?? 0) - table.length + 1;
    const bare = table.split(".").at(-1);
    const message = `ODPS-0130131:[1,${column}] Table not found - table demo_project.${bare} cannot be resolved`;
    return oneSqlTask({ lasts: 2, endsAs: "Failed", result: textResult(message) });
  },
};

const costTask = { lasts: 1, name: "AnonymousSQLCostTask" };

const costPlan = (sql: string): Plan => {
  const scenario = scenarioForSql(sql, () => false);
  // What cannot be compiled cannot be estimated either.
  if (scenario === "missing_table") return missingTable.plan(sql);
  if (scenario === "syntax") return failures.syntax.plan(sql);
  return {
    queuedMs: seconds(1),
    tasks: [sqlTask({ ...costTask, result: textResult(JSON.stringify({ Cost: { SQL: estimateCost(sql) ?? {} } })) })],
  };
};

/** A cost estimate (protocol section 11): the result is JSON, bytes of input, user functions and a complexity. */
const cost: Scenario = {
  seeded: false,
  sql: "SELECT 1;",
  plan: (sql) => {
    const plan = costPlan(sql);
    return { ...plan, tasks: plan.tasks.map((task) => ({ ...task, type: "SQLCost" })) };
  },
};

export const submitted = { select, missing_table: missingTable, cost };
