// Stopping takes two steps: the typed command shows what would be stopped and asks; the button carries a one-use stored intent.
import type { MaxComputeClient, SubInstance } from "../maxcompute/index.ts";
import type { ConfirmStopView, SubInstanceRow } from "../view/index.ts";
import { flag, text } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { coreSecondsOf } from "./cost.ts";
import { UserError } from "./errors.ts";
import { shortHash } from "./ids.ts";
import type { StopDraft } from "./intents.ts";
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
  const { owner, startTime } = seen.instance;
  const facts = {
    ...(owner === undefined ? {} : { owner }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(percent === undefined ? {} : { percent }),
    ...(cost === undefined ? {} : { cost }),
    watchers,
    seenAt: context.now(),
  };
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
    facts,
  });
  return {
    view: {
      kind: "confirm-stop",
      link,
      ...intent,
      instance: seen.instance,
      tasks: seen.tasks,
      facts,
      ...reason,
      needs,
      branches,
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

/** Throws where the policy asks for more by now than when the question was put: the project is of production, or they are on call no more. */
export function demandStillEnough({ needs, project }: StopDraft, { rights }: CommandContext): void {
  if (needs === "approval" || !rights.isProduction(project)) return;
  if (needs === "typed" && rights.mayActAlone(project)) return;
  throw new UserError("The policy asks for more than this button by now, so I did nothing.", {
    tone: "denied",
    next: "Ask again with `stop`.",
  });
}

/** Who else follows it: they would hear of its end. */
async function watchersOf(named: Named, { watching, caller }: CommandContext) {
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
export const mostSubs = 40;

/** What a stop is asked about: the instance somebody owns and started. Progress moves on and is no part of it. */
export const fingerprint = ({ instance }: Seen): string =>
  shortHash(`${instance.id}\n${instance.owner ?? ""}\n${instance.startTime ?? ""}`, 16);
