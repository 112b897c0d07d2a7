// Stopping takes two steps: the typed command shows what would be stopped and asks; the button carries a one-use stored intent.
import type { MaxComputeClient, SubInstance } from "../maxcompute/index.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { ConfirmStopView, StopView, SubInstanceRow } from "../view.ts";
import { flag, text } from "./arguments.ts";
import type { Answer, CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { coreSecondsOf } from "./cost.ts";
import { UserError } from "./errors.ts";
import { shortHash } from "./ids.ts";
import type { Intent, StopDraft } from "./intents.ts";
import { inLanes } from "./lanes.ts";
import type { Seen } from "./look.ts";
import { look, orNothing, overallPercent, progressOf } from "./look.ts";
import { instance, project } from "./options.ts";
import type { Named } from "./recall.ts";
import { resolve } from "./resolve.ts";
import { lookAtSub, subsOf } from "./sub-instances.ts";
import { demandEntry } from "./watched.ts";

export const stopSpec = /* @__PURE__ */ defineSpec({
  name: "stop",
  aliases: ["kill"],
  group: "Act",
  summary: "Stop an instance, after asking",
  access: "operate",
  args: { instance, reason: flag(text(300), "<text>", "why; everybody here will read it"), project },
  examples: ['stop last --reason "wrong partition"'],
});

export const stop = /* @__PURE__ */ defineCommand(stopSpec, async (values, context) => {
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
  const needs = await confirmationOf(named.project, context);
  const [stages, subs, watchers] = await Promise.all([
    orNothing(progressOf(client, named.instanceId, seen.tasks, context)),
    subsOf(client, named.instanceId),
    watchersOf(named, context),
  ]);
  const [cost, branches] = await Promise.all([
    coreSecondsOf(client, named.instanceId, seen.tasks, subs),
    branchesOf(subs, client, context),
  ]);
  const percent = overallPercent(stages ?? []);
  const reason = values.reason === undefined ? {} : { reason: values.reason };
  const { channel, thread, direct } = context.request.replyTo;
  const intent = await context.intents.prepare({
    verb: "stop",
    requester: context.caller,
    channel,
    ...(thread === undefined ? {} : { thread }),
    direct,
    ...named,
    needs,
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
      ...(cost === undefined ? {} : { cost }),
      ...reason,
      needs,
      watchers,
      branches,
      seenAt: context.now(),
    },
  };
});

/** In production a second person decides, unless the policy lets somebody act alone there. Throws where nobody could decide. */
async function confirmationOf(project: string, context: CommandContext): Promise<StopDraft["needs"]> {
  if (!context.rights.isProduction(project)) return "press";
  if (context.rights.mayActAlone(project)) return "typed";
  if (context.request.replyTo.direct) {
    throw new UserError(`\`${project}\` is a production project: somebody else has to approve it, and nobody else is here.`, {
      tone: "denied",
      next: "Ask in a channel with another operator in it.",
    });
  }
  await demandEntry(context);
  return "approval";
}

/** Who else follows it: they would hear of its end. */
async function watchersOf(named: Named, { watching, caller }: CommandContext): Promise<ConfirmStopView["watchers"]> {
  const watches = await watching.ofInstance({ team: caller.team, ...named });
  const people = new Set(watches.map(({ startedBy }) => startedBy).filter((user) => user !== caller.user));
  return { people: [...people], channels: new Set(watches.map(({ thread }) => thread.channel)).size };
}

/** More would be a list and no choice; `subs` shows all. */
const mostBranches = 8;

/** Of an XFlow: what it has running. */
async function branchesOf(
  subs: readonly SubInstance[],
  client: MaxComputeClient,
  context: CommandContext,
): Promise<ConfirmStopView["branches"]> {
  const rows = await inLanes(subs.slice(0, mostSubs), (sub) => lookAtSub(sub, client, context));
  const isLive = ({ state }: SubInstanceRow) => state?.outcome === "running" || state?.outcome === "suspended";
  return rows
    .filter(isLive)
    .slice(0, mostBranches)
    .map(({ name, path, link }) => ({ name: [...path, name].join(" › "), link }));
}

/** So many sub-instances are looked at, and stopped with their XFlow. */
const mostSubs = 40;

/** What a stop is asked about: the instance somebody owns and started. Progress moves on and is no part of it. */
const fingerprint = ({ instance }: Seen): string =>
  shortHash(`${instance.id}\n${instance.owner ?? ""}\n${instance.startTime ?? ""}`, 16);

/** How long a stop is watched until MaxCompute says that it took effect (stopping is asynchronous, protocol section 6). */
const watchedMs = 20_000;
const pollMs = 1_000;

/** Carries out a decided intent, and answers with what MaxCompute then says. */
export async function carryOutStop({ draft, decidedBy }: Intent<StopDraft>, context: CommandContext): Promise<Answer> {
  const { project: inProject, instanceId } = draft;
  const client = context.maxcompute(inProject);
  const reason = draft.reason === undefined ? {} : { reason: draft.reason };
  const base = {
    kind: "stop",
    link: { ref: context.refs.to(inProject, instanceId), project: inProject, instanceId },
    by: draft.requester.user,
    ...(decidedBy === undefined ? {} : { approvedBy: decidedBy.user }),
    ...reason,
  } as const;
  const seen = await look(client, instanceId);
  if (seen.instance.status === "Terminated") {
    return { view: { ...base, phase: "already-finished", status: seen.instance.status, outcome: seen.outcome } };
  }
  if (fingerprint(seen) !== draft.shown) {
    throw new UserError("This is not the instance you were shown any more, so I stopped nothing.", {
      next: "Ask again with `stop`.",
    });
  }
  await context.tell({ ...base, phase: "stopping", status: seen.instance.status });
  await context.promise({ kind: "acted", link: base.link, by: base.by, action: "asked to stop", ...reason });
  const { view, asked } = await stopAndWatch(client, instanceId, base, context);
  if (!asked) return { view };
  const action = view.phase === "stopped" ? "stopped" : "asked to stop";
  const outcome = view.outcome === undefined ? {} : { outcome: view.outcome };
  return { view, announce: { kind: "acted", link: base.link, by: base.by, action, ...outcome, ...reason } };
}

type Base = Pick<StopView, "kind" | "link" | "by" | "approvedBy" | "reason">;
/** `asked`: the stop reached MaxCompute, or may have; everybody is told of that. */
type Watched = { readonly view: StopView; readonly asked: boolean };

async function stopAndWatch(
  client: MaxComputeClient,
  instanceId: string,
  base: Base,
  { now, pause, deadline }: Pick<CommandContext, "now" | "pause" | "deadline">,
): Promise<Watched> {
  const from = now();
  const subs = await subsOf(client, instanceId);
  const request = await askToStop(client, instanceId);
  await stopBranches(subs, client);
  let last: Seen | undefined;
  for (;;) {
    last = (await orNothing(look(client, instanceId))) ?? last;
    const waitedMs = now() - from;
    if (last?.instance.status === "Terminated") return ended(request, last, { ...base, waitedMs });
    if (waitedMs >= watchedMs || now() >= deadline) {
      const phase = last === undefined || request !== "accepted" ? "unknown" : "still-running";
      const said = last === undefined ? {} : { status: last.instance.status, outcome: last.outcome };
      return { view: { ...base, phase, ...said, waitedMs }, asked: request !== "refused" };
    }
    await pause(pollMs);
  }
}

/** What an XFlow has started goes with it; what has ended by itself is left. Whether it did is seen when one looks at them. */
const stopBranches = (subs: readonly SubInstance[], client: MaxComputeClient) =>
  inLanes(subs.slice(0, mostSubs), ({ id }) => orNothing(client.stopInstance(id)));

type StopRequest = "accepted" | "refused" | "lost";

/** Kinds after which nobody knows whether the stop took effect: the status has to tell. */
const ambiguous: ReadonlySet<MaxComputeError["kind"]> = new Set(["unreachable", "timeout", "server", "malformed", "too-large"]);

async function askToStop(client: MaxComputeClient, instanceId: string): Promise<StopRequest> {
  try {
    await client.stopInstance(instanceId);
    return "accepted";
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    if (error.kind === "already-finished") return "refused";
    if (ambiguous.has(error.kind)) return "lost";
    throw error;
  }
}

/** It may have ended by itself, or by somebody else's stop, in the same moment: that is not claimed for this one. */
function ended(request: StopRequest, { instance, outcome }: Seen, base: Base & { readonly waitedMs: number }): Watched {
  const { status } = instance;
  // Terminated right after an accepted stop and with no task that tells of another end: the stop ended it.
  if (outcome === "unknown" && request === "accepted") return { view: { ...base, phase: "stopped", status }, asked: true };
  if (outcome === "cancelled" && request !== "refused")
    return { view: { ...base, phase: "stopped", status, outcome }, asked: true };
  return { view: { ...base, phase: "already-finished", status, outcome }, asked: false };
}
