// Who plays in a season: instances of each role in each project, and who subscribes to what.
import { minutes } from "../../../src/commands/store.ts";
import type { Chance } from "../chance.ts";
import {
  burst,
  cancelled,
  direct,
  earlier,
  failing,
  forbidden,
  growing,
  missing,
  moving,
  type Part,
  quick,
  type Role,
  slow,
  standing,
  vanishing,
  waiting,
} from "./roles.ts";

/** Whom the instances that subscriptions wait for belong to: the simulator's own are nobody's business here. */
export const owner = "ALIYUN$faults@example.com";

/** Whose boundaries are met by others often enough. */
const crowd: readonly Role[] = [quick, quick, quick, failing];
const company: readonly Role[] = [direct, failing, cancelled, moving, growing, missing, waiting, standing, vanishing];
const special: readonly (readonly Role[])[] = [
  [...Array.from({ length: 8 }, () => earlier), slow],
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

export type Size = {
  /** Groups of watches. */
  readonly projects: number;
  /** The instances begin within this. */
  readonly spreadMs: number;
  readonly isCrowded: boolean;
};

export function castOf(chance: Chance, { projects, spreadMs, isCrowded }: Size): readonly Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < projects; index += 1) {
    const project = projectOf(index);
    const home = index % 4;
    for (const role of [...(isCrowded ? crowd : []), ...company, ...(special[index % special.length] ?? [])]) {
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
