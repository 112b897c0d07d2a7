import { duration, maybe, positional } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { formatDuration } from "./duration.ts";
import { UserError } from "./errors.ts";
import { shortHash } from "./ids.ts";
import { ofCard, project } from "./options.ts";
import { hours } from "./store.ts";
import type { Target } from "./target.ts";
import { parseTarget } from "./target.ts";
import type { Mute } from "./watch-book.ts";
import { channelOf, resolveWatched } from "./watched.ts";
import { inZoneWords } from "./when.ts";
import { quoted, shortly } from "./words.ts";

/** A name that can be an instance is one; anything else is a job's name, with `*` and `?`. */
export function targetOrGlob(word: string, name: string): Target | { readonly kind: "glob"; readonly glob: string } {
  const found = /[*?]/.test(word) && !/^https?:/i.test(word) ? undefined : parseTarget(word);
  if (found !== undefined) return found;
  if (word.length > 80) throw new UserError(`\`${name}\` takes 80 characters at most.`);
  return { kind: "glob", glob: word };
}

export type Muted = Pick<Mute, "instanceId" | "glob">;

/** What a mute is about: one instance, or jobs by their name. */
export async function mutedBy(
  what: ReturnType<typeof targetOrGlob>,
  inProject: string | undefined,
  context: CommandContext,
): Promise<Muted> {
  if (what.kind === "glob") return { glob: what.glob };
  return { instanceId: (await resolveWatched(what, inProject, context)).instanceId };
}

/** What is heard here of other projects is muted by the same name, or the same id: whoever changes that has to see them all. */
export async function demandMuting({ instanceId }: Muted, context: CommandContext): Promise<void> {
  const channel = channelOf(context);
  const watches = await context.watching.ofChannel(channel);
  const about =
    instanceId === undefined
      ? [...watches, ...(await context.watching.subscriptionsOf(channel))]
      : watches.filter((watch) => watch.instanceId === instanceId);
  for (const { project } of about) context.demandIn(project);
}

export const muteSpec = /* @__PURE__ */ defineSpec({
  name: "mute",
  group: "Follow",
  summary: "Say nothing here of an instance, or of jobs by their name, for a while",
  access: "read",
  acts: true,
  args: {
    what: ofCard(positional(targetOrGlob, "<id|glob>", "an instance, or job names: etl_*")),
    for: maybe(duration("1m", "7d"), "<2h>", "for how long: 30m, 2h, 1d; 2h unless told"),
    project,
  },
  examples: ["mute last", "mute etl_* 1d"],
});

export const mute = /* @__PURE__ */ defineCommand(muteSpec, async (values, context) => {
  const muted = await mutedBy(values.what, values.project, context);
  await demandMuting(muted, context);
  const ms = values.for ?? hours(2);
  const until = context.now() + ms;
  // Known by what it is about: muting again moves its end.
  const id = shortHash(muted.instanceId ?? `glob ${muted.glob?.toLowerCase()}`, 8);
  await context.watching.mute(channelOf(context), { id, ...muted, until, by: context.caller.user });
  return {
    view: {
      kind: "notice",
      by: context.caller.user,
      text: `muted ${mutedName(muted)} here for ${formatDuration(ms)}, until ${inZoneWords(until, "UTC")}. \`unmute\` ends that.`,
      suggestions: [],
    },
    share: true,
  };
});

export const mutedName = ({ instanceId, glob }: Muted): string => quoted(glob ?? shortly(instanceId ?? ""));
