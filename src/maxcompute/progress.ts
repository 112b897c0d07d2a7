import { MaxComputeError } from "./errors.ts";
import type { StageProgress, TaskProgress } from "./instance.ts";

const localTime = (at: number, timeZone: string): string => {
  try {
    // Swedish writes "2026-11-22 18:04:09", which is the protocol's own form.
    return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone }).format(at);
  } catch (cause) {
    throw new MaxComputeError("invalid", "Not a time, or not a time zone", { cause });
  }
};

/** The reference client prints Python's None for a number the service left out; lines are compared and parsed by people's scripts. */
const orNone = (count: number | undefined): string => (count === undefined ? "None" : String(count));

const formatStage = (stage: StageProgress): string => {
  const { name, runningWorkers, terminatedWorkers, totalWorkers, backupWorkers = 0, finishedPercentage } = stage;
  const backups = backupWorkers > 0 ? `(+${backupWorkers} backups)` : "";
  return `${name}:${orNone(runningWorkers)}/${orNone(terminatedWorkers)}/${orNone(totalWorkers)}${backups}[${orNone(finishedPercentage)}%]\t`;
};

/**
 * The documented progress line (protocol section 7.2), with a TAB after every stage, the last one too:
 * `20160519101349613gzbzufck2 2016-05-19 18:14:03 M1_Stg1_job0:0/1/1[100%]`. `now` is epoch milliseconds, `timeZone` an IANA name.
 * Throws "invalid" for an unknown time zone.
 */
export function formatProgress(instanceId: string, progress: TaskProgress, now: number, timeZone = "UTC"): string {
  return `${instanceId} ${localTime(now, timeZone)} ${progress.stages.map(formatStage).join("")}`;
}

const clampPercent = (percent: number): number => Math.min(100, Math.max(0, percent));

/**
 * How much is done, 0 to 100, weighted by workers: terminated of total, over all stages that tell both. Where none does, the mean of the
 * stages' own percentages; undefined when there is nothing to go by.
 */
export function percentDone({ stages }: TaskProgress): number | undefined {
  let total = 0;
  let terminated = 0;
  for (const { totalWorkers, terminatedWorkers } of stages) {
    if (totalWorkers === undefined || terminatedWorkers === undefined) continue;
    total += totalWorkers;
    terminated += terminatedWorkers;
  }
  if (total > 0) return clampPercent((terminated / total) * 100);
  const percentages = stages.flatMap((stage) => stage.finishedPercentage ?? []);
  if (percentages.length === 0) return undefined;
  return clampPercent(percentages.reduce((sum, percent) => sum + percent, 0) / percentages.length);
}
