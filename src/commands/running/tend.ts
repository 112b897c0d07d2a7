// Looks after what was submitted: what a dead worker left in the middle is found by its Guid, never submitted again, and said; what runs
// longer than it may is stopped; the rows of what has ended are asked for. Called by the clock; what it cannot do now it does at the next call.
import type { Log } from "../../log.ts";
import type { MaxComputeClient } from "../../maxcompute/index.ts";
import { MaxComputeError } from "../../maxcompute/index.ts";
import type { RunView } from "../../view/index.ts";
import { inLanes } from "../lanes.ts";
import type { Caller } from "../request.ts";
import { hours, minutes } from "../store.ts";
import { isReading } from "./job.ts";
import { endSubmission, handOnRows, type RowsPorts } from "./rows.ts";
import { findByGuid } from "./send.ts";
import { followed, holdOf, type StartedPorts, started } from "./started.ts";
import type { Submission } from "./submissions.ts";
import { jobView } from "./views.ts";

export type TendPorts = StartedPorts &
  RowsPorts & {
    maxcompute(project: string): MaxComputeClient;
    /** To somebody alone. Throws when they could not be told. */
    tell(who: Caller, view: RunView, about: string): Promise<void>;
    readonly log: Pick<Log, "warn" | "info">;
  };

/** Whoever was at it has ended by then (a worker's time-out is a quarter of it). */
const leftAfter = minutes(2);
/** Where MaxCompute does not say by then, nobody finds out any more. */
const soughtFor = hours(1);
/** Whoever submitted it waits no longer for its end (the longest turn of a worker), and would have had its rows as an answer. */
const answeredWithin = 30_000;

type Due = "give back" | "look for it" | "follow it" | "stop it" | "see whether it has ended" | "hand on its rows";

/** What this is to do about a submission now. Pure. */
export function dueOf(submission: Submission, now: number): Due | undefined {
  const { state, at, stopAt = Number.POSITIVE_INFINITY, timeoutMs, watchIn, isWatched, job } = submission;
  if (state === "owing") return "hand on its rows";
  if (state === "submitted") {
    if (stopAt <= now) return "stop it";
    if (watchIn !== undefined && isWatched !== true && at + leftAfter <= now) return "follow it";
    return isReading(job) && stopAt - timeoutMs + answeredWithin <= now ? "see whether it has ended" : undefined;
  }
  if (at + leftAfter > now) return undefined;
  if (state === "preparing") return "give back";
  return state === "submitting" ? "look for it" : undefined;
}

/** Never throws for what is wrong with one of them. */
export async function tendSubmissions(ports: TendPorts): Promise<void> {
  // Side by side: where MaxCompute lets each wait, the last one would wait for all.
  await inLanes(await ports.submissions.open(), async ([id, submission]) => {
    try {
      await tend(id, submission, ports);
    } catch (error) {
      ports.log.warn("submission.not_tended", { submission: id, state: submission.state, error });
    }
  });
}

async function tend(id: string, submission: Submission, ports: TendPorts): Promise<void> {
  const { submissions, budgets, now } = ports;
  switch (dueOf(submission, now())) {
    case undefined:
      return;
    case "follow it":
      await followed(id, submission, ports);
      return;
    case "give back": {
      if ((await submissions.move(id, "preparing", { state: "dropped" })) === undefined) return;
      await budgets.giveBack(holdOf(id, submission));
      await say(id, submission, "dropped", ports);
      return;
    }
    case "look for it":
      return lookForIt(id, submission, ports);
    case "stop it":
      return stopIt(id, submission, ports);
    case "see whether it has ended":
      return seeItsEnd(id, submission, ports);
    case "hand on its rows":
      return handOnRows(id, submission, ports);
    default:
      return;
  }
}

async function lookForIt(id: string, submission: Submission, ports: TendPorts): Promise<void> {
  const isLast = submission.at + soughtFor <= ports.now();
  let instanceId: string | undefined;
  try {
    instanceId = await findByGuid(ports.maxcompute(submission.project), submission);
  } catch (error) {
    if (!(error instanceof MaxComputeError) || !isLast) throw error;
  }
  if (instanceId !== undefined) {
    const known = await started(id, submission, instanceId, ports);
    if (known !== undefined) await say(id, known, "submitted", ports);
    return;
  }
  // A listing that does not show it does not prove that it is not there: what it may have cost stays counted.
  const known = await ports.submissions.move(id, "submitting", { state: "lost" });
  if (known === undefined) return;
  await ports.budgets.spend(holdOf(id, known));
  await say(id, known, "lost", ports);
}

async function stopIt(id: string, submission: Submission, ports: TendPorts): Promise<void> {
  const { instanceId = "", project } = submission;
  const client = ports.maxcompute(project);
  const { status } = await client.getInstance(instanceId);
  if (status === "Terminated") return endSubmission(id, submission, client, ports);
  // What ends by itself in this moment is seen to have ended at the next call.
  if (!(await isStopped(client, instanceId))) return;
  const known = await ports.submissions.move(id, "submitted", { state: "over" });
  if (known !== undefined) await say(id, known, "stopped", ports);
}

async function seeItsEnd(id: string, submission: Submission, ports: TendPorts): Promise<void> {
  const { instanceId = "", project } = submission;
  const client = ports.maxcompute(project);
  const { status } = await client.getInstance(instanceId);
  if (status === "Terminated") await endSubmission(id, submission, client, ports);
}

/** False when it ended by itself in the same moment. */
async function isStopped(client: MaxComputeClient, instanceId: string): Promise<boolean> {
  try {
    await client.stopInstance(instanceId);
    return true;
  } catch (error) {
    if (error instanceof MaxComputeError && error.kind === "already-finished") return false;
    throw error;
  }
}

async function say(id: string, submission: Submission, phase: RunView["phase"], ports: TendPorts): Promise<void> {
  const { project, job, instanceId, requester, timeoutMs, isWatched, watchIn } = submission;
  const view: RunView = {
    kind: "run",
    job: jobView(project, job),
    phase,
    by: requester.user,
    timeoutMs,
    ...(phase === "lost" ? { isFinal: true } : {}),
    // Without a reference: whoever looks after it keeps none.
    ...(instanceId === undefined ? {} : { link: { ref: "", project, instanceId } }),
    ...(isWatched === true && watchIn !== undefined ? { watchedIn: watchIn } : {}),
  };
  await ports.tell(requester, view, id);
  ports.log.info("submission.tended", { submission: id, phase });
}
