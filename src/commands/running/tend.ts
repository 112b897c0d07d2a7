// Looks after what was submitted: what a dead worker left in the middle is found by its Guid, never submitted again, and said; the rows of
// what has ended are sent to whoever asked; what runs longer than it may is stopped. Called by the clock; what it cannot do now it does at
// the next call.
import type { Log } from "../../log.ts";
import type { InstanceStatus, MaxComputeClient, Outcome } from "../../maxcompute/index.ts";
import { MaxComputeError } from "../../maxcompute/index.ts";
import type { RunView } from "../../view.ts";
import { requestIdOf } from "../ids.ts";
import { laterWord } from "../later-word.ts";
import { look } from "../look.ts";
import type { Caller, CommandRequest } from "../request.ts";
import { hours, minutes } from "../store.ts";
import { isReading } from "./job.ts";
import { findByGuid } from "./send.ts";
import { followed, holdOf, type StartedPorts, started } from "./started.ts";
import type { Submission } from "./submissions.ts";
import { jobView } from "./views.ts";

export type TendPorts = StartedPorts & {
  maxcompute(project: string): MaxComputeClient;
  /** Puts on its way what somebody would ask now. Throws when that is not sure; of one id it is answered once, however often it is put. */
  ask(request: CommandRequest): Promise<void>;
  /** To somebody alone. Throws when they could not be told. */
  tell(who: Caller, view: RunView, about: string): Promise<void>;
  readonly log: Pick<Log, "warn" | "info">;
};

/** Whoever was at it has ended by then (a worker's time-out is a quarter of it). */
const leftAfter = minutes(2);
/** Where MaxCompute does not say by then, nobody finds out any more. */
const soughtFor = hours(1);

/** What this is to do about a submission now. Pure. */
export function dueOf(
  submission: Submission,
  now: number,
): "give back" | "look for it" | "follow it" | "see it" | "stop it" | undefined {
  const { state, at, stopAt, watchIn, isWatched, isLeft } = submission;
  const isWorkersStill = at + leftAfter > now;
  if (state === "submitted") {
    if (stopAt !== undefined && stopAt <= now) return "stop it";
    if (isWorkersStill) return isLeft === true ? "see it" : undefined;
    return watchIn !== undefined && isWatched !== true ? "follow it" : "see it";
  }
  if (isWorkersStill) return undefined;
  if (state === "preparing") return "give back";
  return state === "submitting" ? "look for it" : undefined;
}

/** Never throws for what is wrong with one of them. */
export async function tendSubmissions(ports: TendPorts): Promise<void> {
  for (const [id, submission] of await ports.submissions.open()) {
    try {
      await tend(id, submission, ports);
    } catch (error) {
      ports.log.warn("submission.not_tended", { submission: id, state: submission.state, error });
    }
  }
}

async function tend(id: string, submission: Submission, ports: TendPorts): Promise<void> {
  const { submissions, budgets, now } = ports;
  switch (dueOf(submission, now())) {
    case undefined:
      return;
    case "follow it":
      await followed(id, submission, ports);
      return;
    case "see it":
      await hasEnded(id, submission, ports);
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

/** Of what has ended the rows are asked for, as whoever ran it would ask; its end itself the watch tells. */
async function hasEnded(id: string, submission: Submission, ports: TendPorts): Promise<boolean> {
  const { instanceId = "", project, isWatched } = submission;
  const { status, outcome } = await standing(ports.maxcompute(project), instanceId);
  if (status !== "Terminated") return false;
  const isWanted = isReading(submission.job) && (outcome === "success" || isWatched !== true);
  // Before it is over: in whatever order somebody dies here, they are asked for, and by their id once.
  if (isWanted) await ports.ask(rowsOf(id, submission, ports.now()));
  await ports.submissions.move(id, "submitted", { state: "over" });
  return true;
}

/** What MaxCompute knows no more has ended long ago. */
async function standing(client: MaxComputeClient, instanceId: string): Promise<{ status: InstanceStatus; outcome?: Outcome }> {
  try {
    const { instance, outcome } = await look(client, instanceId);
    return { status: instance.status, outcome };
  } catch (error) {
    if (error instanceof MaxComputeError && error.kind === "not-found") return { status: "Terminated" };
    throw error;
  }
}

const rowsOf = (id: string, { requester, project, instanceId, limit }: Submission, now: number): CommandRequest => ({
  ...laterWord(requester, requestIdOf(`rows of ${id}`), now),
  ask: { kind: "text", text: `result ${instanceId} -p ${project} --limit ${limit}` },
});

async function stopIt(id: string, submission: Submission, ports: TendPorts): Promise<void> {
  const { instanceId = "", project } = submission;
  if (await hasEnded(id, submission, ports)) return;
  const isLate = await isStopped(ports.maxcompute(project), instanceId);
  const known = await ports.submissions.move(id, "submitted", { state: "over" });
  if (known !== undefined && isLate) await say(id, known, "stopped", ports);
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
