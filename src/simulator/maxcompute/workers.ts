import type { StagePlan, TaskEnding } from "./plan.ts";
import { fractionDone } from "./stage-progress.ts";
import { type Shift, shiftsOf, skewedWorker } from "./worker-shifts.ts";

/** One worker of a stage (protocol section 7.4). Times are milliseconds since its task started. */
export type Worker = {
  readonly index: number;
  readonly status: "Waiting" | "Running" | "Terminated" | "Failed" | "Cancelled";
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly inputRecords: number;
  readonly outputRecords: number;
};

// The service has bytes as well; a record's size is made up, but always the same.
export const inputBytesPerRecord = 64;
export const outputBytesPerRecord = 32;

const progressOf = ({ from, to }: Shift, fraction: number): number => {
  if (fraction >= to) return 1;
  return fraction <= from ? 0 : (fraction - from) / (to - from);
};

const statusOf = (hasEnded: boolean, isRunning: boolean, isCulprit: boolean, ended: TaskEnding | undefined): Worker["status"] => {
  if (hasEnded) return "Terminated";
  if (ended !== undefined) return isCulprit && ended === "Failed" ? "Failed" : "Cancelled";
  return isRunning ? "Running" : "Waiting";
};

/** The workers of a stage, `elapsedMs` after its task started. Of a failed task exactly one is to blame: the skewed one, or the first that ran. */
export const workersAt = (stage: StagePlan, elapsedMs: number, ended: TaskEnding | undefined): readonly Worker[] => {
  const fraction = fractionDone(stage, elapsedMs);
  const hasBegun = elapsedMs >= stage.fromMs;
  const shifts = shiftsOf(stage);
  const at = (part: number): number => stage.fromMs + part * (stage.toMs - stage.fromMs);
  const firstOpen = shifts.findIndex((shift) => progressOf(shift, fraction) < 1);
  const culprit = stage.skew === undefined ? firstOpen : skewedWorker(stage);
  return shifts.map((shift, index) => {
    const progress = progressOf(shift, fraction);
    const hasEnded = hasBegun && progress >= 1;
    const hasStarted = hasBegun && (hasEnded || fraction >= shift.from);
    return {
      index,
      status: statusOf(hasEnded, hasStarted, hasStarted && index === culprit, ended),
      ...(hasStarted && { startedMs: at(shift.from) }),
      ...(hasStarted && (hasEnded || ended !== undefined) && { endedMs: hasEnded ? at(shift.to) : elapsedMs }),
      inputRecords: Math.round(stage.inputRecords * shift.share * progress),
      outputRecords: Math.round(stage.outputRecords * shift.share * progress),
    };
  });
};
