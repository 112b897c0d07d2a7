import { maybe, projectName, toggle } from "./arguments.ts";
import type { Answer } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { channelOf, demandProject } from "./watched.ts";

export const useSpec = /* @__PURE__ */ defineSpec({
  name: "use",
  group: "Act",
  summary: "Choose the project of this channel; without one, say which it is",
  access: "admin",
  acts: true,
  args: {
    project: maybe(projectName, "<project>", "a MaxCompute project"),
    none: toggle("choose none: the installation's project"),
  },
  examples: ["use prod_dw", "use --none", "use"],
});

export const use = /* @__PURE__ */ defineCommand(useSpec, async ({ project, none }, context): Promise<Answer> => {
  const { watching, caller } = context;
  const channel = channelOf(context);
  if (project !== undefined && none) throw new UserError("Give a project, or `--none`, but not both.");
  const told = (text: string): Answer => ({ view: { kind: "notice", by: caller.user, text, suggestions: [] }, share: true });
  const chosen = await watching.projectOf(channel);
  if (chosen !== undefined) context.demandIn(chosen);
  if (none) {
    await watching.setProject(channel, undefined, caller.user);
    return told("took the project of this channel away: commands here are about the installation's.");
  }
  if (project === undefined) {
    context.demandIn(context.project);
    const how = chosen === undefined ? "the installation's; none was chosen for this channel" : "chosen for this channel";
    return { view: { kind: "notice", text: `Commands here are about \`${context.project}\`: ${how}.`, suggestions: [] } };
  }
  await demandProject(project, context);
  await watching.setProject(channel, project, caller.user);
  return told(`chose \`${project}\` for this channel: commands here are about it unless told otherwise.`);
});
