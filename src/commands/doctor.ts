import type { Answer, CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import type { Checkup } from "./doctor/checkup.ts";
import { examine } from "./doctor/examine.ts";
import { formatDuration } from "./duration.ts";
import { everyProject } from "./rights/policy.ts";

export const doctorSpec = /* @__PURE__ */ defineSpec({
  name: "doctor",
  group: "Help",
  summary: "Check the bot itself: Slack, MaxCompute, store, schedules; an admin sees each check with its fix",
  access: "any",
  args: {},
  examples: ["doctor"],
});

export const doctor = /* @__PURE__ */ defineCommand(doctorSpec, async (_, context) => {
  if (context.rights.may("admin", everyProject)) return checkUp(context, () => true);
  // Whoever administers one project is told of that one.
  return context.rights.may("admin", context.project)
    ? checkUp(context, ({ isOfProject }) => isOfProject === true)
    : basics(context);
});

/** What anybody may know: that it is there, which one it is, and how fast it was reached. */
function basics({ request, version, now }: CommandContext): Answer {
  const took = Math.max(0, now() - request.requestedAt);
  const text = `I am here: version ${version}, and your command reached me in ${took < 1_000 ? "under a second" : formatDuration(took)}. An admin sees a full check-up.`;
  return { view: { kind: "notice", text, suggestions: [] } };
}

async function checkUp(context: CommandContext, isTheirs: (checkup: Checkup) => boolean): Promise<Answer> {
  const { project, now } = context;
  const startedAt = now();
  const findings = await examine(context.checkups(context.maxcompute(project)).filter(isTheirs), context);
  return { view: { kind: "checkup", findings, tookMs: now() - startedAt, seenAt: now() } };
}
