// What people see of a job, from what is stored of it.
import type { InstanceLink, JobView, RunApprovalView, RunView, View } from "../../view/index.ts";
import type { CommandContext } from "../command.ts";
import type { Intent, RunDraft } from "../intents.ts";
import type { Job } from "./job.ts";

export function jobView(project: string, job: Job): JobView {
  if (job.kind === "xflow") return { kind: "xflow", project, name: job.name, parameters: job.parameters };
  const { statement, isReading, settings } = job;
  return { kind: "sql", project, statement, isReading, settings };
}

/** The answer to whoever pressed. */
export const runView = (
  { draft, decidedBy }: Pick<Intent<RunDraft>, "draft" | "decidedBy">,
  phase: RunView["phase"],
  more: Pick<RunView, "link" | "watchedIn" | "isFollowedLater"> = {},
): RunView => ({
  kind: "run",
  job: jobView(draft.project, draft.job),
  phase,
  by: draft.requester.user,
  ...(decidedBy === undefined ? {} : { approvedBy: decidedBy.user }),
  timeoutMs: draft.timeoutMs,
  ...more,
});

/**
 * The card on which a second person decides. It shows the statement, which the channel may read: whoever asked for it there had to be
 * allowed to run it there (`demandIn`).
 */
export const runApproval = (
  intentId: string,
  { draft, expiresAt, decidedBy }: Intent<RunDraft>,
  phase: RunApprovalView["phase"],
  link?: RunApprovalView["link"],
): RunApprovalView => ({
  kind: "run-approval",
  phase,
  intentId,
  job: jobView(draft.project, draft.job),
  ...(link === undefined ? {} : { link }),
  ...(draft.estimate === undefined ? {} : { estimate: draft.estimate }),
  because: draft.because,
  requester: draft.requester.user,
  ...(decidedBy === undefined ? {} : { by: decidedBy.user }),
  expiresAt,
});

/** How it came out, for the card of a second person: its answer is what became of it, or its rows. */
export const endOfRun = (view: View): { readonly phase: RunApprovalView["phase"]; readonly link?: InstanceLink } => {
  if (view.kind === "result") return { phase: "ended", link: view.link };
  if (view.kind !== "run") return { phase: "failed" };
  return { phase: view.phase === "lost" ? "unsure" : "ended", ...(view.link === undefined ? {} : { link: view.link }) };
};

/** How an instance that was started is named to its reader. */
export const linkTo = ({ refs }: Pick<CommandContext, "refs">, project: string, instanceId: string) => ({
  ref: refs.to(project, instanceId),
  project,
  instanceId,
});
