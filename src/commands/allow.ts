import { flag, positional } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { allowing } from "./rights/change.ts";
import { changeRights } from "./rights/change-rights.ts";
import { grantedView } from "./rights/granted.ts";
import type { Who } from "./rights/policy.ts";
import { everyProject } from "./rights/policy.ts";
import { projects, role, type Whom, whom } from "./rights/who-argument.ts";

export const allowSpec = /* @__PURE__ */ defineSpec({
  name: "allow",
  group: "Act",
  summary: "Give a person, a user group or a channel a role",
  access: "admin",
  acts: true,
  args: {
    who: positional(whom, "<who>", "@somebody, @group, #channel, here, everyone, or channels for all of them"),
    role: positional(role, "<role>", "viewer, operator or admin; of a channel, as much may be done in it"),
    project: flag(projects, "<project>", "only there; a glob such as prod_* is fine. Every project unless told"),
  },
  examples: ["allow @ann operator -p prod_dw", "allow here operator", "allow everyone viewer"],
});

export const allow = /* @__PURE__ */ defineCommand(allowSpec, async (values, context) => {
  const wanted = { who: whoIs(values.who, context), role: values.role, project: values.project ?? everyProject };
  context.demandIn(wanted.project);
  context.rights.demandToGive(wanted.project);
  const lines = await changeRights(context, (kept) => allowing(kept, wanted));
  return {
    view: grantedView(
      "allowed",
      wanted,
      lines.map(({ line }) => line),
    ),
  };
});

/** `here` as the channel it is. Throws where there is none. */
export function whoIs(who: Whom, { channel, request }: Pick<CommandContext, "channel" | "request">): Who {
  if (who.kind === "name") {
    throw new UserError(`Slack gave me \`${who.name}\` as a mere name, and a name can be anybody's.`, {
      next: "Pick them from the list that Slack shows as you type, or give their id, such as `U0123ABCD`.",
    });
  }
  if (who.kind !== "here") return who;
  if (!request.replyTo.direct) return { kind: "channel", id: channel };
  throw new UserError("`here` is no channel: in a direct message people may do all that they may do.", {
    next: "Ask in the channel, or name it.",
  });
}
