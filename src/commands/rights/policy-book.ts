// The lines that administrators have set through the bot, each with who set it and when. Those of the deployment come first and stay.
import * as z from "zod/mini";
import type { ItemStore } from "../store.ts";
import { days } from "../store.ts";
import { change } from "../watching/items.ts";
import type { Line, Policy } from "./policy.ts";
import { lineText, misreadWords, readPolicy } from "./policy-text.ts";

/** Lines are kept as the text that people review, so that a later release reads what this one wrote. */
const Kept = z.object({ line: z.string(), by: z.string(), at: z.number() });
const Stored = z.object({ schema: z.literal(1), lines: z.array(Kept) });

/** `by`: a Slack user id; absent for a line of the deployment. `at`: epoch ms. */
export type KeptLine = { readonly line: Line; readonly by?: string; readonly at?: number };

export type PolicyBook = {
  /** Every line that is in force, those of the deployment first. */
  read(team: string): Promise<readonly KeptLine[]>;
  /**
   * Replaces what administrators have set by what `decide` makes of it; whoever else writes at the same moment is waited for. What
   * `decide` throws is thrown. Gives back every line that is in force then.
   */
  change(team: string, by: string, decide: (kept: Policy, fixed: Policy) => Policy): Promise<readonly KeptLine[]>;
};

/** A policy is for good, not for as long as somebody uses it. */
const lives = days(36_500);

type Ports = {
  readonly store: ItemStore;
  now(): number;
  /** The lines of the deployment. */
  readonly fixed: Policy;
};

/** Throws for a line that is not understood, which could be one that denies: as a deployment does. */
function parsed({ line, by, at }: z.infer<typeof Kept>): readonly KeptLine[] {
  const { policy, misread } = readPolicy(line);
  if (misread.length > 0) throw new Error(`a line of the policy is not understood: ${misreadWords(misread)}`);
  return policy.map((read) => ({ line: read, by, at }));
}

export function createPolicyBook({ store, now, fixed }: Ports): PolicyBook {
  const keyOf = (team: string) => ({ partition: `rights/${team}`, id: "policy" });
  const withFixed = (kept: readonly KeptLine[]): readonly KeptLine[] => [...fixed.map((line) => ({ line })), ...kept];
  return {
    async read(team) {
      const item = await store.get(keyOf(team));
      // A policy that cannot be read allows nothing and denies nothing: whoever asks hears of trouble, not of rights.
      return withFixed(item === undefined ? [] : Stored.parse(item.value).lines.flatMap(parsed));
    },
    async change(team, by, decide) {
      const written = await change(store, keyOf(team), Stored, (found) => {
        const kept = found?.lines ?? [];
        const next = decide(
          kept.flatMap(parsed).map(({ line }) => line),
          fixed,
        );
        const known = new Map(kept.map((each) => [each.line, each]));
        const lines = next.map((line) => known.get(lineText(line)) ?? { line: lineText(line), by, at: now() });
        // Nothing is kept that could not be read again: nobody could do anything then.
        lines.forEach(parsed);
        return { value: { schema: 1, lines } satisfies z.infer<typeof Stored>, expiresAt: now() + lives, answer: lines };
      });
      return withFixed((written ?? []).flatMap(parsed));
    },
  };
}
