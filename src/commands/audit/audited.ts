// An act between its two rows.
import { MaxComputeError } from "../../maxcompute/index.ts";
import type { AuditDecision, StopView } from "../../view.ts";
import type { Answer } from "../command.ts";
import { UserError } from "../errors.ts";
import type { Intent } from "../intents.ts";
import { SeveralInstances } from "../resolve.ts";
import type { Audit, AuditAct, CameOut } from "./audit-book.ts";

/** Kinds after which nobody knows whether what was asked for happened. */
const ambiguous: ReadonlySet<MaxComputeError["kind"]> = new Set([
  "unreachable",
  "timeout",
  "aborted",
  "server",
  "malformed",
  "too-large",
]);

/** How an act came out that threw. */
export function cameOutOf(error: unknown): CameOut {
  // Which of them is meant is asked first.
  if (error instanceof UserError || error instanceof SeveralInstances) return { outcome: "not begun" };
  if (!(error instanceof MaxComputeError)) return { outcome: "unknown" };
  const { kind, code, requestId } = error;
  return {
    outcome: ambiguous.has(kind) ? "unknown" : "failed",
    code,
    maxComputeRequests: requestId === undefined ? [] : [requestId],
  };
}

/** Does what was allowed, with its decision on record before and its outcome after it. Throws what the act throws, and NotAudited. */
export async function audited(
  audit: Pick<Audit, "decide" | "outcome">,
  act: AuditAct,
  effect: () => Promise<Answer>,
  cameOut: (answer: Answer) => CameOut,
): Promise<Answer> {
  const decided = await audit.decide(act);
  let answer: Answer;
  try {
    answer = await effect();
  } catch (error) {
    await audit.outcome(decided, cameOutOf(error));
    throw error;
  }
  await audit.outcome(decided, cameOut(answer));
  return answer;
}

/** A stop, as it is decided about. Who asked for it is said where another decides. */
export const stopAct = (
  { draft: { project, instanceId, reason, requester }, decidedBy }: Intent,
  decision: AuditDecision,
): AuditAct => ({
  verb: "stop",
  text: `stop ${instanceId} -p ${project}`,
  project,
  instance: instanceId,
  decision,
  reason: decidedBy === undefined ? reason : [`asked by ${requester.user}`, ...(reason === undefined ? [] : [reason])].join(": "),
});

const ofPhase: Readonly<Record<StopView["phase"], CameOut["outcome"]>> = {
  stopping: "unknown",
  stopped: "done",
  "already-finished": "unneeded",
  "still-running": "unconfirmed",
  unknown: "unknown",
  kept: "not begun",
  asked: "not begun",
};

export const stopCameOut = ({ view }: Answer): CameOut => ({
  outcome: view.kind === "stop" ? ofPhase[view.phase] : "unknown",
});
