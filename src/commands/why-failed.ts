// Why an instance that has failed did so; of an XFlow, why the instance below it failed that brought it down.
import type { MaxComputeClient, SubInstance, Task } from "../maxcompute/index.ts";
import { parseTaskError } from "../maxcompute/index.ts";
import type { WhyView } from "../view/index.ts";
import type { Cause, Place } from "./cause.ts";
import { causeOf } from "./cause.ts";
import { inLanes } from "./lanes.ts";
import { orNothing } from "./look.ts";
import type { Skew } from "./skew.ts";
import { skewOf } from "./skew.ts";
import { skewCause, skewNext } from "./slowness.ts";
import { subsOf } from "./sub-instances.ts";

export type Reason = Pick<WhyView, "cause" | "next" | "taskName" | "code" | "message" | "excerpt"> & {
  /** The instance below an XFlow that it was found at. */
  readonly subId?: string;
};

/** There is no time for more; those that fail are among those that were started last. */
const lookedAt = 40;

const hasFailed = ({ status }: Task): boolean => status === "FAILED";

/** The cause, from the instance below or its own error; one that cannot be read is said to be so, with its task. */
export async function whyFailed(client: MaxComputeClient, instanceId: string, tasks: readonly Task[]): Promise<Reason> {
  // Side by side: however long those below take, its own error has been asked for.
  const [below, own] = await Promise.all([lookBelow(client, instanceId), whyTaskFailed(client, instanceId, tasks)]);
  if (below.reason !== undefined) return below.reason;
  if (below.all <= lookedAt) return own;
  return { ...own, cause: `${own.cause} None of the newest ${lookedAt} of its ${below.all} sub-instances failed.` };
}

/** Where a failed task of an XFlow's node stands: `loop › train › AnonymousSQLTask`. */
export const wayTo = ({ path, name }: SubInstance, taskName = ""): string =>
  [...path, name, taskName].filter((part) => part !== "").join(" › ");

/** An XFlow fails because of an instance below it, whose error is the one to read. */
async function lookBelow(client: MaxComputeClient, instanceId: string) {
  const subs = await subsOf(client, instanceId);
  const looks = await inLanes(subs.slice(-lookedAt), async (sub) => ({
    sub,
    tasks: (await orNothing(client.getTasks(sub.id))) ?? [],
  }));
  const failed = looks.find(({ tasks }) => tasks.some(hasFailed));
  if (failed === undefined) return { all: subs.length, reason: undefined };
  const { sub, tasks } = failed;
  const reason = await whyTaskFailed(client, sub.id, tasks);
  return { all: subs.length, reason: { ...reason, subId: sub.id, taskName: wayTo(sub, reason.taskName) } };
}

async function whyTaskFailed(client: MaxComputeClient, instanceId: string, tasks: readonly Task[]): Promise<Reason> {
  const failed = tasks.find(hasFailed);
  if (failed === undefined)
    return { cause: "It failed, and none of its tasks says why.", next: "Open Logview to see where it failed." };
  const { name: taskName } = failed;
  const result = await orNothing(client.getTaskResult(instanceId, taskName));
  if (result === undefined)
    return { cause: "It failed; its error cannot be read.", next: "Open Logview, which may show it.", taskName };
  const { code, message } = parseTaskError(result.text);
  const cause = causeOf({ code, message });
  const [skew, excerpt] = await Promise.all([
    mayBeSkewed.has(cause.kind)
      ? orNothing(client.getWorkers(instanceId, taskName)).then((found) => skewOf(found ?? []))
      : undefined,
    cause.place === undefined ? undefined : lineOf(client, instanceId, taskName, cause.place),
  ]);
  return {
    ...inWords(cause, skew),
    taskName,
    message,
    ...(code === undefined ? {} : { code }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

/** Causes behind which there may be one worker with far too many rows. */
const mayBeSkewed: ReadonlySet<Cause["kind"]> = new Set(["out-of-memory", "timeout", "unknown"]);

function inWords({ kind, what, next }: Cause, skew: Skew | undefined): Pick<Reason, "cause" | "next"> {
  if (skew === undefined) return { cause: what, next };
  return { cause: kind === "unknown" ? skewCause(skew) : `${what} ${skewCause(skew)}`, next: skewNext };
}

/** The line of the submitted SQL that an error names. */
async function lineOf(client: MaxComputeClient, instanceId: string, taskName: string, place: Place): Promise<WhyView["excerpt"]> {
  const source = await orNothing(client.getSource(instanceId));
  const query = source?.tasks.find(({ name }) => name === taskName)?.query ?? source?.tasks[0]?.query;
  const text = query?.split("\n")[place.line - 1];
  return text === undefined ? undefined : { ...place, text };
}
