// What a channel wants to hear of a project without naming each instance.
import * as z from "zod/mini";
import type { Outcome } from "../maxcompute/index.ts";
import { matchesGlob } from "./glob.ts";
import { QuietHours } from "./quiet.ts";

export const Subscription = z.object({
  schema: z.literal(1),
  id: z.string(),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  channel: z.string(),
  createdBy: z.string(),
  createdAt: z.number(),
  on: z.array(z.enum(["failed", "slow", "done", "stuck"])),
  /** Each that is given must hold; a list holds when one of it does. */
  owners: z.optional(z.array(z.string())),
  notOwners: z.optional(z.array(z.string())),
  /** Globs of job names. */
  names: z.optional(z.array(z.string())),
  taskTypes: z.optional(z.array(z.string())),
  /** Task statuses as MaxCompute spells them, in any case: "Cancelled". */
  statuses: z.optional(z.array(z.string())),
  minDurationMs: z.optional(z.number()),
  /** In hundredths of a core-second, as MaxCompute counts. */
  minCost: z.optional(z.number()),
  /** At least so important: 0 is the highest, 9 the lowest. */
  priority: z.optional(z.number()),
  /** Globs of error codes: "ODPS-0123*". */
  errorCodes: z.optional(z.array(z.string())),
  /** One summary a day, at this minute of the day, in place of a card each. */
  digest: z.optional(z.object({ at: z.number(), zone: z.string() })),
  quiet: z.optional(QuietHours),
  /** Its channel takes nothing any more, since `at` (epoch ms): it has ended, and its owner is to hear of it. */
  closed: z.optional(z.object({ reason: z.string(), at: z.number(), tried: z.boolean(), lost: z.number() })),
});
export type Subscription = z.infer<typeof Subscription>;
export type Event = Subscription["on"][number];

/** What is known of an instance that has ended. A fact that nobody could tell is absent, and then no filter on it holds. */
export type FinishedFacts = {
  readonly instanceId: string;
  readonly outcome: Outcome;
  readonly owner?: string | undefined;
  readonly jobName?: string | undefined;
  readonly taskTypes: readonly string[];
  readonly statuses: readonly string[];
  readonly durationMs?: number | undefined;
  readonly cost?: number | undefined;
  readonly priority?: number | undefined;
  readonly errorCode?: string | undefined;
  /** It took longer than 9 of 10 earlier runs of its job. */
  readonly isSlow?: boolean | undefined;
};

const holds = (wanted: readonly string[] | undefined, found: readonly string[]): boolean =>
  wanted === undefined || wanted.some((glob) => found.some((text) => matchesGlob(text, glob)));

const atLeast = (wanted: number | undefined, found: number | undefined): boolean =>
  wanted === undefined || (found !== undefined && found >= wanted);

/** Whether the owner is named: in full, or by what stands between the account's provider and its domain. */
const isOwner = (name: string, owner: string): boolean =>
  matchesGlob(owner, name) ||
  matchesGlob(owner.replace(/^[^$]*\$/, ""), name) ||
  matchesGlob(owner.replace(/^[^$]*\$|@.*$/g, ""), name);

/** The filters that are known before an instance has ended. */
export function mayMatch({ owners, notOwners, on }: Subscription, { owner }: Pick<FinishedFacts, "owner">): boolean {
  if (on.length === 0) return false;
  if (notOwners !== undefined && owner !== undefined && notOwners.some((name) => isOwner(name, owner))) return false;
  return owners === undefined || (owner !== undefined && owners.some((name) => isOwner(name, owner)));
}

/** Whether a channel wants to hear of this end. */
export function matches(subscription: Subscription, facts: FinishedFacts): boolean {
  const { on, names, taskTypes, statuses, minDurationMs, minCost, priority, errorCodes } = subscription;
  const isWanted =
    on.includes("done") ||
    (on.includes("failed") && facts.outcome === "failed") ||
    (on.includes("slow") && facts.isSlow === true);
  return (
    isWanted &&
    mayMatch(subscription, facts) &&
    holds(names, facts.jobName === undefined ? [] : [facts.jobName]) &&
    holds(taskTypes, facts.taskTypes) &&
    holds(statuses, facts.statuses) &&
    atLeast(minDurationMs, facts.durationMs) &&
    atLeast(minCost, facts.cost) &&
    (priority === undefined || (facts.priority !== undefined && facts.priority <= priority)) &&
    holds(errorCodes, facts.errorCode === undefined ? [] : [facts.errorCode])
  );
}
