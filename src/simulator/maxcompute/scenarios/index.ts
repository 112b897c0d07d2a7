import { type Family, type FlowMember, familyOf } from "../flow-members.ts";
import { lasting, type Plan, scaled } from "../plan.ts";
import type { InstanceRecord } from "../record.ts";
import { failures } from "./failures.ts";
import { finished, later } from "./finished.ts";
import { hostiles } from "./hostile.ts";
import { moving } from "./moving.ts";
import type { Scenario } from "./scenario.ts";
import { submitted } from "./submitted.ts";
import { types } from "./types.ts";
import { xflows } from "./xflows.ts";

/** All scenarios by name, seeded ones in the order in which their ids are printed. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map<string, Scenario>(
  Object.entries({ ...finished, ...failures, ...moving, ...hostiles, ...submitted, ...types, ...later, ...xflows }),
);

export const scenarioNamed = (name: string): Scenario => {
  const scenario = scenarios.get(name);
  if (scenario !== undefined) return scenario;
  throw new Error(`There is no scenario ${JSON.stringify(name)}; known are ${[...scenarios.keys()].join(", ")}`);
};

const withTaskName = (plan: Plan, taskName: string | undefined): Plan => {
  if (taskName === undefined) return plan;
  const [first, ...others] = plan.tasks;
  return first === undefined ? plan : { ...plan, tasks: [{ ...first, name: taskName }, ...others] };
};

const noMembers: readonly FlowMember[] = [];

const makeFamily = (record: InstanceRecord): Family => {
  const { flow } = scenarioNamed(record.scenario);
  return flow === undefined ? { plan: sqlPlan(record), members: noMembers } : familyOf(record, flow);
};

const sqlPlan = (record: InstanceRecord): Plan => {
  const plan = withTaskName(scenarioNamed(record.scenario).plan(record.sql, record.rows), record.taskName);
  if (record.isSync === true) return scaled(plan, 0);
  return record.durationMs === undefined ? plan : lasting(plan, record.durationMs);
};

// A listing of ten thousand instances asks for ten thousand plans; records never change in place.
const families = new WeakMap<InstanceRecord, Family>();

const familyFor = (record: InstanceRecord): Family => {
  const family = families.get(record) ?? makeFamily(record);
  families.set(record, family);
  return family;
};

/** What a recorded instance is going to do. */
export const planOf = (record: InstanceRecord): Plan => familyFor(record).plan;

/** What a recorded instance is going to run below it: nothing, unless it is an XFlow. */
export const membersOf = (record: InstanceRecord): readonly FlowMember[] => familyFor(record).members;
