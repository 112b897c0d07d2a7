import type { MaxComputeClient, TaskResult } from "../maxcompute/index.ts";
import { UserError } from "./errors.ts";
import type { Seen } from "./look.ts";
import { look, pick } from "./look.ts";
import type { Named } from "./recall.ts";

export type ReadResults = { readonly seen: Seen; readonly results: readonly TaskResult[] };

/** What the tasks of an ended instance returned, or the one task named. Throws an UserError while it has no result. */
export async function readResults(client: MaxComputeClient, named: Named, task: string | undefined): Promise<ReadResults> {
  const { instanceId, project } = named;
  const seen = await look(client, instanceId);
  const picked = pick(seen.tasks, task);
  if (seen.outcome === "running" || seen.outcome === "suspended") {
    throw new UserError(`\`${instanceId}\` is still ${seen.instance.status}: it has no result yet.`, {
      offers: [{ label: "Status", command: `status ${instanceId} -p ${project}` }],
    });
  }
  const all = [...(await client.getTaskResults(instanceId)).values()];
  return { seen, results: all.filter(({ taskName }) => task === undefined || picked.some(({ name }) => name === taskName)) };
}

export const hasFailed = ({ taskName }: TaskResult, { tasks }: Seen): boolean =>
  tasks.find(({ name }) => name === taskName)?.status === "FAILED";
