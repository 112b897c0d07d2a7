// Approvals that are over with nothing done, on record: made of the intent alone, so that whoever decides and whoever sweeps write one row.
import type { Intent } from "../intents.ts";
import { actOf } from "./act-of.ts";
import { decisionRow } from "./decision.ts";
import type { DecisionRow } from "./row.ts";

const decisions = { denied: "refused", cancelled: "withdrawn", expired: "expired" } as const;

/** An intent on which nothing was done and nothing will be. */
export const isConcluded = ({ state }: Intent): boolean => Object.hasOwn(decisions, state);

/** What nobody decided is put down to whoever asked, at the moment at which it expired. */
export function conclusionOf(team: string, intentId: string, intent: Intent): DecisionRow {
  const { draft, decidedAt, decidedBy, decidedIn, expiresAt } = intent;
  const how = intent.state === "denied" || intent.state === "cancelled" ? decisions[intent.state] : "expired";
  return decisionRow(
    {
      at: decidedAt ?? expiresAt,
      unique: intentId,
      team,
      who: (decidedBy ?? draft.requester).user,
      where: draft,
      requestId: decidedIn ?? intentId,
    },
    actOf(intent, how),
  );
}
