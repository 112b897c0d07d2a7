// What is remembered of the earlier runs of a job: how they ended, and how long they took.
import * as z from "zod/mini";
import { Outcome } from "./announcement.ts";
import type { Streak } from "./failure.ts";

const Run = z.object({
  instanceId: z.string(),
  outcome: Outcome,
  endedAt: z.number(),
  durationMs: z.optional(z.number()),
  code: z.optional(z.string()),
});
export type Run = z.infer<typeof Run>;

/** Newest first. */
export const History = z.object({ schema: z.literal(1), job: z.string(), runs: z.array(Run) });
export type History = z.infer<typeof History>;

/** A month of a daily job, with its repetitions. */
const mostRuns = 60;
/** With fewer there is no percentile worth the name. */
const leastRuns = 5;

/** What makes two runs the same job: a project of the same name on another connection has others. */
export const jobOf = (groupId: string, jobName: string): string => `${groupId}/${jobName}`;
/** What makes two failures the same failure. */
export const fingerprintOf = (job: string, code: string | undefined): string => `${job}/${code ?? "no code"}`;

/** The history with one run more; the same history when the run is in it. */
export function withRun(history: History, run: Run): History {
  if (history.runs.some(({ instanceId }) => instanceId === run.instanceId)) return history;
  const runs = [...history.runs, run].sort((a, b) => b.endedAt - a.endedAt || (a.instanceId < b.instanceId ? 1 : -1));
  return { ...history, runs: runs.slice(0, mostRuns) };
}

/** "3rd failure in a row, last OK 21 Nov": of runs that succeeded or failed, up to and with this one. One that was stopped says nothing. */
export function streakOf({ job, runs }: History, run: Run): Streak {
  const earlier = runs.filter(({ instanceId, endedAt }) => instanceId !== run.instanceId && endedAt <= run.endedAt);
  const told = [run, ...earlier].filter(({ outcome }) => outcome === "success" || outcome === "failed");
  const lastOk = told.find(({ outcome }) => outcome === "success");
  const failures = lastOk === undefined ? told : told.slice(0, told.indexOf(lastOk));
  const fingerprint = fingerprintOf(job, run.code);
  const firstOther = failures.findIndex(({ code }) => fingerprintOf(job, code) !== fingerprint);
  return {
    failuresInRow: failures.length,
    sameError: firstOther === -1 ? failures.length : firstOther,
    ...(lastOk === undefined ? {} : { lastOkAt: lastOk.endedAt }),
  };
}

/** How long 9 of 10 successful runs took at most, ms; undefined while there are too few of them. */
export function p90Of({ runs }: History): number | undefined {
  const took = runs.flatMap(({ outcome, durationMs }) => (outcome === "success" && durationMs !== undefined ? [durationMs] : []));
  if (took.length < leastRuns) return undefined;
  return took.sort((a, b) => a - b)[Math.ceil(took.length * 0.9) - 1];
}
