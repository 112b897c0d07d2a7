import type { StagePlan } from "./plan.ts";

// A quota rarely runs all workers of a stage at once.
const concurrentShare = 0.4;

/** How many workers of a stage run at the same time. */
export const concurrency = (workers: number): number => Math.ceil(workers * concurrentShare);

/** When a worker runs, in fractions of its stage's time, and its share of the stage's records. */
export type Shift = { readonly from: number; readonly to: number; readonly share: number };

// Even where nothing is skewed no two workers read quite the same.
const weightOf = (index: number): number => 0.9 + ((index * 37) % 21) / 100;

/** The worker of a skewed stage that has most of the work. */
export const skewedWorker = ({ workers }: StagePlan): number => Math.floor(workers / 3);

/** Slots are taken in turn: a worker begins when the one so many places before it is done. */
const turn = (
  index: number,
  workers: number,
  slots: number,
  stretch: number,
): { readonly from: number; readonly to: number } => ({
  from: Math.max(0, index - slots + 1) / workers / stretch,
  to: (index + 1) / workers / stretch,
});

const evenShifts = ({ workers }: StagePlan): readonly Omit<Shift, "share">[] =>
  Array.from({ length: workers }, (_, index) => turn(index, workers, concurrency(workers), 1));

const skewedShifts = (stage: StagePlan, skew: number): readonly Omit<Shift, "share">[] => {
  const others = stage.workers - 1;
  const slots = Math.max(1, concurrency(stage.workers) - 1);
  const skewed = skewedWorker(stage);
  return Array.from({ length: stage.workers }, (_, index) =>
    index === skewed ? { from: 0, to: 1 } : turn(index < skewed ? index : index - 1, others, slots, skew),
  );
};

/** The shifts of a stage's workers, by index. The shares add up to 1. */
export const shiftsOf = (stage: StagePlan): readonly Shift[] => {
  const { skew } = stage;
  const times = skew === undefined ? evenShifts(stage) : skewedShifts(stage, skew);
  const weights = times.map((_, index) => (skew !== undefined && index === skewedWorker(stage) ? skew : weightOf(index)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return times.map((time, index) => ({ ...time, share: (weights[index] ?? 0) / total }));
};
