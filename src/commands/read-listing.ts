import type { InstanceStatus, InstanceSummary, MaxComputeClient } from "../maxcompute/index.ts";
import { MaxComputeError } from "../maxcompute/index.ts";

/** How many instances one listing reads at most, over all its pages. */
const readAtMost = 10_000;

type Wanted = {
  readonly onlyOwner: boolean;
  readonly from: number;
  readonly status?: InstanceStatus | undefined;
  readonly jobName?: string | undefined;
  readonly quota?: string | undefined;
};
export type Listing = {
  /** Newest first: the order of the service is its own (protocol section 4). */
  readonly instances: readonly InstanceSummary[];
  /** Why there may be more than these, for a person to read; undefined when these are all. */
  readonly cut: string | undefined;
};

/** The instances of a project since `from` (epoch ms). Throws MaxComputeError, unless it had read some of them before. */
export async function readListing(
  client: MaxComputeClient,
  { onlyOwner, from, status, jobName, quota }: Wanted,
): Promise<Listing> {
  const found = new Map<string, InstanceSummary>();
  const filter = {
    onlyOwner,
    from,
    limit: readAtMost,
    ...(status === undefined ? {} : { status }),
    ...(jobName === undefined ? {} : { jobName }),
    ...(quota === undefined ? {} : { quota }),
  };
  let read = 0;
  let cut: string | undefined;
  try {
    for await (const instance of client.listInstances(filter)) {
      read += 1;
      found.set(instance.id, instance);
    }
    if (read >= readAtMost) cut = `I stopped reading after ${count(readAtMost)} instances`;
  } catch (error) {
    const isSlow = error instanceof MaxComputeError && (error.kind === "timeout" || error.kind === "throttled");
    if (!isSlow || read === 0) throw error;
    cut = `MaxCompute was too slow: I read ${count(read)} instances, and not all`;
  }
  return { instances: [...found.values()].sort(newestFirst), cut };
}

const count = (value: number): string => value.toLocaleString("en-US");

const newestFirst = (a: InstanceSummary, b: InstanceSummary): number =>
  (b.startTime ?? 0) - (a.startTime ?? 0) || (a.id < b.id ? 1 : -1);
