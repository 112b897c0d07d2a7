// Who plays in a season: instances that succeed, fail, are cancelled, go on, wait, stand still, vanish or may not be seen; and what
// is to be heard of each.
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

/** Whom the instances that subscriptions wait for belong to: the simulator's own are nobody's business here. */
export const owner = "ALIYUN$faults@example.com";

type Role = (chance: Chance) => Omit<Part, "project" | "at" | "channels"> & { readonly at?: number };

const plain = { agoMs: 0, options: {}, tells: [] };
const between = (chance: Chance, from: number, to: number): number => from + chance.below(to - from);

const quick: Role = (chance) => ({
  ...plain,
  scenario: "short",
  durationMs: between(chance, minutes(0.5), minutes(5)),
  ends: "SUCCESS",
});
const direct: Role = (chance) => ({ ...quick(chance), options: { dm: true } });
const failing: Role = (chance) => ({
  ...plain,
  scenario: "failing",
  durationMs: between(chance, minutes(0.5), minutes(6)),
  ends: "FAILED",
});
const cancelled: Role = (chance) => ({
  ...plain,
  scenario: "cancelled",
  durationMs: between(chance, minutes(1), minutes(4)),
  ends: "CANCELLED",
});
const moving: Role = (chance) => ({
  ...plain,
  scenario: "running",
  agoMs: minutes(10),
  durationMs: between(chance, minutes(22), minutes(26)),
  ends: "SUCCESS",
});
/** Old enough for its quarters to be told: one is passed soon. */
const growing: Role = () => ({ ...plain, scenario: "oom", agoMs: minutes(20), durationMs: minutes(30), ends: "FAILED" });
const missing: Role = () => ({
  ...plain,
  scenario: "running",
  agoMs: minutes(4),
  durationMs: minutes(14),
  ends: "SUCCESS",
  options: { by: minutes(3) },
  tells: ["deadline"],
});
const waiting: Role = () => ({
  ...plain,
  scenario: "queued",
  agoMs: minutes(4),
  durationMs: minutes(3),
  ends: "SUCCESS",
  options: { queueMs: minutes(1) },
  tells: ["queued"],
});
const standing: Role = () => ({
  ...plain,
  scenario: "short",
  agoMs: minutes(80),
  durationMs: minutes(115),
  ends: "SUCCESS",
  options: { stuckMs: minutes(2) },
  tells: ["stuck"],
});
const vanishing: Role = (chance) => ({
  ...plain,
  scenario: "short",
  durationMs: minutes(1),
  vanishesAfterMs: between(chance, 0, 10_000),
  ends: "GONE",
});
const forbidden: Role = () => ({ ...plain, scenario: "denied", durationMs: minutes(600), ends: "none", tells: ["forbidden"] });
/** Of the same job as those that were quick: slower than they were. */
const slow: Role = () => ({
  ...plain,
  scenario: "running",
  jobName: "nightly",
  at: minutes(9),
  durationMs: minutes(30),
  ends: "SUCCESS",
  options: { slow: "p90" },
  tells: ["slow"],
});
const earlier: Role = () => ({
  ...plain,
  scenario: "short",
  jobName: "nightly",
  at: 0,
  durationMs: minutes(1),
  ends: "SUCCESS",
});
/** They end at the same moment, in one channel. */
const burst: Role = () => ({ ...plain, scenario: "short", at: minutes(12), durationMs: minutes(2), ends: "SUCCESS" });

const company: readonly Role[] = [
  quick,
  quick,
  quick,
  direct,
  failing,
  failing,
  cancelled,
  moving,
  growing,
  missing,
  waiting,
  standing,
  vanishing,
];
const special: readonly (readonly Role[])[] = [
  [...Array.from({ length: 5 }, () => earlier), slow],
  Array.from({ length: 12 }, () => burst),
  [forbidden, forbidden, direct, failing],
  [growing, waiting, standing, failing, missing],
];

/** Who subscribes to what: `project` and `channel` by their numbers. */
export const subscribed = [
  { project: 0, channel: 3, on: ["failed" as const] },
  { project: 1, channel: 2, on: ["done" as const, "failed" as const] },
];

export const projectOf = (index: number): string => `faults_${index}`;

/** `projects` groups of watches; the instances that begin within `spreadMs`. */
export function castOf(chance: Chance, projects: number, spreadMs: number): readonly Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < projects; index += 1) {
    const project = projectOf(index);
    const home = index % 4;
    for (const role of [...company, ...(special[index % special.length] ?? [])]) {
      const channel = role === burst ? home : (home + chance.below(2)) % 4;
      const also = chance.below(8) === 0 && role !== burst ? [(channel + 1) % 4] : [];
      parts.push({ at: chance.below(spreadMs), ...role(chance), project, channels: [channel, ...also] });
    }
    if (!subscribed.some((each) => each.project === index)) continue;
    for (const role of [failing, failing, quick, quick]) {
      parts.push({ ...role(chance), at: minutes(3) + chance.below(spreadMs), project, channels: [] });
    }
  }
  return parts;
}

/** A few that are over soon. */
export function briefCastOf(chance: Chance): readonly Part[] {
  const roles = [quick, quick, direct, failing, failing, cancelled, vanishing, missing];
  return roles.map((role, index) => ({ ...role(chance), at: index * 10_000, project: projectOf(0), channels: [index % 4] }));
}
