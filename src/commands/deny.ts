import { whoIs } from "./allow.ts";
import { flag, flagOr, positional } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { denying } from "./rights/change.ts";
import { changeRights } from "./rights/change-rights.ts";
import { grantedView } from "./rights/granted.ts";
import { everyProject } from "./rights/policy.ts";
import { projects, role, whom } from "./rights/who-argument.ts";

export const denySpec = /* @__PURE__ */ defineSpec({
  name: "deny",
  group: "Act",
  summary: "Take a role, and those above it, from a person, a user group or a channel",
  access: "admin",
  acts: true,
  args: {
    who: positional(whom, "<who>", "@somebody, @group, #channel, here, everyone or channels"),
    role: flagOr(
      role,
      "viewer",
      "<role>",
      "this role and those above it: admin, operator; viewer leaves nothing. viewer unless told",
    ),
    project: flag(projects, "<project>", "only there; a glob such as prod_* is fine. Every project unless told"),
  },
  examples: ["deny @eve", "deny @bob --role operator -p prod_dw", "deny here"],
});

export const deny = /* @__PURE__ */ defineCommand(denySpec, async (values, context) => {
  const wanted = { who: whoIs(values.who, context), role: values.role, project: values.project ?? everyProject };
  context.demandIn(wanted.project);
  const lines = await changeRights(context, (kept, fixed) => denying(kept, wanted, fixed));
  return {
    view: grantedView(
      "denied",
      wanted,
      lines.map(({ line }) => line),
    ),
  };
});
