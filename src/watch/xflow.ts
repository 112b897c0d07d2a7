// An XFlow is observed as the tree of what it has started.
import type { MaxComputeClient, SubInstance } from "../maxcompute/index.ts";
import { outcomeOf, percentDone } from "../maxcompute/index.ts";
import { inLanes } from "./lanes.ts";
import type { SubSight } from "./observation.ts";

/** More are counted by what is known of their siblings: an XFlow of thousands must not be thousands of calls a look. */
const mostLooks = 60;

const stateOf = (outcome: ReturnType<typeof outcomeOf>, tasks: readonly { readonly status: string }[]): SubSight["state"] => {
  if (outcome === "success") return "done";
  if (outcome === "failed" || outcome === "cancelled" || outcome === "unknown") return "failed";
  return tasks.length > 0 && tasks.every(({ status }) => status === "WAITING") ? "waiting" : "running";
};

/** Two nodes may have the same name; the end of the id tells them apart. */
const nameOf = ({ name, path, id }: SubInstance, isTwin: boolean): string =>
  [...path, isTwin ? `${name} …${id.slice(-4)}` : name].join(" › ");

async function sightOfSub(client: MaxComputeClient, sub: SubInstance, name: string): Promise<SubSight> {
  const [instance, tasks] = await Promise.all([client.getInstance(sub.id), client.getTasks(sub.id)]);
  const state = stateOf(outcomeOf(instance.status, tasks), tasks);
  const [task] = tasks;
  if (state !== "running" || task === undefined) return { id: sub.id, name, state };
  return { id: sub.id, name, state, percent: percentDone(await client.getTaskProgress(sub.id, task.name)) };
}

/** What an XFlow has started so far. `ended` holds the names of those known to have succeeded: they are not asked again. */
export async function subSightsOf(
  client: MaxComputeClient,
  id: string,
  ended: ReadonlySet<string>,
): Promise<readonly SubSight[]> {
  const subs = await client.getSubInstances(id);
  const times = new Map<string, number>();
  for (const sub of subs) times.set(nameOf(sub, false), (times.get(nameOf(sub, false)) ?? 0) + 1);
  const named = subs.map((sub) => ({ sub, name: nameOf(sub, (times.get(nameOf(sub, false)) ?? 0) > 1) }));
  const open = new Set(
    named
      .filter(({ name }) => !ended.has(name))
      .slice(-mostLooks)
      .map(({ sub }) => sub.id),
  );
  return inLanes(named, async ({ sub, name }) =>
    open.has(sub.id) ? sightOfSub(client, sub, name) : { id: sub.id, name, state: "done" as const },
  );
}
