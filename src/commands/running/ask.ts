// The question before a job: what it is, what it costs, and how it is confirmed. Nothing is submitted here.

import { allowanceOf, dayOf } from "../budget.ts";
import type { Answer, CommandContext } from "../command.ts";
import { UserError } from "../errors.ts";
import type { RunDraft } from "../intents.ts";
import { demandEntry } from "../watched.ts";
import { estimateOf } from "./estimate.ts";
import { type Because, isReading, jobHash } from "./job.ts";
import { approvedBecause, becauseWords } from "./needs.ts";
import { demandReach } from "./reach.ts";
import { jobView } from "./views.ts";

export type Wanted = Pick<RunDraft, "verb" | "project" | "job" | "limit" | "timeoutMs" | "maxCost">;

/** Estimates a job and asks whether to run it. Throws where it could not be confirmed here, or costs more than was said. */
export async function askToRun(wanted: Wanted, context: CommandContext): Promise<Answer> {
  const { project, job, maxCost, verb, limit, timeoutMs } = wanted;
  context.demandIn(project);
  demandReach(job, project, context.rights);
  const estimate = job.kind === "sql" ? await estimateOf(context.maxcompute(project, "long"), job) : undefined;
  if (maxCost !== undefined && estimate !== undefined && estimate.amount > maxCost) throw tooDear(estimate.amount, maxCost);
  const { because, budget } = await circumstances(wanted, estimate, context);
  if (because.length > 0) await demandOthers(because, context);
  const { channel, thread, direct } = context.request.replyTo;
  const intent = await context.intents.prepare({
    verb,
    requester: context.caller,
    channel,
    ...(thread === undefined ? {} : { thread }),
    direct,
    project,
    needs: because.length > 0 ? "approval" : "press",
    shown: jobHash(project, job, wanted),
    job,
    limit,
    timeoutMs,
    ...(maxCost === undefined ? {} : { maxCost }),
    ...(estimate === undefined ? {} : { estimate }),
    because: [...because],
  });
  return {
    view: {
      kind: "confirm-run",
      job: jobView(project, job),
      ...intent,
      ...(job.kind === "sql" && verb === "run" ? { editRef: context.refs.toDraft(project, intent.intentId) } : {}),
      ...(estimate === undefined ? {} : { estimate }),
      budget,
      limit,
      timeoutMs,
      ...(maxCost === undefined ? {} : { maxCost }),
      because,
    },
  };
}

/** What somebody has spent today and may, and why somebody else has to approve. */
export async function circumstances(
  { project, job, verb }: Pick<Wanted, "project" | "job" | "verb">,
  estimate: RunDraft["estimate"],
  { rights, budgets, caller, now }: Pick<CommandContext, "rights" | "budgets" | "caller" | "now">,
) {
  const budget = allowanceOf(rights.policy, rights.roleIn(project) ?? "viewer", project);
  const spent = await budgets.spent(caller, dayOf(now()));
  const because = approvedBecause({
    kind: job.kind,
    isReading: isReading(job),
    isProduction: rights.isProduction(project),
    estimate,
    spent,
    of: budget.of,
    isRerun: verb === "rerun",
  });
  return { because, budget: { ...budget, spent } };
}

const rounded = (amount: number): string => String(Number(amount.toPrecision(3)));

const tooDear = (amount: number, maxCost: number): UserError =>
  new UserError(`MaxCompute expects it to cost ${rounded(amount)}, more than your \`--max-cost ${rounded(maxCost)}\`.`, {
    detail: "That is gigabytes read times complexity.",
    next: "Read fewer partitions or columns, or allow more.",
  });

/** Where somebody has to approve it, somebody has to be there. */
async function demandOthers(because: readonly Because[], context: CommandContext): Promise<void> {
  if (context.request.replyTo.direct) {
    throw new UserError("Somebody else has to approve this, and nobody else is here.", {
      tone: "denied",
      detail: `It needs a second person because ${because.map((why) => becauseWords[why]).join(", and ")}.`,
      next: "Ask in a channel with another operator in it.",
    });
  }
  await demandEntry(context);
}
