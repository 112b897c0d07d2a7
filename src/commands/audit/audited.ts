// An act between its two rows.
import { MaxComputeError } from "../../maxcompute/index.ts";
import type { RunView, StopView } from "../../view/index.ts";
import type { Answer } from "../command.ts";
import { UserError } from "../errors.ts";
import { SeveralInstances } from "../resolve.ts";
import type { Audit, CameOut } from "./audit-book.ts";
import type { AuditAct } from "./decision.ts";

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

const ofStop: Readonly<Record<StopView["phase"], CameOut["outcome"]>> = {
  stopping: "unknown",
  stopped: "done",
  "already-finished": "unneeded",
  "still-running": "unconfirmed",
  unknown: "unknown",
  kept: "not begun",
  asked: "not begun",
};

const ofRun: Readonly<Record<RunView["phase"], CameOut["outcome"]>> = {
  asked: "not begun",
  kept: "not begun",
  submitting: "unknown",
  submitted: "done",
  lost: "unknown",
  dropped: "not begun",
  stopped: "done",
};

/** How the answer says that it came out. */
export function cameOut({ view }: Answer): CameOut {
  if (view.kind === "stop") return { outcome: ofStop[view.phase] };
  if (view.kind === "run") return { outcome: ofRun[view.phase] };
  return { outcome: view.kind === "result" ? "done" : "unknown" };
}
