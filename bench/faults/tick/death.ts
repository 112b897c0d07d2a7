// One death at one place of a known way, where the same happens each time.
import type { Moment } from "../gate.ts";
import type { Fate } from "./seat.ts";

/** `index`: which of several of the same name. */
export type Death = { readonly name: string; readonly index: number; readonly moment: Moment };
const moments: readonly Moment[] = ["before", "after"];

/** Kills at one boundary, after `meanwhile`; without a death it only notes the boundaries. */
export function fateOf(death: Death | undefined, met: string[], meanwhile: () => Promise<void> = async () => {}): Fate {
  let isStruck = false;
  const times = new Map<string, number>();
  return async (name, moment) => {
    if (moment === "before") {
      met.push(name);
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    const isHere = death?.name === name && death.moment === moment && (times.get(name) ?? 0) - 1 === death.index;
    if (isStruck || !isHere) return false;
    isStruck = true;
    await meanwhile();
    return true;
  };
}

/** Where a death has left something to nobody: a sample begins there. */
const delicate = /DisableRule| watches | subscriptions/;

/** Both moments of each boundary, those that a sample is to have first. */
export const deathsAt = (met: readonly string[]): Death[] => {
  const deaths = met.flatMap((name, at) => {
    const index = met.slice(0, at).filter((other) => other === name).length;
    return moments.map((moment) => ({ name, index, moment }));
  });
  const isDelicate = ({ name }: Death) => delicate.test(`${name} `);
  return [...deaths.filter(isDelicate), ...deaths.filter((death) => !isDelicate(death))];
};
