// The rows of what ended after its answer: asked for as whoever ran it could ask in a direct message, and so with their rights of that
// moment, masked, as long and with the files that `result` would have. The request's id is the submission's: however often it is handed on,
// it is answered once.
import type { MaxComputeClient } from "../../maxcompute/index.ts";
import { outcomeOf } from "../../maxcompute/index.ts";
import { requestIdOf } from "../ids.ts";
import { laterWord } from "../later-word.ts";
import type { CommandQueue, CommandRequest } from "../request.ts";
import { isReading } from "./job.ts";
import type { Submission, Submissions } from "./submissions.ts";

export type RowsPorts = {
  readonly submissions: Pick<Submissions, "move">;
  /** Runs a request in the name of whoever it says; may be given the same one twice. */
  readonly queue: CommandQueue;
  now(): number;
};

/** Asks for the rows of a submission in its requester's name. */
export function rowsRequest(id: string, { requester, project, instanceId, limit }: Submission, now: number): CommandRequest {
  return {
    ...laterWord(requester, requestIdOf(`rows\n${id}`), now),
    ask: { kind: "text", text: `result ${instanceId} --limit ${limit} -p ${project}` },
    origin: "job",
  };
}

/** Its instance has ended: what it owes is on record before it is handed on. Throws the client's MaxComputeError, or what the queue says. */
export async function endSubmission(
  id: string,
  { job, instanceId = "", isWatched }: Submission,
  client: Pick<MaxComputeClient, "getTasks">,
  ports: RowsPorts,
): Promise<void> {
  const isSuccess = async () => outcomeOf("Terminated", await client.getTasks(instanceId)) === "success";
  // What has a card says there that it failed; of all else nobody would hear.
  const owesRows = isReading(job) && (isWatched !== true || (await isSuccess()));
  const known = await ports.submissions.move(id, "submitted", { state: owesRows ? "owing" : "over" });
  if (known?.state === "owing") await handOnRows(id, known, ports);
}

/** Somebody who died of it may have handed them on before. Throws what the queue says; then they are still owed. */
export async function handOnRows(id: string, submission: Submission, { submissions, queue, now }: RowsPorts): Promise<void> {
  await queue.send(rowsRequest(id, submission, now()));
  await submissions.move(id, "owing", { state: "over" });
}
