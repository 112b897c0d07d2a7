// What the commands about watches share: where they are, which watch is meant, and whether anything can be posted there.
import { MaxComputeError } from "../maxcompute/index.ts";
import type { Watch } from "../watch/index.ts";
import type { CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import type { Named } from "./recall.ts";
import { resolve, SeveralInstances } from "./resolve.ts";
import type { Target } from "./target.ts";
import type { ChannelOf, WatchPlace } from "./watch-book.ts";
import { shortly } from "./words.ts";

export const channelOf = ({ caller, channel }: CommandContext): ChannelOf => ({ team: caller.team, channel });

export const placeOf = (named: Named, context: CommandContext): WatchPlace => ({ ...channelOf(context), ...named });

/** It is not over, and people have seen it: what a subscription follows has no card until there is something to tell. */
export const isShown = ({ state, only, thread }: Watch): boolean =>
  state !== "done" && (only === undefined || thread.ts !== undefined);

export async function shownWatches(context: CommandContext): Promise<readonly Watch[]> {
  return (await context.watching.ofChannel(channelOf(context))).filter(isShown);
}

/** The instance a target means where something here is watched: the end of an id that a card shows is sought among the watches first. */
export async function resolveWatched(target: Target, project: string | undefined, context: CommandContext): Promise<Named> {
  if (target.kind === "suffix") {
    const watches = await context.watching.ofChannel(channelOf(context));
    const found = watches.filter(
      (watch) =>
        watch.instanceId.endsWith(target.suffix) &&
        (project ?? watch.project) === watch.project &&
        context.rights.may("read", watch.project),
    );
    const named = found.map((watch): Named => ({ project: watch.project, instanceId: watch.instanceId }));
    const [only] = named;
    if (named.length > 1) throw new SeveralInstances(target.suffix, named);
    if (only !== undefined) {
      context.demandIn(only.project);
      await context.recall.named(only);
      return only;
    }
  }
  return resolve(target, project, context);
}

export const notWatched = ({ project, instanceId }: Named): UserError =>
  new UserError(`\`${shortly(instanceId)}\` is not watched here.`, {
    next: "`watches` shows what is.",
    offers: [
      { label: "Watch it", command: `watch ${instanceId} -p ${project}` },
      { label: "Watches", command: "watches" },
    ],
  });

/** Throws an UserError where what is asked for could never be posted. */
export async function demandEntry({ mayPost, request }: CommandContext): Promise<void> {
  if (await mayPost()) return;
  if (request.replyTo.direct) {
    throw new UserError("I am no part of this conversation, so I cannot post here.", {
      next: "Ask in a channel that I am in, or in a direct message to me.",
    });
  }
  throw new UserError("I am not in this channel, so I cannot post here.", {
    next: "Type `/invite @odps`, then ask again.",
  });
}

const noSuch: ReadonlySet<MaxComputeError["kind"]> = new Set(["no-such-project", "denied"]);

/** A project is chosen once and used for long: one that cannot be read is refused at once. Throws the MaxComputeError that says why. */
export async function demandProject(project: string, { maxcompute }: Pick<CommandContext, "maxcompute">): Promise<void> {
  try {
    for await (const _ of maxcompute(project).listInstances({ limit: 1 })) break;
  } catch (error) {
    // Whatever else is wrong with MaxCompute now says nothing about the project.
    if (!(error instanceof MaxComputeError) || noSuch.has(error.kind)) throw error;
  }
}
