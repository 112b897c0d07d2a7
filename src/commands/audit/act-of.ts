// What stands behind a button, as the audit trail has it.
import type { AuditDecision } from "../../view/index.ts";
import type { Intent, IntentDraft } from "../intents.ts";
import type { AuditAct } from "./decision.ts";

/** What an intent is about, as it is decided about. Who asked for it is said where another decides. */
export function actOf({ draft, decidedBy }: Intent, decision: AuditDecision): AuditAct {
  const { verb, project, reason, requester } = draft;
  const asked = [`asked by ${requester.user}`, ...(reason === undefined ? [] : [reason])].join(": ");
  return {
    verb,
    text: textOf(draft),
    project,
    ...(draft.verb === "stop" ? { instance: draft.instanceId } : {}),
    decision,
    reason: decidedBy === undefined ? reason : asked,
  };
}

function textOf(draft: IntentDraft): string {
  if (draft.verb === "stop") return `stop ${draft.instanceId} -p ${draft.project}`;
  const { job, verb, project } = draft;
  return `${verb} -p ${project} ${job.kind === "sql" ? job.statement : job.name}`;
}
