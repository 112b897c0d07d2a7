import type { MaxComputeClient } from "../maxcompute/index.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { InstanceLink, NoticeView, WatchingView } from "../view/index.ts";
import type { Options, Watch } from "../watch/index.ts";
import { newWatch } from "../watch/index.ts";
import { duration, flag, flagOr, oneOf, toggle } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { formatDuration } from "./duration.ts";
import { UserError } from "./errors.ts";
import type { Seen } from "./look.ts";
import { failureOf, look, orNothing } from "./look.ts";
import { instance, project } from "./options.ts";
import type { Named } from "./recall.ts";
import { resolve } from "./resolve.ts";
import { offers } from "./suggest.ts";
import { connection } from "./watch-book.ts";
import { demandEntry, placeOf } from "./watched.ts";
import type { Moment } from "./when.ts";
import { inZoneWords, moment, whenIs, zone } from "./when.ts";
import { optionWords, shortly } from "./words.ts";

export const watchSpec = /* @__PURE__ */ defineSpec({
  name: "watch",
  aliases: ["w", "wait"],
  group: "Follow",
  summary: "Keep a card about an instance in this channel until it ends",
  access: "read",
  args: {
    instance,
    by: flag(moment, "<07:00>", "warn when it will not have ended by then: the next 07:00, or 2026-11-26T07:00"),
    zone: flagOr(zone, "UTC", "<zone>", "whose clocks `--by` means, such as Asia/Shanghai; UTC unless told"),
    stuck: flag(duration("1m", "7d"), "<10m>", "tell when no record has moved for so long; 30m unless told"),
    queue: flag(duration("1m", "7d"), "<5m>", "tell when it has waited for so long; 5m unless told"),
    slow: flag(oneOf("p90"), "<p90>", "tell when it runs longer than 9 of 10 earlier runs of its job"),
    quiet: toggle("show nothing to the whole channel: the card and its thread alone"),
    dm: toggle("tell me its end in a direct message too"),
    project,
  },
  examples: ["watch last", "w #2 --by 07:00 --zone Asia/Shanghai", "wait last --stuck 10m --slow p90 --dm"],
});

type Wanted = {
  readonly by: Moment | undefined;
  readonly zone: string;
  readonly stuck: number | undefined;
  readonly queue: number | undefined;
  readonly slow: "p90" | undefined;
  readonly quiet: boolean;
  readonly dm: boolean;
};

export const watch = /* @__PURE__ */ defineCommand(watchSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const options = optionsOf(values, context.now());
  const link: InstanceLink = { ref: context.refs.to(named.project, named.instanceId), ...named };
  const there = await context.watching.find(placeOf(named, context));
  // What only a subscription follows tells less than was asked for: it makes way.
  if (there !== undefined && there.state !== "done" && there.only === undefined) return { view: watching(there, false, link) };
  const seen = await lookIfPossible(context.maxcompute(named.project), named.instanceId);
  if (seen?.instance.status === "Terminated") return { view: await alreadyOver(named, seen, context) };
  await demandEntry(context);
  const wanted = { team: context.caller.team, connection, ...named, channel: context.channel, startedBy: context.caller.user };
  const { added, watch: kept } = await context.watching.add(newWatch({ ...wanted, options }, context.now()));
  return { view: watching(kept, added, link, values.zone) };
});

function optionsOf({ by, zone: inZone, stuck, queue, slow, quiet, dm }: Wanted, now: number): Options {
  const deadline = by === undefined ? undefined : whenIs(by, inZone, now);
  if (deadline !== undefined && deadline <= now) {
    throw new UserError(`\`--by\` has passed: it was ${inZoneWords(deadline, inZone)}.`, {
      next: "Give a later one. `--zone` says whose clocks you mean.",
    });
  }
  return {
    ...(deadline === undefined ? {} : { by: deadline }),
    ...(stuck === undefined ? {} : { stuckMs: stuck }),
    ...(queue === undefined ? {} : { queueMs: queue }),
    ...(slow === undefined ? {} : { slow }),
    ...(quiet ? { quiet } : {}),
    ...(dm ? { dm } : {}),
  };
}

function watching({ thread, options }: Watch, isNew: boolean, link: InstanceLink, inZone?: string): WatchingView {
  return {
    kind: "watching",
    link,
    isNew,
    channel: thread.channel,
    ...(thread.ts === undefined ? {} : { cardTs: thread.ts }),
    ...(options.by === undefined ? {} : { by: options.by }),
    options: optionWords(options, inZone),
  };
}

const passing: ReadonlySet<MaxComputeError["kind"]> = new Set(["unreachable", "timeout", "throttled", "server", "aborted"]);

/** While MaxCompute is away a watch can be started all the same: it waits for the first answer. */
async function lookIfPossible(client: MaxComputeClient, instanceId: string): Promise<Seen | undefined> {
  try {
    return await look(client, instanceId);
  } catch (error) {
    if (error instanceof MaxComputeError && passing.has(error.kind)) return undefined;
    throw error;
  }
}

type Ending = { readonly words: string; readonly more?: { readonly label: string; readonly verb: string } };
const unclear: Ending = { words: "MaxCompute does not say how" };
const endings: Readonly<Record<Seen["outcome"], Ending>> = {
  success: { words: "it succeeded", more: { label: "Result", verb: "result" } },
  failed: { words: "it failed", more: { label: "Why?", verb: "why" } },
  cancelled: { words: "it was stopped" },
  ...{ running: unclear, suspended: unclear, unknown: unclear },
};

async function alreadyOver({ project, instanceId }: Named, seen: Seen, context: CommandContext): Promise<NoticeView> {
  const { outcome, instance: ended, tasks } = seen;
  const client = context.maxcompute(project);
  const failure = outcome === "failed" ? await orNothing(failureOf(client, instanceId, tasks)) : undefined;
  const { words, more } = endings[outcome];
  const ago = ended.endTime === undefined ? "" : ` ${formatDuration(context.now() - ended.endTime)} ago`;
  const why = failure === undefined ? "" : ` ${failure.cause}`;
  const next = [{ label: "Status", verb: "status" }, ...(more === undefined ? [] : [more])];
  return {
    kind: "notice",
    text: `\`${shortly(instanceId)}\` has ended already: ${words}${ago}.${why} There is nothing left to watch.`,
    suggestions: offers(next.map(({ label, verb }) => ({ label, command: `${verb} ${instanceId} -p ${project}` }))),
  };
}
