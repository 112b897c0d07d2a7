// The act of a stop that was decided: it is sent once, and the answer is what MaxCompute then says.
import type { MaxComputeClient, SubInstance } from "../maxcompute/index.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { StopView } from "../view/index.ts";
import type { Stop } from "../watch/index.ts";
import type { Answer, CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import { followStop, markStop } from "./follow-stop.ts";
import type { Intent, StopDraft } from "./intents.ts";
import { inLanes } from "./lanes.ts";
import type { Seen } from "./look.ts";
import { look, orNothing } from "./look.ts";
import { fingerprint, mostSubs } from "./stop.ts";
import { subsOf } from "./sub-instances.ts";

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
  const { view, asked } = await stopAndWatch(client, base, context);
  if (!asked) return { view };
  const action = view.phase === "stopped" ? "stopped" : "asked to stop";
  const outcome = view.outcome === undefined ? {} : { outcome: view.outcome };
  return { view, announce: { kind: "acted", link: base.link, by: base.by, action, ...outcome, ...reason } };
}

type Base = Pick<StopView, "kind" | "link" | "by" | "approvedBy" | "reason">;
/** `asked`: the stop reached MaxCompute, or may have; everybody is told of that. */
type Watched = { readonly view: StopView; readonly asked: boolean };

async function stopAndWatch(client: MaxComputeClient, base: Base, context: CommandContext): Promise<Watched> {
  const { now, pause, deadline } = context;
  const { instanceId } = base.link;
  const from = now();
  const subs = await subsOf(client, instanceId);
  const request = await askToStop(client, instanceId);
  const stop = stopOf(base, now());
  const [isMarked] = await Promise.all([
    request === "refused" ? false : markStop(base.link, stop, context),
    stopBranches(subs, client),
  ]);
  let last: Seen | undefined;
  for (;;) {
    last = (await orNothing(look(client, instanceId))) ?? last;
    const waitedMs = now() - from;
    if (last?.instance.status === "Terminated") return ended(request, last, { ...base, waitedMs });
    if (waitedMs >= watchedMs || now() >= deadline) {
      const phase = last === undefined || request !== "accepted" ? "unknown" : "still-running";
      const said = last === undefined ? {} : { status: last.instance.status, outcome: last.outcome };
      if (request === "refused") return { view: { ...base, phase, ...said, waitedMs }, asked: false };
      const isFollowed = isMarked || (await followStop(base.link, stop, context));
      return { view: { ...base, phase, ...said, waitedMs, isFollowed }, asked: true };
    }
    await pause(pollMs);
  }
}

const stopOf = ({ by, reason, approvedBy }: Base, at: number): Stop => ({
  by,
  at,
  ...(reason === undefined ? {} : { reason }),
  ...(approvedBy === undefined ? {} : { approvedBy }),
});

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
