// MaxCompute for a laptop, on a port of its own, with a way for the page to start instances and make it misbehave.

import type { MaxComputeSettings } from "../config.ts";
import { Secret } from "../config.ts";
import type { Fault } from "../simulator/maxcompute/index.ts";
import { startMaxComputeSimulator } from "../simulator/maxcompute/index.ts";
import type { MaxComputeFault, Scenarios } from "./workbench/scenarios.ts";

type Options = { readonly port: number; readonly stateFile: string };

export type SimulatedMaxCompute = {
  readonly settings: MaxComputeSettings;
  readonly scenarios: Scenarios;
  close(): Promise<void>;
};

/** What the page says of each scenario. One that is not here is not offered: it is for tests. */
const summaries: Readonly<Record<string, string>> = {
  running: "runs for 25 minutes, in four stages of different speed",
  short: "succeeds after half a minute",
  failing: "fails after 20 seconds",
  queued: "waits long before it runs",
  suspended: "is suspended",
  success: "has succeeded, with a table as its result",
  medium: "has succeeded, with 300 rows",
  large: "has succeeded, with a million rows",
  types: "has succeeded, with a value of every type",
  wide: "has succeeded, with 30 columns",
  text: "has succeeded, with a text as its result",
  no_result: "has succeeded, without a result",
  failed: "has failed: a table is missing",
  syntax: "has failed: a syntax error",
  oom: "has failed: out of memory",
  two_tasks: "two tasks, of which one has failed",
  cancelled: "has been killed by somebody",
  user_script: "has failed: a Python function threw, with a long stack trace",
  user_script_java: "has failed: a Java function threw, with a long stack trace",
  data_skew: "has failed: one worker had most of the data and ran out of time",
  data_skew_running: "runs for an hour: one worker has most of the data",
  no_permission: "has failed: no permission to read a table",
  unknown_error: "has failed with a text that has no error code",
  denied: "nobody may read it",
  xflow: "a PAI flow that has succeeded, with a workflow inside",
  xflow_running: "a PAI flow that starts one instance after the other for 16 minutes",
  xflow_failed: "a PAI flow that has failed: one of its nodes failed",
  hostile: "names and errors that try to break the message",
};

const asFault = (fault: MaxComputeFault): Fault => {
  const scope = {
    ...(fault.times === undefined ? {} : { times: fault.times }),
    ...(fault.tunnel === undefined ? {} : { tunnel: fault.tunnel }),
  };
  switch (fault.kind) {
    case "slow":
      return { kind: "latency", ms: fault.ms, ...scope };
    case "http":
      return { kind: "status", status: fault.status, ...scope };
    case "throttled":
      return { kind: "throttle", retryAfter: fault.retryAfterSeconds, ...scope };
    case "conflict":
      return { kind: "conflict", retryAfter: fault.retryAfterSeconds, ...scope };
    case "unreachable":
      return { kind: "cut", at: "before", ...scope };
    case "stream":
      return { kind: "stream", spoil: fault.spoil, ...scope };
    default:
      return fault satisfies never;
  }
};

const numberOf = (value: string | number | boolean | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

/** Starts it on a port of its own. Throws when the port is taken. */
export async function openSimulatedMaxCompute({ port, stateFile }: Options): Promise<SimulatedMaxCompute> {
  const simulator = await startMaxComputeSimulator({ port, stateFile });
  // After a night in the drawer everything has ended: a newcomer who starts it again finds something running.
  if (!simulator.list().some(({ status }) => status === "Running"))
    for (const name of ["running", "queued"]) simulator.start(name);
  const { endpoint, project, accessId, accessKey, region } = simulator;
  return {
    settings: { endpoint, project, accessId, accessKey: new Secret(accessKey), region },
    scenarios: {
      names: () =>
        simulator.scenarios.flatMap((name) => (summaries[name] === undefined ? [] : [{ name, summary: summaries[name] }])),
      start(scenario, { seconds, owner, rows }) {
        const lasts = numberOf(seconds);
        if (lasts !== undefined && !(lasts > 0 && lasts <= 86_400)) throw new Error("seconds must be a number from 1 to 86400");
        const count = numberOf(rows);
        return simulator.start(scenario, {
          ...(lasts === undefined ? {} : { durationMs: lasts * 1_000 }),
          ...(owner === undefined ? {} : { owner: String(owner) }),
          ...(count === undefined ? {} : { rows: count }),
        });
      },
      instances: () => simulator.list(),
      fault: (fault) => simulator.fault(asFault(fault)),
      clearFaults: () => simulator.clearFaults(),
    },
    close: () => simulator.close(),
  };
}

/** What the page gets when the bot talks to a real MaxCompute: nothing to start, nothing to break. */
export const noScenarios: Scenarios = {
  names: () => [],
  start: () => {
    throw new Error("this bot talks to a real MaxCompute: nothing is simulated");
  },
  instances: () => [],
  fault: () => {
    throw new Error("this bot talks to a real MaxCompute: nothing is simulated");
  },
  clearFaults: () => undefined,
};
