// Why an instance that has not ended takes its time: it stands in line, one worker has all the rows, or it simply works.
import type { QueueingInfo, StageProgress } from "../maxcompute/index.ts";
import type { Skew } from "./skew.ts";

export type Evidence = {
  readonly isSuspended: boolean;
  readonly queueing?: QueueingInfo | undefined;
  readonly skew?: Skew | undefined;
  readonly stages: readonly StageProgress[];
};

/** A sentence on what it does, and one on what to do. */
export type Explanation = { readonly cause: string; readonly next: string };

const skewWords = ({ stage, times, workers }: Skew): string =>
  `One of the ${workers} workers${stage === "" ? "" : ` of ${stage}`} reads ${times} times the median: the data is skewed`;

/** What one skewed worker means for a stage that waits for it, and for one that died of it. */
export const skewNext = "Find the key with most rows; a skew hint, or handling that key on its own, spreads it.";
export const skewCause = (skew: Skew): string => `${skewWords(skew)}.`;

const placeWords = ({ waitPosition = 0, queueLength }: QueueingInfo): string => {
  if (waitPosition < 1) return "";
  return queueLength === undefined ? ` at place ${waitPosition}` : ` at place ${waitPosition} of ${queueLength}`;
};

const hasBegun = (stages: readonly StageProgress[]): boolean =>
  stages.some(({ runningWorkers = 0, terminatedWorkers = 0 }) => runningWorkers + terminatedWorkers > 0);

const working = (stages: readonly StageProgress[]): string => {
  const stage =
    stages.find(({ runningWorkers = 0 }) => runningWorkers > 0) ??
    stages.find(({ finishedPercentage = 0 }) => finishedPercentage < 100);
  if (stage === undefined) return "It runs, and MaxCompute tells no more about it.";
  const { name, terminatedWorkers, totalWorkers } = stage;
  const done =
    terminatedWorkers === undefined || totalWorkers === undefined
      ? ""
      : `, ${terminatedWorkers} of its ${totalWorkers} workers are done`;
  return `It works on ${name}${done}, and nothing stands out.`;
};

export function explainSlowness({ isSuspended, queueing, skew, stages }: Evidence): Explanation {
  if (isSuspended) {
    return { cause: "MaxCompute has put it on hold.", next: "Ask the project's owner who suspended it, and why." };
  }
  const waits = (queueing?.waitPosition ?? 0) > 0;
  if (waits || (queueing !== undefined && !hasBegun(stages) && (queueing.subStatuses ?? []).length > 0)) {
    const priority = queueing?.priority === undefined ? "" : `, with priority ${queueing.priority} (0 is the highest)`;
    return {
      cause: `It waits for room in its quota${queueing === undefined ? "" : placeWords(queueing)}${priority}.`,
      next: "Wait, stop something less important, or ask the quota's owner for more.",
    };
  }
  if (skew !== undefined) return { cause: `${skewWords(skew)}, and its stage waits for it.`, next: skewNext };
  if (!hasBegun(stages)) {
    return { cause: "None of its workers has begun.", next: "Ask again in a minute; `queue` shows the line." };
  }
  return { cause: working(stages), next: "Wait; `progress` shows how far it is." };
}
