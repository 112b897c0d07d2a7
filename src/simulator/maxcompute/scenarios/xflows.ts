import type { Flow, FlowNode } from "../flow.ts";
import { familyOf } from "../flow-members.ts";
import type { ResultPlan, StagePlan, TaskEnding } from "../plan.ts";
import { csvResult } from "./csv.ts";
import { minutes, noResult, oneSqlTask, type Scenario, seconds, sqlTask, stage, textResult } from "./scenario.ts";

type Step = {
  readonly name: string;
  readonly from: number;
  readonly lasts: number;
  readonly endsAs?: TaskEnding;
  readonly result?: ResultPlan;
};

const workers = (count: number, to: number): readonly StagePlan[] => [
  stage({ name: "M1", workers: count, from: 0, to, inputRecords: count * 25_000, outputRecords: count * 400 }),
];

/** A node that runs a statement; times in seconds. */
const sqlNode = ({ name, from, lasts, sql, result = noResult }: Step & { readonly sql: string }): FlowNode => ({
  kind: "Instance",
  name,
  fromMs: seconds(from),
  sql,
  plan: oneSqlTask({ lasts, result, stages: workers(8, lasts) }),
});

/** A node that runs an algorithm of PAI; times in seconds. */
const algorithmNode = ({ name, from, lasts, endsAs = "Success", result = noResult }: Step): FlowNode => ({
  kind: "Instance",
  name,
  fromMs: seconds(from),
  sql: `PAI -name ${name} -project algo_public;`,
  plan: {
    queuedMs: seconds(2),
    tasks: [{ ...sqlTask({ name, lasts, endsAs, result, stages: workers(12, lasts) }), type: "AlgoTask" }],
  },
});

const subWorkflow = (name: string, from: number, nodes: readonly FlowNode[]): FlowNode => ({
  kind: "SubWorkflow",
  name,
  fromMs: seconds(from),
  nodes,
});

const parameters = [
  ["inputTableName", "demo_project.orders"],
  ["outputTableName", "demo_project.order_scores"],
  ["modelName", "demo_project/offlinemodels/order_model"],
] as const;

const split = { name: "split_data", from: 5, lasts: 60, sql: "INSERT OVERWRITE TABLE orders_train SELECT * FROM orders;" };
const evaluate = {
  name: "evaluate",
  lasts: 40,
  sql: "SELECT auc, f1 FROM order_metrics;",
  result: csvResult(
    [
      { name: "auc", type: "double" },
      { name: "f1", type: "double" },
    ],
    [[0.914, 0.872]],
  ),
};

const pipeline = (name: string, nodes: readonly FlowNode[]): Flow => ({ name, parameters, nodes });

const finished = pipeline("order_pipeline", [
  sqlNode(split),
  subWorkflow("tune", 70, [
    algorithmNode({ name: "train_depth_4", from: 2, lasts: 120 }),
    algorithmNode({ name: "train_depth_8", from: 2, lasts: 180 }),
    sqlNode({ name: "choose_best", from: 190, lasts: 20, sql: "SELECT depth FROM trials ORDER BY auc DESC LIMIT 1;" }),
  ]),
  algorithmNode({ name: "predict", from: 300, lasts: 90 }),
  sqlNode({ ...evaluate, from: 395 }),
]);

/** Its last node begins after twelve minutes. */
const growing = pipeline("order_pipeline", [
  sqlNode(split),
  algorithmNode({ name: "features", from: 70, lasts: 200 }),
  subWorkflow("tune", 300, [
    algorithmNode({ name: "train_depth_4", from: 5, lasts: 150 }),
    algorithmNode({ name: "train_depth_8", from: 60, lasts: 220 }),
    sqlNode({ name: "choose_best", from: 290, lasts: 30, sql: "SELECT depth FROM trials ORDER BY auc DESC LIMIT 1;" }),
  ]),
  algorithmNode({ name: "predict", from: 630, lasts: 80 }),
  sqlNode({ ...evaluate, from: 720, lasts: 240 }),
]);

const breaking = pipeline("order_pipeline", [
  sqlNode(split),
  algorithmNode({
    name: "train",
    from: 70,
    lasts: 45,
    endsAs: "Failed",
    result: textResult(
      "ODPS-1202005:Algo job failed - system error: label column is_late has only one value, nothing can be learned",
    ),
  }),
  algorithmNode({ name: "features", from: 72, lasts: 300 }),
  algorithmNode({ name: "predict", from: 380, lasts: 90 }),
]);

const xflow = (flow: Flow, startedAgoMs: number): Scenario => ({
  seeded: true,
  startedAgoMs,
  sql: "",
  jobName: flow.name,
  plan: () => familyOf(blank, flow).plan,
  flow,
});

/** A record that says nothing: what a flow does when nobody interferes. */
const blank = {
  id: "20261122000000000gxxxxxxxx",
  project: "",
  scenario: "",
  owner: "",
  quota: "",
  jobName: "",
  priority: 9,
  sql: "",
  startedAt: 0,
};

export const xflows = {
  xflow: xflow(finished, minutes(120)),
  xflow_running: xflow(growing, 0),
  xflow_failed: xflow(breaking, minutes(100)),
};
