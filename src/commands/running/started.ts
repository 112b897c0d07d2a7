// An instance that a submission has become: on record, counted, and followed. Whoever finds out about it does the same, the worker that
// submitted it or whoever looks after what a dead one left.
import { newWatch } from "../../watch/index.ts";
import type { Budgets } from "../budget.ts";
import { connection, type WatchBook } from "../watch-book.ts";
import { isReading } from "./job.ts";
import type { Submission, Submissions } from "./submissions.ts";

export type StartedPorts = {
  readonly submissions: Submissions;
  readonly budgets: Budgets;
  readonly watching: Pick<WatchBook, "add">;
  now(): number;
};

export const holdOf = (id: string, { requester, day }: Pick<Submission, "requester" | "day">) => ({ caller: requester, day, id });

/** Its time begins now. Undefined when somebody else has found it before. */
export async function started(
  id: string,
  { timeoutMs }: Submission,
  instanceId: string,
  ports: StartedPorts,
): Promise<Submission | undefined> {
  const stopAt = ports.now() + timeoutMs;
  const known = await ports.submissions.move(id, "submitting", { state: "submitted", instanceId, stopAt });
  if (known === undefined) return undefined;
  await ports.budgets.spend(holdOf(id, known));
  return (await followed(id, known, ports)) ?? known;
}

/** Has it watched where it was asked for, once. */
export async function followed(id: string, submission: Submission, ports: StartedPorts): Promise<Submission | undefined> {
  const { project, instanceId, requester, watchIn: channel, state, job } = submission;
  if (instanceId === undefined || channel === undefined || submission.isWatched === true || state !== "submitted")
    return undefined;
  const watch = { team: requester.team, connection, project, instanceId, channel, startedBy: requester.user };
  // Its end is told to whoever asked for it, too, or they get its rows: the card is for everybody.
  const options = { dm: true, ...(isReading(job) ? { rows: true } : {}) };
  await ports.watching.add(newWatch({ ...watch, options }, ports.now()));
  return ports.submissions.move(id, "submitted", { state: "submitted", isWatched: true });
}
