import type { ApprovalView } from "../view.ts";
import type { Intent } from "./intents.ts";

/** The card on which a second person decides, as it stands. */
export function approvalView(
  intentId: string,
  { draft, expiresAt, decidedBy }: Intent,
  phase: ApprovalView["phase"],
  more: Pick<ApprovalView, "outcome"> = {},
): ApprovalView {
  return {
    kind: "approval",
    phase,
    intentId,
    verb: draft.verb,
    link: { ref: "", project: draft.project, instanceId: draft.instanceId },
    requester: draft.requester.user,
    ...(draft.reason === undefined ? {} : { reason: draft.reason }),
    ...(decidedBy === undefined ? {} : { by: decidedBy.user }),
    expiresAt,
    ...more,
  };
}
