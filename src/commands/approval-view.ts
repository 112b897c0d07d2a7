import type { ApprovalView, RunApprovalView } from "../view/index.ts";
import type { Intent } from "./intents.ts";
import { runApproval } from "./running/views.ts";

/** What is known of how it came out. */
export type CardMore = Pick<ApprovalView, "outcome"> & Pick<RunApprovalView, "link">;

/** The card on which a second person decides, as it stands. */
export function approvalView(
  intentId: string,
  intent: Intent,
  phase: ApprovalView["phase"],
  { outcome, link }: CardMore = {},
): ApprovalView | RunApprovalView {
  const { draft, expiresAt, decidedBy } = intent;
  if (draft.verb !== "stop") return runApproval(intentId, { ...intent, draft }, phase, link);
  return {
    kind: "approval",
    phase,
    intentId,
    verb: draft.verb,
    link: { ref: "", project: draft.project, instanceId: draft.instanceId },
    requester: draft.requester.user,
    ...(draft.reason === undefined ? {} : { reason: draft.reason }),
    ...(draft.facts === undefined ? {} : { facts: draft.facts }),
    ...(decidedBy === undefined ? {} : { by: decidedBy.user }),
    expiresAt,
    ...(outcome === undefined ? {} : { outcome }),
  };
}
