// A job that was confirmed: on record, held against the budget, submitted once, followed; and its rows to whoever asked, if it is quick.
import { MaxComputeError } from "../../maxcompute/index.ts";
import { allowanceOf, dayOf } from "../budget.ts";
import type { Answer, CommandContext } from "../command.ts";
import { UserError } from "../errors.ts";
import type { Intent, RunDraft } from "../intents.ts";
import { look, orNothing } from "../look.ts";
import { showResult } from "../result.ts";
import { capOf, findByGuid, isPerhapsSubmitted, send } from "./send.ts";
import { holdOf, started } from "./started.ts";
import type { Submission } from "./submissions.ts";
import { linkTo, runView } from "./views.ts";

export async function carryOutRun(intentId: string, intent: Intent<RunDraft>, context: CommandContext): Promise<Answer> {
  const { draft } = intent;
  const submission = await prepared(intentId, draft, context);
  await context.tell(runView(intent, "submitting"));
  if ((await context.submissions.move(intentId, "preparing", { state: "submitting" })) === undefined) throw tookTooLong();
  const instanceId = await submitted(intentId, submission, draft, context);
  if (instanceId === undefined) return { view: runView(intent, "lost") };
  const view = await underWay(intentId, intent, submission, instanceId, context);
  const isMine = context.caller.user === draft.requester.user;
  if (!isMine) await context.tellOther(draft.requester, view);
  await context.tell(view);
  // To whoever waits for no answer here they are sent as those of any job are that ends later: once, whoever dies.
  const rows = isMine ? await quickResult(intentId, draft, instanceId, context) : undefined;
  return rows ?? { view };
}

/** It runs, whatever breaks from here on: that is what is said, and whoever looks after submissions does what is left to do. */
async function underWay(
  intentId: string,
  intent: Intent<RunDraft>,
  submission: Submission,
  instanceId: string,
  context: CommandContext,
) {
  const { project, channel } = intent.draft;
  try {
    const known = await started(intentId, submission, instanceId, context);
    await context.recall.named({ project, instanceId });
    const link = linkTo(context, project, instanceId);
    return runView(intent, "submitted", { link, ...(known?.isWatched === true ? { watchedIn: channel } : {}) });
  } catch {
    return runView(intent, "submitted", { link: { ref: "", project, instanceId }, isFollowedLater: true });
  }
}

/** On record, and held against the budget; nothing is submitted where that fails. */
async function prepared(intentId: string, draft: RunDraft, context: CommandContext): Promise<Submission> {
  const { requester, channel, project, job, limit, timeoutMs, estimate, needs } = draft;
  const at = context.now();
  const watchIn = (await context.mayPost()) ? { watchIn: channel } : {};
  const record = { requester, channel, project, job, limit, timeoutMs, at, day: dayOf(at), ...watchIn };
  if (!(await context.submissions.begin(intentId, record))) throw tookTooLong();
  // What somebody else approves may be more than the budget, and counts all the same.
  const of = needs === "approval" ? Number.POSITIVE_INFINITY : await budgetOf(draft, context);
  const submission = await context.submissions.find(intentId);
  if (submission === undefined) throw tookTooLong();
  if (await context.budgets.hold(holdOf(intentId, submission), estimate?.amount ?? 0, of)) return submission;
  await context.submissions.move(intentId, "preparing", { state: "dropped" });
  throw new UserError("Your budget of today does not reach for this any more, so I ran nothing.", {
    next: "Ask again: then somebody else can approve it.",
  });
}

/** What whoever asked may spend in a day, whoever presses. */
async function budgetOf({ project, requester, channel, direct }: RunDraft, { rightsDesk }: CommandContext): Promise<number> {
  const rights = await rightsDesk.of(requester, { channel, direct });
  return allowanceOf(rights.policy, rights.roleIn(project) ?? "viewer", project).of;
}

/** The instance; undefined where nobody can tell whether there is one. */
async function submitted(
  intentId: string,
  submission: Submission,
  draft: RunDraft,
  context: CommandContext,
): Promise<string | undefined> {
  const client = context.maxcompute(draft.project);
  const { estimate, maxCost } = draft;
  try {
    return await send(client, submission, capOf({ estimate, maxCost, budget: await budgetOf(draft, context) }));
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    if (isPerhapsSubmitted(error)) return orNothing(findByGuid(client, submission));
    await context.submissions.move(intentId, "submitting", { state: "refused" });
    await context.budgets.giveBack(holdOf(intentId, submission));
    throw error;
  }
}

/** Whoever looks after what is unfinished has taken it. */
const tookTooLong = (): UserError =>
  new UserError("This took too long to begin, so I ran nothing.", { tone: "trouble", next: "Ask again." });

const pollMs = 1_000;
/** Of the time that is left, to read the rows in. */
const readingMs = 4_000;

/** The first rows of what ends while somebody waits for the answer; undefined for all else. */
async function quickResult(
  intentId: string,
  { project, limit }: RunDraft,
  instanceId: string,
  context: CommandContext,
): Promise<Answer | undefined> {
  const client = context.maxcompute(project);
  while (context.now() < context.deadline - readingMs) {
    const seen = await orNothing(look(client, instanceId));
    if (seen?.instance.status === "Terminated") {
      const answer = await orNothing(showResult(resultOf(project, instanceId, limit), context));
      if (answer === undefined) return undefined; // whoever looks after it has them asked for once more
      const isMine = (await context.submissions.move(intentId, "submitted", { state: "over" })) !== undefined;
      return isMine ? answer : undefined;
    }
    await context.pause(pollMs);
  }
  return undefined;
}

const resultOf = (project: string, instanceId: string, limit: number) => ({
  instance: { kind: "id", instanceId } as const,
  task: undefined,
  limit,
  cols: undefined,
  grep: undefined,
  csv: false,
  json: false,
  project,
  share: false,
});
