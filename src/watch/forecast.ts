import type { Forecast } from "./face.ts";
import { minutes } from "./time.ts";

type Part = { readonly state: "waiting" | "running" | "done" | "failed"; readonly workers: number; readonly finished: number };

/** Stages differ in speed: what has begun may go on four times as fast or slow, what has not begun six times (see the simulation in the test). */
const begunFactor = 4;
const untouchedFactor = 6;
/** Below it there is too little to judge from. */
const leastElapsed = minutes(2);
const leastWorkers = 5;
/** An interval wider than this tells a reader nothing. */
const widest = 4;

/**
 * When an instance ends, from the workers that are done: an interval that holds the true end in at least 8 of 10 runs, or nothing where
 * it would be too wide to be of use.
 */
export function forecast(stages: readonly Part[], startedAt: number, now: number): Forecast | undefined {
  const elapsed = now - startedAt;
  let finished = 0;
  let begun = 0;
  let untouched = 0;
  for (const stage of stages) {
    if (stage.state === "waiting") {
      untouched += stage.workers;
      continue;
    }
    finished += stage.state === "running" ? stage.finished : stage.workers;
    begun += stage.state === "running" ? stage.workers - stage.finished : 0;
  }
  if (elapsed < leastElapsed || finished < leastWorkers || begun + untouched <= 0) return undefined;
  const perWorker = elapsed / finished;
  const shortest = perWorker * (begun / begunFactor + untouched / untouchedFactor);
  const longest = perWorker * (begun * begunFactor + untouched * untouchedFactor);
  if ((elapsed + longest) / (elapsed + shortest) > widest) return undefined;
  return { from: now + shortest, likely: now + perWorker * (begun + untouched), to: now + longest };
}

const stepFor = (left: number): number => {
  if (left < minutes(15)) return minutes(1);
  return left < minutes(120) ? minutes(5) : minutes(15);
};

/** In steps that a reader would call a change: a minute, five from a quarter of an hour on, and a quarter from two hours on. */
export function roundForecast({ from, likely, to }: Forecast, now: number): Forecast {
  const step = stepFor(likely - now);
  return { from: Math.floor(from / step) * step, likely: Math.round(likely / step) * step, to: Math.ceil(to / step) * step };
}
