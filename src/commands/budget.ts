// What a person has spent on SQL in a day (UTC), in gigabytes times complexity. What is about to be submitted is held first, by one
// conditional write, so that two presses at once cannot both have the rest; then it is spent, or given back.
import * as z from "zod/mini";
import type { Caller } from "./request.ts";
import type { Policy } from "./rights/policy.ts";
import { budgetOf } from "./rights/policy.ts";
import type { Role } from "./roles.ts";
import type { ItemStore } from "./store.ts";
import { days } from "./store.ts";
import { change } from "./watching/items.ts";

/** Where no line of the policy says. */
export const defaultBudget = 100;

export type Allowance = { readonly of: number; readonly isDefault: boolean };

/** What a role may spend in a day in a project. One without a line has the default, whatever the role: none is without bounds. */
export function allowanceOf(policy: Policy, role: Role, project: string): Allowance {
  const of = budgetOf(policy, role, project);
  return of === undefined ? { of: defaultBudget, isDefault: true } : { of, isDefault: false };
}

/** `2026-11-26`: the day on which something is counted. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const Day = z.object({
  schema: z.literal(1),
  spent: z.number(),
  /** By submission: held before it is submitted. */
  held: z.record(z.string(), z.number()),
});
type Day = z.infer<typeof Day>;

/** One submission of somebody, on the day that it counts for. */
export type Hold = { readonly caller: Caller; readonly day: string; readonly id: string };

export type Budgets = {
  /** What somebody has spent on a day, with what is held. */
  spent(caller: Caller, day: string): Promise<number>;
  /** Holds `amount` unless that makes more than `of`; false then. Holding the same again changes nothing. */
  hold(hold: Hold, amount: number, of: number): Promise<boolean>;
  /** It was submitted. */
  spend(hold: Hold): Promise<void>;
  /** It was not, for certain. */
  giveBack(hold: Hold): Promise<void>;
};

/** Long enough that nobody asks about the day any more. */
const keptFor = days(3);
const total = ({ spent, held }: Day): number => Object.values(held).reduce((sum, amount) => sum + amount, spent);

export function createBudgets(store: ItemStore, now: () => number): Budgets {
  const keyOf = ({ team, user }: Caller, day: string) => ({ partition: `budget/${team}/${user}`, id: day });
  const written = (value: Day) => ({ value, expiresAt: now() + keptFor, answer: true });
  /** What is no longer held is left as it is: somebody has settled it before. */
  const settle = async ({ caller, day, id }: Hold, isSpent: boolean) => {
    await change(store, keyOf(caller, day), Day, (found) => {
      const amount = found?.held[id];
      if (found === undefined || amount === undefined) return undefined;
      const { [id]: _, ...held } = found.held;
      return written({ schema: 1, spent: found.spent + (isSpent ? amount : 0), held });
    });
  };
  return {
    async spent(caller, day) {
      const item = await store.get(keyOf(caller, day));
      return item === undefined ? 0 : total(z.parse(Day, item.value));
    },
    async hold({ caller, day, id }, amount, of) {
      const held = await change(store, keyOf(caller, day), Day, (found) => {
        const known = found ?? { schema: 1, spent: 0, held: {} };
        if (known.held[id] !== undefined) return written(known);
        if (total(known) + amount > of) return undefined;
        return written({ ...known, held: { ...known.held, [id]: amount } });
      });
      return held === true;
    },
    spend: (hold) => settle(hold, true),
    giveBack: (hold) => settle(hold, false),
  };
}
