import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecast, roundForecast } from "../../src/watch/forecast.ts";
import { min } from "../support/watch/runs.ts";

type Stage = { readonly workers: number; readonly perWorkerMs: number };

/** Stages one after the other, as they stand after `elapsed` ms. */
function standing(stages: readonly Stage[], elapsed: number) {
  let begins = 0;
  return stages.map(({ workers, perWorkerMs }) => {
    const takes = workers * perWorkerMs;
    const share = Math.min(1, Math.max(0, (elapsed - begins) / takes));
    const hasBegun = elapsed > begins;
    begins += takes;
    const state = share >= 1 ? ("done" as const) : hasBegun ? ("running" as const) : ("waiting" as const);
    return { state, workers, finished: Math.floor(share * workers) };
  });
}

/** Runs of one to seven stages, each of up to a few hundred workers, whose speeds differ by a factor of ten and more. */
const runs = fc.array(fc.record({ workers: fc.integer({ min: 1, max: 300 }), speed: fc.integer({ min: -100, max: 100 }) }), {
  minLength: 1,
  maxLength: 7,
});

/** Held and shown, over many runs looked at at a moment of their own. */
function coverage(bands: number, seed: number) {
  const counts = Array.from({ length: bands }, () => ({ shown: 0, held: 0 }));
  for (const [shape, moment] of fc.sample(fc.tuple(runs, fc.integer({ min: 1, max: 999 })), { numRuns: 4_000, seed })) {
    // e^1.2 either way: the fastest is eleven times as fast as the slowest.
    const stages = shape.map(({ workers, speed }) => ({ workers, perWorkerMs: 4_000 * Math.exp((1.2 * speed) / 100) }));
    const whole = stages.reduce((sum, { workers, perWorkerMs }) => sum + workers * perWorkerMs, 0);
    const now = (moment / 1_000) * whole;
    const parts = standing(stages, now);
    const found = forecast(parts, 0, now);
    const done = parts.reduce((sum, { finished }) => sum + finished, 0) / parts.reduce((sum, { workers }) => sum + workers, 0);
    const band = counts[Math.min(bands - 1, Math.floor(done * bands))];
    if (found === undefined || band === undefined) continue;
    band.shown += 1;
    if (whole >= found.from && whole <= found.to) band.held += 1;
  }
  return counts;
}

describe("a forecast", () => {
  it.each([1, 2, 3])("holds the true end in at least 8 of 10 runs, early and late in them (seed %i)", (seed) => {
    const bands = coverage(4, seed).filter(({ shown }) => shown > 50);
    expect(bands.length).toBeGreaterThan(1);
    for (const { shown, held } of bands) expect(held / shown).toBeGreaterThanOrEqual(0.8);
  });

  it("is shown at all: for at least a third of the moments", () => {
    const shown = coverage(1, 4)[0]?.shown ?? 0;
    expect(shown).toBeGreaterThan(4_000 / 3);
  });

  it("is an interval around its middle, not before now", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 999 }), (shape, moment) => {
        const stages = shape.map(({ workers }) => ({ workers, perWorkerMs: 4_000 }));
        const now = moment * 1_000;
        const found = forecast(standing(stages, now), 0, now);
        if (found === undefined) return;
        expect(found.from).toBeGreaterThanOrEqual(now);
        expect(found.likely).toBeGreaterThanOrEqual(found.from);
        expect(found.to).toBeGreaterThanOrEqual(found.likely);
        const rounded = roundForecast(found, now);
        expect(rounded.from).toBeLessThanOrEqual(found.from);
        expect(rounded.to).toBeGreaterThanOrEqual(found.to);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["in its first two minutes", [{ state: "running", workers: 100, finished: 90 }], min(1.9)],
    ["of too few workers", [{ state: "running", workers: 5, finished: 4 }], min(10)],
    ["of one that is done", [{ state: "done", workers: 100, finished: 100 }], min(10)],
    ["that would be too wide to be of use", [{ state: "running", workers: 100, finished: 5 }], min(10)],
  ] as const)("is not made %s", (_, stages, now) => {
    expect(forecast(stages, 0, now)).toBeUndefined();
  });
});
