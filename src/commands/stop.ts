// Stopping takes two steps: the typed command shows what would be stopped and asks; the button carries a one-use stored intent.
import type { MaxComputeClient } from "../maxcompute/index.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { StopView } from "../view.ts";
import { flag, text } from "./arguments.ts";
import type { Answer, CommandContext } from "./command.ts";
import { defineCommand } from "./command.ts";
import { shortHash } from "./ids.ts";
import type { Intent } from "./intents.ts";
import type { Seen } from "./look.ts";
import { look, overallPercent, progressOf } from "./look.ts";
import { instance, project } from "./options.ts";
import { resolve } from "./resolve.ts";

export const stop = defineCommand({
  name: "stop",
  aliases: ["kill"],
  group: "Act",
  summary: "Stop an instance, after asking",
  access: "operate",
  args: { instance, reason: flag(text(300), "<text>", "why; everybody here will read it"), project },
  examples: ['stop last --reason "wrong partition"'],
  async run(values, context) {
    const named = await resolve(values.instance, values.project, context);
    const client = context.maxcompute(named.project);
    const link = { ref: context.refs.to(named.project, named.instanceId), ...named };
    const seen = await look(client, named.instanceId);
    if (seen.instance.status === "Terminated") {
      return {
        view: {
          kind: "stop",
          link,
          phase: "already-finished",
          status: seen.instance.status,
          outcome: seen.outcome,
          by: context.caller.user,
        },
      };
    }
    const percent = overallPercent(await progressOf(client, named.instanceId, seen.tasks, context).catch(() => []));
    const reason = values.reason === undefined ? {} : { reason: values.reason };
    const intent = await context.intents.prepare({
      verb: "stop",
      requester: context.caller,
      channel: context.channel,
      ...named,
      ...reason,
      shown: fingerprint(seen),
    });
    return {
      view: {
        kind: "confirm-stop",
        link,
        ...intent,
        instance: seen.instance,
        tasks: seen.tasks,
        ...(percent === undefined ? {} : { percent }),
        ...reason,
        seenAt: context.now(),
      },
    };
  },
});

/** What a stop is asked about: the instance somebody owns and started. Progress moves on and is no part of it. */
const fingerprint = ({ instance }: Seen): string =>
  shortHash(`${instance.id}\n${instance.owner ?? ""}\n${instance.startTime ?? ""}`, 16);

/** How long a stop is watched until MaxCompute says that it took effect (stopping is asynchronous, protocol section 6). */
const watchedMs = 20_000;
const pollMs = 1_000;

/** Carries out a decided intent, and answers with what MaxCompute then says. */
export async function carryOutStop({ draft }: Intent, context: CommandContext): Promise<Answer> {
  const { project: inProject, instanceId } = draft;
  const client = context.maxcompute(inProject);
  const reason = draft.reason === undefined ? {} : { reason: draft.reason };
  const base = {
    kind: "stop",
    link: { ref: context.refs.to(inProject, instanceId), project: inProject, instanceId },
    by: context.caller.user,
    ...reason,
  } as const;
  const seen = await look(client, instanceId);
  if (seen.instance.status === "Terminated") {
    return { view: { ...base, phase: "already-finished", status: seen.instance.status, outcome: seen.outcome } };
  }
  if (fingerprint(seen) !== draft.shown) {
    return {
      view: {
        kind: "notice",
        text: "This is not the instance you were shown any more, so I stopped nothing. Ask again.",
        suggestions: [],
      },
    };
  }
  await context.tell({ ...base, phase: "stopping", status: seen.instance.status });
  const view = await stopAndWatch(client, instanceId, base, context);
  if (view.phase === "already-finished" || view.phase === "unknown") return { view };
  const action = view.phase === "stopped" ? "stopped" : "asked to stop";
  const outcome = view.outcome === undefined ? {} : { outcome: view.outcome };
  return { view, announce: { kind: "acted", link: base.link, by: base.by, action, ...outcome, ...reason } };
}

type Base = Pick<StopView, "kind" | "link" | "by" | "reason">;

async function stopAndWatch(
  client: MaxComputeClient,
  instanceId: string,
  base: Base,
  context: CommandContext,
): Promise<StopView> {
  const from = context.now();
  const request = await client.stopInstance(instanceId).then(
    () => "accepted" as const,
    (error: unknown) => {
      if (!(error instanceof MaxComputeError)) throw error;
      if (error.kind === "already-finished") return "refused" as const;
      if (error.kind === "unreachable" || error.kind === "timeout" || error.kind === "server") return "lost" as const;
      throw error;
    },
  );
  for (;;) {
    const seen = await look(client, instanceId).catch((error: unknown) => {
      if (error instanceof MaxComputeError) return undefined;
      throw error;
    });
    const waitedMs = context.now() - from;
    const said = seen === undefined ? {} : { status: seen.instance.status, outcome: seen.outcome };
    if (seen?.instance.status === "Terminated") {
      // It may have ended by itself in the same moment: only what was cancelled was stopped.
      const phase = seen.outcome === "cancelled" ? "stopped" : "already-finished";
      return { ...base, phase, ...said, waitedMs };
    }
    if (waitedMs >= watchedMs)
      return { ...base, phase: seen === undefined || request === "lost" ? "unknown" : "still-running", ...said, waitedMs };
    await context.pause(pollMs);
  }
}
