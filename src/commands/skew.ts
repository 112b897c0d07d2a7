import type { Worker } from "../maxcompute/index.ts";

/** One worker that reads far more than the others of its stage: the stage waits for it, or it runs out of memory. */
export type Skew = {
  readonly stage: string;
  /** How many times the stage's median the worker reads. */
  readonly times: number;
  readonly workers: number;
};

/** With fewer there is no median worth the name. */
const fewestWorkers = 4;
const leastTimes = 5;
/** A stage whose largest worker reads less than this is not slow for its rows. */
const leastRecords = 10_000;

const medianOf = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** The stage with the worst skew, by the records its workers have read; undefined when none stands out. */
export function skewOf(workers: readonly Worker[]): Skew | undefined {
  const read = new Map<string, number[]>();
  for (const { type = "", inputRecords } of workers) {
    if (inputRecords === undefined) continue;
    const ofStage = read.get(type);
    if (ofStage === undefined) read.set(type, [inputRecords]);
    else ofStage.push(inputRecords);
  }
  const skews = [...read].flatMap(([stage, records]): Skew[] => {
    const sorted = records.toSorted((a, b) => a - b);
    const most = sorted.at(-1) ?? 0;
    const times = Math.floor(most / Math.max(1, medianOf(sorted)));
    const stands = sorted.length >= fewestWorkers && most >= leastRecords && times >= leastTimes;
    return stands ? [{ stage, times, workers: sorted.length }] : [];
  });
  return skews.toSorted((a, b) => b.times - a.times)[0];
}
