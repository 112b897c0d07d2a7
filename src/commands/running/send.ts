// The one place that submits: with the Guid that is on record, and the walls behind everything that a person set.
import type { MaxComputeClient, MaxComputeError } from "../../maxcompute/index.ts";
import { guardedHints } from "../../sql/index.ts";
import type { Estimate } from "./job.ts";
import { jobNameOf, type Submission } from "./submissions.ts";

/** So much dearer than it was estimated it may become, by data that came in meanwhile, before the service refuses it. */
const slack = 1.1;

export type Caps = { readonly estimate?: Estimate | undefined; readonly maxCost?: number | undefined; readonly budget: number };

/** What the service may let it cost: as the person said, else about what was shown, else a day's budget. */
export const capOf = ({ estimate, maxCost, budget }: Caps): number =>
  maxCost ?? (estimate === undefined ? budget : Math.max(0.01, Math.ceil(estimate.amount * slack * 100) / 100));

/** Submits it, once; the id of its instance. Throws the client's MaxComputeError. */
export async function send(client: MaxComputeClient, { job, guid, timeoutMs }: Submission, cap: number): Promise<string> {
  if (job.kind === "xflow") {
    const { name, from, parameters } = job;
    return (await client.runXflow(name, { parameters, ...(from === undefined ? {} : { project: from }) })).id;
  }
  const hints = guardedHints({ readOnly: job.isReading, ...(cap > 0 ? { meteringCap: cap } : {}), timeoutMs }, job.settings);
  return (await client.runSql(job.statement, { hints, uniqueId: guid, jobName: jobNameOf(guid) })).id;
}

/** Kinds after which it may have been submitted all the same. A 409 says that there is another one of that Guid. */
const ambiguous: ReadonlySet<MaxComputeError["kind"]> = new Set([
  "unreachable",
  "timeout",
  "server",
  "malformed",
  "too-large",
  "aborted",
]);

export const isPerhapsSubmitted = (error: MaxComputeError): boolean => ambiguous.has(error.kind) || error.httpStatus === 409;

/** Before it was sent, by the clock of whoever sent it. */
const earlierMs = 60_000;
const mostLookedAt = 20;

/**
 * The instance that was submitted under a Guid; undefined when there is none to be seen, which is not that there is none. An XFlow has no
 * Guid to be found by. Throws the client's MaxComputeError.
 */
export async function findByGuid(client: MaxComputeClient, { job, guid, at }: Submission): Promise<string | undefined> {
  if (job.kind === "xflow") return undefined;
  const sought = { jobName: jobNameOf(guid), from: at - earlierMs, limit: mostLookedAt };
  const ids: string[] = [];
  for await (const { id } of client.listInstances(sought)) ids.push(id);
  for (const id of ids) {
    // A service that does not filter by name lists others as well.
    if ((await client.getSource(id)).uniqueId === guid) return id;
  }
  return undefined;
}
