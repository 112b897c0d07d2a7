// The question of three in the morning: what is wrong with this instance, and what now?
import type { MaxComputeClient, Task } from "../maxcompute/index.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { inLanes } from "./lanes.ts";
import type { Seen } from "./look.ts";
import { look, orNothing } from "./look.ts";
import { instance, project, share } from "./options.ts";
import { resolve } from "./resolve.ts";
import { skewOf } from "./skew.ts";
import { explainSlowness } from "./slowness.ts";
import { subsOf } from "./sub-instances.ts";
import type { Reason } from "./why-failed.ts";
import { wayTo, whyFailed } from "./why-failed.ts";

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
  const { subId, ...found } = await reason(client, named.instanceId, seen);
  return {
    view: {
      kind: "why",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      status: seen.instance.status,
      outcome: seen.outcome,
      tasks: seen.tasks,
      ...found,
      ...(subId === undefined ? {} : { sub: linkTo(subId, named.project, context) }),
      seenAt: context.now(),
    },
    share: values.share,
  };
});

const linkTo = (instanceId: string, project: string, { refs }: Pick<CommandContext, "refs">) => ({
  ref: refs.to(project, instanceId),
  project,
  instanceId,
});

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
  return { ...reason, subId: running.id, taskName: wayTo(running, reason.taskName) };
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
