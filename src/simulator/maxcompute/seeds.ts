import { instanceId, suffixFor } from "./ids.ts";
import type { InstanceRecord } from "./record.ts";
import { scenarioNamed, scenarios } from "./scenarios/index.ts";

// The date in a seed's id never changes, so that ids can be written down; when it started is another matter.
const seedDate = Date.UTC(2026, 10, 22, 8, 0, 0, 101);

/** The names of the scenarios every simulator starts with. */
export const seededNames: readonly string[] = [...scenarios].filter(([, { seeded }]) => seeded).map(([name]) => name);

/** The id of a seeded instance: the same for the same `seed`, in every process. */
export const seedId = (seed: string, name: string): string =>
  scenarioNamed(name).fixed?.id ?? instanceId(seedDate + seededNames.indexOf(name) * 1_001, suffixFor(`${seed} ${name}`));

export type StartOptions = {
  readonly owner?: string;
  readonly quota?: string;
  readonly jobName?: string;
  readonly priority?: number;
  readonly sql?: string;
  /** Epoch milliseconds. */
  readonly startedAt?: number;
  /** Length of the running part. */
  readonly durationMs?: number;
  /** Rows of the result, for a scenario that takes a number of them. */
  readonly rows?: number;
};

type Identity = { readonly id: string; readonly project: string; readonly caller: string; readonly startedAt: number };

/** The record of a scenario's instance, with the scenario's own values where `options` says nothing. */
export const recordOf = (
  name: string,
  { id, project, caller, startedAt }: Identity,
  options: StartOptions = {},
): InstanceRecord => {
  const scenario = scenarioNamed(name);
  if (options.rows !== undefined && scenario.takesRows !== true) throw new Error(`The scenario ${name} takes no number of rows`);
  return {
    id,
    project,
    scenario: name,
    owner: options.owner ?? scenario.owner ?? caller,
    quota: options.quota ?? scenario.quota ?? "default",
    jobName: options.jobName ?? scenario.jobName ?? "",
    priority: options.priority ?? scenario.priority ?? 9,
    sql: options.sql ?? scenario.sql,
    startedAt: options.startedAt ?? startedAt,
    ...(options.durationMs !== undefined && { durationMs: options.durationMs }),
    ...(options.rows !== undefined && { rows: options.rows }),
  };
};

/** The instances a simulator that starts at `now` begins with. */
export const seedRecords = (seed: string, project: string, caller: string, now: number): readonly InstanceRecord[] =>
  seededNames.map((name) => {
    const { fixed, startedAgoMs = 0 } = scenarioNamed(name);
    return recordOf(name, { id: seedId(seed, name), project, caller, startedAt: fixed?.startedAt ?? now - startedAgoMs });
  });
