// What several commands read of an instance, side by side.
import type { Instance, MaxComputeClient, Outcome, Task } from "../maxcompute/index.ts";
import { formatProgress, MaxComputeError, outcomeOf, parseTaskError, percentDone } from "../maxcompute/index.ts";
import type { Failure, TaskProgressView } from "../view/index.ts";
import { causeOf } from "./cause.ts";
import type { CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";

export type Seen = { readonly instance: Instance; readonly tasks: readonly Task[]; readonly outcome: Outcome };

/** An instance and its tasks, asked for at the same time. */
export async function look(client: MaxComputeClient, instanceId: string): Promise<Seen> {
  const [instance, first] = await Promise.all([client.getInstance(instanceId), client.getTasks(instanceId)]);
  // It may have ended between the two answers: then the tasks are of the moment before, and are asked once more.
  const endedMeanwhile = instance.status === "Terminated" && first.some(({ status }) => unfinished.has(status));
  const tasks = endedMeanwhile ? await client.getTasks(instanceId) : first;
  return { instance, tasks, outcome: outcomeOf(instance.status, tasks) };
}

const unfinished: ReadonlySet<string> = new Set(["WAITING", "RUNNING", "SUSPENDED"]);

/** What a card can do without: nothing instead of a failure of the service. A fault of our own is still thrown. */
export async function orNothing<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof MaxComputeError) return undefined;
    throw error;
  }
}

/** The tasks with this name, or all. Throws an UserError that names those there are. */
export function pick(tasks: readonly Task[], name: string | undefined): readonly Task[] {
  if (name === undefined) return tasks;
  const picked = tasks.filter((task) => task.name === name);
  if (picked.length > 0) return picked;
  const names = tasks.map((task) => `\`${task.name}\``).join(", ");
  throw new UserError(`There is no task \`${name}\`.`, {
    detail: names === "" ? "The instance has no tasks yet." : `Its tasks: ${names}.`,
  });
}

/** Progress of each task; one that MaxCompute will not give (a type without stages) has none, which is no error. */
export async function progressOf(
  client: MaxComputeClient,
  instanceId: string,
  tasks: readonly Task[],
  { now }: Pick<CommandContext, "now">,
): Promise<readonly TaskProgressView[]> {
  return Promise.all(
    tasks.map(async ({ name }) => {
      const progress = await client.getTaskProgress(instanceId, name).catch((error: unknown) => {
        if (error instanceof MaxComputeError && error.kind === "invalid") return { stages: [] };
        throw error;
      });
      const percent = percentDone(progress);
      const line = formatProgress(instanceId, progress, now());
      return { taskName: name, stages: progress.stages, line, ...(percent === undefined ? {} : { percent }) };
    }),
  );
}

/** The percentage of the whole instance: the mean of its tasks that know theirs; undefined when none does. */
export function overallPercent(progress: readonly TaskProgressView[]): number | undefined {
  const known = progress.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));
  return known.length === 0 ? undefined : Math.round(known.reduce((sum, percent) => sum + percent, 0) / known.length);
}

/** Why the instance failed, in the words of the first task that did (protocol section 8.3). */
export async function failureOf(
  client: MaxComputeClient,
  instanceId: string,
  tasks: readonly Task[],
): Promise<Failure | undefined> {
  const failed = tasks.find(({ status }) => status === "FAILED");
  if (failed === undefined) return undefined;
  const { text } = await client.getTaskResult(instanceId, failed.name);
  const { code, message } = parseTaskError(text);
  const { what: cause, next } = causeOf({ code, message });
  return { taskName: failed.name, message, cause, next, ...(code === undefined ? {} : { code }) };
}
