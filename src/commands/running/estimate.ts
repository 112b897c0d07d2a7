import type { MaxComputeClient } from "../../maxcompute/index.ts";
import { MaxComputeError } from "../../maxcompute/index.ts";
import { guardedHints } from "../../sql/index.ts";
import type { Estimate, SqlJob } from "./job.ts";

const gigabyte = 2 ** 30;

/** What says that the statement is wrong, or not for this bot; anything else says only that there is no estimate. */
const aboutTheStatement: ReadonlySet<MaxComputeError["kind"]> = new Set([
  "not-found",
  "no-such-project",
  "denied",
  "unauthorized",
  "invalid",
]);

/** What the service expects a statement to cost; undefined where it does not say. Throws the MaxComputeError of a mistake in it. */
export async function estimateOf(client: MaxComputeClient, job: SqlJob): Promise<Estimate | undefined> {
  try {
    const { bytes, complexity } = await client.estimateSqlCost(job.statement, {
      hints: guardedHints({ readOnly: job.isReading }, job.settings),
    });
    if (bytes === "unknown" || complexity === "unknown") return undefined;
    return { bytes, complexity, amount: (bytes / gigabyte) * complexity };
  } catch (error) {
    if (error instanceof MaxComputeError && !aboutTheStatement.has(error.kind)) return undefined;
    throw error;
  }
}
