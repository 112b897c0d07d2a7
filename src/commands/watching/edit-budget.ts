// How often cards may be edited: counted for each workspace and minute by all processes together. Each takes several edits at a time, so
// that not every edit costs a write; what it does not use in its minute is lost.
import * as z from "zod/mini";
import type { Budget } from "../../watch/index.ts";
import { minutes } from "../store.ts";
import { change, type Keeping } from "./items.ts";

const Used = z.object({ schema: z.literal(1), used: z.number() });

/** Slack takes about fifty `chat.update` a minute of a workspace. */
export const editsPerMinute = 40;
/** Taken at a time. */
const atOnce = 5;

type Purse = { readonly minute: number; readonly left: number; readonly emptyFor: "nobody" | "unhurried" | "all" };

/** A quarter of `perMinute` is kept for the urgent. */
export function createEditBudget({ store, now }: Keeping, perMinute = editsPerMinute): Budget {
  const purses = new Map<string, Purse>();
  const queues = new Map<string, Promise<unknown>>();

  /** How many edits were taken from what all may use together, up to `most`. */
  const reserve = async (team: string, minute: number, most: number): Promise<number> => {
    const key = { partition: `edits/${team}`, id: String(minute) };
    const taken = await change(store, key, Used, (found) => {
      const used = found?.used ?? 0;
      const count = Math.min(atOnce, most - used);
      const value = { schema: 1, used: used + count };
      return count <= 0 ? undefined : { value, expiresAt: minutes(minute + 5), answer: count };
    });
    return taken ?? 0;
  };

  const take = async (team: string, isUrgent: boolean): Promise<boolean> => {
    const minute = Math.floor(now() / minutes(1));
    const known = purses.get(team);
    const purse: Purse = known?.minute === minute ? known : { minute, left: 0, emptyFor: "nobody" };
    // What was taken for somebody urgent is not for others.
    if (purse.left > 0 && (isUrgent || purse.emptyFor === "nobody")) {
      purses.set(team, { ...purse, left: purse.left - 1 });
      return true;
    }
    if (purse.emptyFor === "all" || (purse.emptyFor === "unhurried" && !isUrgent)) return false;
    const taken = await reserve(team, minute, isUrgent ? perMinute : Math.floor(perMinute * 0.75));
    const emptyFor = taken > 0 ? purse.emptyFor : isUrgent ? "all" : "unhurried";
    purses.set(team, { minute, left: Math.max(0, taken - 1), emptyFor });
    return taken > 0;
  };

  return {
    async takeEdit(team, isUrgent) {
      if (!Number.isFinite(perMinute)) return true;
      // One after the other: many at once would each take several.
      const mine = (queues.get(team) ?? Promise.resolve()).then(() => take(team, isUrgent));
      queues.set(
        team,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
