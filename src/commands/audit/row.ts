// One row of the audit trail: what was decided about an act, before it is done, or how it came out, after it.
import * as z from "zod/mini";
import type { AuditDecision, AuditOutcome } from "../../view/index.ts";

const Id = z.string().check(z.minLength(1), z.maxLength(255));
const Words = z.string().check(z.maxLength(1_000));

const decisions = [
  "allowed",
  "denied",
  "asked",
  "approved",
  "refused",
  "expired",
  "withdrawn",
] as const satisfies readonly AuditDecision[];
const outcomes = ["done", "unneeded", "unconfirmed", "failed", "not begun", "unknown"] as const satisfies readonly AuditOutcome[];

const common = {
  schema: z.literal(1),
  /** Begins with the moment of the decision, so that ids are in the order of time: `2026-11-26T01:33:27.000Z.…`. */
  id: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\.[\w.-]{1,100}$/)),
  /** Of this row, epoch ms. */
  at: z.number(),
  team: Id,
  who: Id,
  where: z.object({ channel: Id, thread: z.optional(Id) }),
  /** The request's, which its answer and the log show. */
  requestId: Id,
  /** `text`: the command as it was typed, shortened and without secrets. */
  what: z.object({ verb: Id, text: z.optional(Words) }),
  project: z.optional(Id),
  instance: z.optional(Id),
};

export const DecisionRow = z.object({
  ...common,
  phase: z.literal("decision"),
  decision: z.enum(decisions),
  /** Why the person wants it, or why it was not allowed. */
  reason: z.optional(Words),
});
export type DecisionRow = z.infer<typeof DecisionRow>;

export const OutcomeRow = z.object({
  ...common,
  phase: z.literal("outcome"),
  decisionId: Id,
  outcome: z.enum(outcomes),
  /** MaxCompute's own, to ask its people with. */
  maxComputeRequests: z.array(Id),
  code: z.optional(Id),
});
export type OutcomeRow = z.infer<typeof OutcomeRow>;

export const AuditRow = z.discriminatedUnion("phase", [DecisionRow, OutcomeRow]);
export type AuditRow = z.infer<typeof AuditRow>;

export const decisionId = (at: number, unique: string): string => `${new Date(at).toISOString()}.${unique}`;

/** A decision has one outcome, which stands beside it whenever it came. */
export const outcomeId = (decision: string): string => `${decision}.outcome`;

/** What ids from `at` on (epoch ms) begin with, or come behind. */
export const idsFrom = (at: number): string => new Date(at).toISOString();

/** The day in an id, in UTC: `2026-11-26`. */
export const dayOf = (id: string): string => id.slice(0, 10);
