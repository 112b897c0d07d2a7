import type { Flow } from "../flow.ts";
import type { Plan, ResultPlan, StagePlan, TaskEnding, TaskPlan } from "../plan.ts";

/** One named kind of instance. `plan` may look at the statement and at a number of rows; it must not look at anything else. */
export type Scenario = {
  readonly sql: string;
  readonly plan: (sql: string, rows?: number) => Plan;
  /** Whether a number of rows can be asked for. */
  readonly takesRows?: boolean;
  /** Every simulator starts with one instance of each seeded scenario. */
  readonly seeded: boolean;
  /** How long before the simulator the seeded instance started, milliseconds. */
  readonly startedAgoMs?: number;
  /** A fixed id and start (epoch milliseconds) instead, for the instance of the published documentation. */
  readonly fixed?: { readonly id: string; readonly startedAt: number };
  readonly owner?: string;
  readonly quota?: string;
  readonly jobName?: string;
  readonly priority?: number;
  /** What runs below it, when it is an XFlow; `plan` then only says what it would do by itself. */
  readonly flow?: Flow;
};

export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => count * 60_000;

export const sqlTaskName = "AnonymousSQLTask";

export const noResult: ResultPlan = { format: "text", text: "", base64: true };

/** Text results travel as Base64, as the service sends them (protocol section 7.1). */
export const textResult = (text: string): ResultPlan => ({ format: "text", text, base64: true });

type Stage = Omit<StagePlan, "fromMs" | "toMs"> & { readonly from: number; readonly to: number };

/** A stage whose times are given in seconds. */
export const stage = ({ from, to, ...rest }: Stage): StagePlan => ({ ...rest, fromMs: seconds(from), toMs: seconds(to) });

/** The stages of an ordinary SELECT. */
export const mapAndReduce = [
  stage({ name: "M1_Stg1", workers: 8, from: 0, to: 25, inputRecords: 120_000, outputRecords: 4_200 }),
  stage({ name: "R2_1_Stg2", workers: 2, from: 25, to: 40, inputRecords: 4_200, outputRecords: 5 }),
];

type SqlTask = {
  readonly lasts: number;
  readonly endsAs?: TaskEnding;
  readonly stages?: readonly StagePlan[];
  readonly result?: ResultPlan;
  readonly name?: string;
  readonly startsAt?: number;
  readonly warnings?: readonly string[];
  readonly stderr?: string;
};

/** A SQL task whose times are given in seconds. */
export const sqlTask = ({
  lasts,
  endsAs = "Success",
  stages = [],
  result = noResult,
  name = sqlTaskName,
  startsAt = 0,
  ...rest
}: SqlTask): TaskPlan => ({
  name,
  type: "SQL",
  startsAtMs: seconds(startsAt),
  durationMs: seconds(lasts),
  endsAs,
  stages,
  result,
  ...rest,
});

/** A plan of one SQL task that waits a second for its quota. */
export const oneSqlTask = (task: SqlTask): Plan => ({ queuedMs: seconds(1), tasks: [sqlTask(task)] });
