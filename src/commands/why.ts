// The question of three in the morning: what is wrong with this instance, and what now?
import type { MaxComputeClient, Task } from "../maxcompute/index.ts";
import { parseTaskError } from "../maxcompute/index.ts";
import type { WhyView } from "../view.ts";
import type { Cause, Place } from "./cause.ts";
import { causeOf } from "./cause.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { inLanes } from "./lanes.ts";
import type { Seen } from "./look.ts";
import { look, orNothing } from "./look.ts";
import { instance, project, share } from "./options.ts";
import { resolve } from "./resolve.ts";
import type { Skew } from "./skew.ts";
import { skewOf } from "./skew.ts";
import { explainSlowness, skewCause, skewNext } from "./slowness.ts";
import { subsOf } from "./sub-instances.ts";

export const whySpec = /* @__PURE__ */ defineSpec({
  name: "why",
  group: "Look",
  summary: "Say why an instance failed, waits or is slow, and what to do next",
  access: "read",
  args: { instance, project, share },
  examples: ["why last", "why #2"],
});

export const why = /* @__PURE__ */ defineCommand(whySpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  const seen = await look(client, named.instanceId);
  return {
    view: {
      kind: "why",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      status: seen.instance.status,
      outcome: seen.outcome,
      tasks: seen.tasks,
      ...(await reason(client, named.instanceId, seen)),
      seenAt: context.now(),
    },
    share: values.share,
  };
});

type Reason = Pick<WhyView, "cause" | "next" | "taskName" | "code" | "message" | "excerpt">;

async function reason(client: MaxComputeClient, instanceId: string, seen: Seen): Promise<Reason> {
  switch (seen.outcome) {
    case "failed":
      return whyFailed(client, instanceId, seen.tasks);
    case "cancelled":
      return {
        cause: "It was stopped before its end: MaxCompute says that it was cancelled.",
        next: "Ask in the channel who stopped it; run it again when it is still needed.",
        ...nameOf(seen.tasks.find(({ status }) => status === "CANCELLED")),
      };
    case "success":
      return { cause: "Nothing is wrong: it ended with success.", next: "`result` shows what it returned." };
    case "unknown":
      return {
        cause: "MaxCompute does not say how it ended.",
        next: "Open Logview to see more.",
      };
    default:
      return whySlow(client, instanceId, seen);
  }
}

const nameOf = (task: Task | undefined) => (task === undefined ? {} : { taskName: task.name });

async function whyFailed(client: MaxComputeClient, instanceId: string, tasks: readonly Task[]): Promise<Reason> {
  return (await whyFailedBelow(client, instanceId)) ?? whyTaskFailed(client, instanceId, tasks);
}

async function whyTaskFailed(client: MaxComputeClient, instanceId: string, tasks: readonly Task[]): Promise<Reason> {
  const failed = tasks.find(({ status }) => status === "FAILED");
  if (failed === undefined)
    return { cause: "It failed, and none of its tasks says why.", next: "Open Logview to see where it failed." };
  const { text } = await client.getTaskResult(instanceId, failed.name);
  const { code, message } = parseTaskError(text);
  const cause = causeOf({ code, message });
  const [skew, excerpt] = await Promise.all([
    mayBeSkewed.has(cause.kind)
      ? orNothing(client.getWorkers(instanceId, failed.name)).then((found) => skewOf(found ?? []))
      : undefined,
    cause.place === undefined ? undefined : lineOf(client, instanceId, failed.name, cause.place),
  ]);
  return {
    ...inWords(cause, skew),
    taskName: failed.name,
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

/** An XFlow fails because of an instance below it, whose error is the one to read. */
async function whyFailedBelow(client: MaxComputeClient, instanceId: string): Promise<Reason | undefined> {
  for (const { id, name, path } of await subsOf(client, instanceId)) {
    const tasks = (await orNothing(client.getTasks(id))) ?? [];
    if (!tasks.some(({ status }) => status === "FAILED")) continue;
    const reason = await orNothing(whyTaskFailed(client, id, tasks));
    if (reason !== undefined) return { ...reason, taskName: [...path, name, reason.taskName ?? ""].join(" › ") };
  }
  return undefined;
}

/** The line of the submitted SQL that an error names. */
async function lineOf(client: MaxComputeClient, instanceId: string, taskName: string, place: Place): Promise<WhyView["excerpt"]> {
  const source = await orNothing(client.getSource(instanceId));
  const query = source?.tasks.find(({ name }) => name === taskName)?.query ?? source?.tasks[0]?.query;
  const text = query?.split("\n")[place.line - 1];
  return text === undefined ? undefined : { ...place, text };
}

/** An XFlow is as slow as the instance below it that runs. */
async function whySlow(client: MaxComputeClient, instanceId: string, seen: Seen): Promise<Reason> {
  const subs = await subsOf(client, instanceId);
  if (subs.length === 0 || seen.outcome === "suspended") return whyTaskSlow(client, instanceId, seen);
  const looks = await inLanes(subs.slice(-newestSubs), async (sub) => ({ ...sub, seen: await orNothing(look(client, sub.id)) }));
  const running = looks.find(({ seen: below }) => below?.outcome === "running");
  if (running?.seen === undefined) {
    return {
      cause: "None of its sub-instances runs: it is between two of them.",
      next: "Ask again in a minute; `subs` shows them.",
    };
  }
  const reason = await whyTaskSlow(client, running.id, running.seen);
  return { ...reason, taskName: [...running.path, running.name, reason.taskName ?? ""].join(" › ") };
}

/** Those that run are among those that were started last. */
const newestSubs = 24;

async function whyTaskSlow(client: MaxComputeClient, instanceId: string, { outcome, tasks }: Seen): Promise<Reason> {
  const task = tasks.find(({ status }) => status === "RUNNING") ?? tasks[0];
  const [queueing, progress, workers] = await Promise.all([
    orNothing(client.getQueueingInfo(instanceId)),
    task === undefined ? undefined : orNothing(client.getTaskProgress(instanceId, task.name)),
    task === undefined ? undefined : orNothing(client.getWorkers(instanceId, task.name)),
  ]);
  const evidence = {
    isSuspended: outcome === "suspended",
    queueing,
    stages: progress?.stages ?? [],
    skew: skewOf(workers ?? []),
  };
  return { ...explainSlowness(evidence), ...nameOf(task) };
}
