// Approvals that came out while nobody was left to say so: they are put on record, and their cards say it, each until it does or an hour has passed.

import type { Log } from "../log.ts";
import type { MaxComputeClient, Outcome } from "../maxcompute/index.ts";
import type { ApprovalView, RunApprovalView } from "../view/index.ts";
import { approvalView } from "./approval-view.ts";
import type { Audit } from "./audit/audit-book.ts";
import { isConcluded } from "./audit/conclusion.ts";
import type { Card, Intent, Intents } from "./intents.ts";
import { look } from "./look.ts";
import { hours } from "./store.ts";

export type ClosingPorts = {
  readonly intents: Pick<Intents, "overdue" | "closed">;
  readonly audit: Pick<Audit, "conclude">;
  /** Throws when the card could not be drawn anew. */
  editCard(card: Card, view: ApprovalView | RunApprovalView): Promise<void>;
  maxcompute(project: string): MaxComputeClient;
  now(): number;
  readonly log: Log;
};

/** How long MaxCompute is asked how an instance stands; the card does without. */
const lookMs = 5_000;
const triedFor = hours(1);

/** Throws what the store throws. */
export async function closeApprovals(ports: ClosingPorts): Promise<void> {
  for (const { intentId, intent } of await ports.intents.overdue()) {
    const { card, decidedAt, expiresAt } = intent;
    const isLate = ports.now() - (decidedAt ?? expiresAt) > triedFor;
    const isOnRecord = !isConcluded(intent) || (await ports.audit.conclude(intentId, intent));
    const isSaid = card === undefined || isLate || (await say(ports, intentId, intent, card));
    if (isOnRecord && isSaid) await ports.intents.closed(intentId);
  }
}

async function say(ports: ClosingPorts, intentId: string, intent: Intent, card: Card): Promise<boolean> {
  try {
    const outcome = intent.state === "executing" ? await outcomeOf(ports, intent) : undefined;
    await ports.editCard(
      card,
      approvalView(intentId, intent, phaseOf(intent, outcome), outcome === undefined ? {} : { outcome }),
    );
    return true;
  } catch (error) {
    ports.log.warn("card.not_drawn", { ...card, error });
    return false;
  }
}

/** How the instance stands by now, where MaxCompute tells. */
async function outcomeOf({ maxcompute, now, log }: ClosingPorts, { draft }: Intent): Promise<Outcome | undefined> {
  // What was submitted is looked after on its own, and its requester is told.
  if (draft.verb !== "stop") return undefined;
  try {
    const client = maxcompute(draft.project).withDeadline(now() + lookMs);
    return (await look(client, draft.instanceId)).outcome;
  } catch (error) {
    log.warn("approval.outcome_unknown", { instanceId: draft.instanceId, error });
    return undefined;
  }
}

/** Whoever carried it out died in the middle: what MaxCompute says of a cancelled instance is all that proves that the stop went out. */
function phaseOf({ state }: Intent, outcome: Outcome | undefined): ApprovalView["phase"] {
  if (state === "executing") return outcome === "cancelled" ? "ended" : "unsure";
  if (state === "denied") return "denied";
  return state === "cancelled" ? "withdrawn" : "expired";
}
