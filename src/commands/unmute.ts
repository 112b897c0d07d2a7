import { positional } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { demandMuting, mutedBy, mutedName, targetOrGlob } from "./mute.ts";
import { ofCard, project } from "./options.ts";
import type { Mute } from "./watch-book.ts";
import { channelOf } from "./watched.ts";

export const unmuteSpec = /* @__PURE__ */ defineSpec({
  name: "unmute",
  group: "Follow",
  summary: "End a mute",
  access: "read",
  acts: true,
  args: {
    what: ofCard(
      positional(
        (word: string, name: string) => (/^all$/i.test(word) ? ("all" as const) : targetOrGlob(word, name)),
        "<id|glob|all>",
        "what was muted, as it was named then; or all",
      ),
    ),
    project,
  },
  examples: ["unmute etl_*", "unmute all"],
});

export const unmute = /* @__PURE__ */ defineCommand(unmuteSpec, async (values, context) => {
  const { watching, caller, now } = context;
  const mutes = (await watching.mutesOf(channelOf(context))).filter(({ until }) => until > now());
  const meant = values.what === "all" ? mutes : await among(mutes, values.what, values.project, context);
  if (meant.length === 0) {
    throw new UserError("Nothing of that is muted here.", {
      next: "`watches` shows what is.",
      offers: [{ label: "Watches", command: "watches" }],
    });
  }
  for (const each of meant) await demandMuting(each, context);
  for (const { id } of meant) await watching.unmute(channelOf(context), id);
  return {
    view: { kind: "notice", by: caller.user, text: `unmuted ${meant.map(mutedName).join(", ")} here.`, suggestions: [] },
    share: true,
  };
});

async function among(
  mutes: readonly Mute[],
  what: ReturnType<typeof targetOrGlob>,
  inProject: string | undefined,
  context: CommandContext,
): Promise<readonly Mute[]> {
  // The end of an id that a list of mutes shows is sought among the mutes: it need not be watched.
  const ending = what.kind === "suffix" ? mutes.filter(({ instanceId }) => instanceId?.endsWith(what.suffix) === true) : [];
  if (ending.length > 0) return ending;
  const { instanceId, glob } = await mutedBy(what, inProject, context);
  return mutes.filter((mute) =>
    glob === undefined ? mute.instanceId === instanceId : mute.glob?.toLowerCase() === glob.toLowerCase(),
  );
}
