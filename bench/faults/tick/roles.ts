// What an instance does in a season, and what is to be heard of it.
import { minutes } from "../../../src/commands/store.ts";
import type { Options } from "../../../src/watch/index.ts";
import type { Chance } from "../chance.ts";
import type { News } from "./news.ts";

export type Ending = "SUCCESS" | "FAILED" | "CANCELLED" | "GONE" | "none";

export type Part = {
  readonly project: string;
  /** Of the simulator. */
  readonly scenario: string;
  readonly jobName?: string;
  /** When it is begun in the season, and how long before it began to run, ms. */
  readonly at: number;
  readonly agoMs: number;
  readonly durationMs?: number;
  readonly vanishesAfterMs?: number;
  readonly ends: Ending;
  /** Where it is watched; nowhere for what subscriptions alone are to hear of. */
  readonly channels: readonly number[];
  /** `by` counts from `at`. */
  readonly options: Options;
  /** Heard of it besides its card and its end. */
  readonly tells: readonly News[];
};

export type Role = (chance: Chance) => Omit<Part, "project" | "at" | "channels"> & { readonly at?: number };

const plain = { agoMs: 0, options: {}, tells: [] };
const between = (chance: Chance, from: number, to: number): number => from + chance.below(to - from);

export const quick: Role = (chance) => ({
  ...plain,
  scenario: "short",
  durationMs: between(chance, minutes(0.5), minutes(5)),
  ends: "SUCCESS",
});
export const direct: Role = (chance) => ({ ...quick(chance), options: { dm: true } });
export const failing: Role = (chance) => ({
  ...plain,
  scenario: "failing",
  durationMs: between(chance, minutes(0.5), minutes(6)),
  ends: "FAILED",
});
export const cancelled: Role = (chance) => ({
  ...plain,
  scenario: "cancelled",
  durationMs: between(chance, minutes(1), minutes(4)),
  ends: "CANCELLED",
});
export const moving: Role = (chance) => ({
  ...plain,
  scenario: "running",
  agoMs: minutes(10),
  durationMs: between(chance, minutes(22), minutes(26)),
  ends: "SUCCESS",
});
/** Old enough for its quarters to be told: one is passed soon. */
export const growing: Role = () => ({ ...plain, scenario: "oom", agoMs: minutes(20), durationMs: minutes(60), ends: "FAILED" });
export const missing: Role = () => ({
  ...plain,
  scenario: "running",
  agoMs: minutes(4),
  durationMs: minutes(14),
  ends: "SUCCESS",
  options: { by: minutes(3) },
  tells: ["deadline"],
});
export const waiting: Role = () => ({
  ...plain,
  scenario: "queued",
  agoMs: minutes(4),
  durationMs: minutes(12),
  ends: "SUCCESS",
  options: { queueMs: minutes(1) },
  tells: ["queued"],
});
/** Its last four records come half an hour apart: it stands still for whoever looks twice in that time. */
export const standing: Role = () => ({
  ...plain,
  scenario: "short",
  agoMs: minutes(265),
  durationMs: minutes(300),
  ends: "SUCCESS",
  options: { stuckMs: minutes(2) },
  tells: ["stuck"],
});
export const vanishing: Role = (chance) => ({
  ...plain,
  scenario: "short",
  durationMs: minutes(1),
  vanishesAfterMs: between(chance, 0, 10_000),
  ends: "GONE",
});
export const forbidden: Role = () => ({
  ...plain,
  scenario: "denied",
  durationMs: minutes(600),
  ends: "none",
  tells: ["forbidden"],
});
/** Of the same job as those that were quick: slower than they were. */
export const slow: Role = () => ({
  ...plain,
  scenario: "running",
  jobName: "nightly",
  at: minutes(14),
  durationMs: minutes(30),
  ends: "SUCCESS",
  options: { slow: "p90" },
  tells: ["slow"],
});
export const earlier: Role = () => ({
  ...plain,
  scenario: "short",
  jobName: "nightly",
  at: 0,
  durationMs: minutes(1),
  ends: "SUCCESS",
});
/** They end at the same moment, in one channel. */
export const burst: Role = () => ({ ...plain, scenario: "short", at: minutes(12), durationMs: minutes(2), ends: "SUCCESS" });
