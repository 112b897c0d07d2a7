// The opponent: no listing, no store, no messages; each instance is asked how it is.
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { inLanes } from "../../src/watch/lanes.ts";
import type { Begin, Done, Job, Places } from "./places.ts";

export function plainLoop(
  { endpoint, project, accessId, accessKey }: Places,
  { atOnce }: Extract<Job, { kind: "loop" }>,
): (begin: Begin) => Promise<Pick<Done, "reads" | "writes" | "published">> {
  const client = createMaxComputeClient({ endpoint, project, accessKey: { id: accessId, secret: accessKey } });
  return async ({ ids = [] }) => {
    await inLanes(ids, (id) => client.getInstance(id), atOnce);
    return { reads: 0, writes: 0, published: 0 };
  };
}
