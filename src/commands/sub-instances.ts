// The instances below an XFlow, each looked at like any other.
import type { MaxComputeClient, SubInstance } from "../maxcompute/index.ts";
import { percentDone } from "../maxcompute/index.ts";
import type { SubInstanceRow } from "../view/index.ts";
import type { CommandContext } from "./command.ts";
import { look, orNothing } from "./look.ts";

/** How a sub-instance stands; without a state when MaxCompute does not say. */
export async function lookAtSub(
  { id, name, path }: SubInstance,
  client: MaxComputeClient,
  { refs }: Pick<CommandContext, "refs">,
): Promise<SubInstanceRow> {
  const row = { name, path, link: { ref: refs.to(client.project, id), project: client.project, instanceId: id } };
  const seen = await orNothing(look(client, id));
  if (seen === undefined) return row;
  const { outcome, tasks, instance } = seen;
  const [task] = tasks;
  const progress =
    outcome === "running" && task !== undefined ? await orNothing(client.getTaskProgress(id, task.name)) : undefined;
  const percent = progress === undefined ? undefined : percentDone(progress);
  return {
    ...row,
    state: {
      outcome,
      tasks,
      ...(percent === undefined ? {} : { percent }),
      ...(instance.startTime === undefined ? {} : { startTime: instance.startTime }),
      ...(instance.endTime === undefined ? {} : { endTime: instance.endTime }),
    },
  };
}

/** The instances an XFlow has started; none for any other instance, and where MaxCompute does not tell. */
export async function subsOf(client: MaxComputeClient, instanceId: string): Promise<readonly SubInstance[]> {
  const isXflow = await orNothing(client.isXflow(instanceId));
  return isXflow === true ? ((await orNothing(client.getSubInstances(instanceId))) ?? []) : [];
}
