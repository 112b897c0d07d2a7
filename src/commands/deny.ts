import { whoIs } from "./allow.ts";
import { flag, flagOr, positional } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { denying } from "./rights/change.ts";
import { grantedView } from "./rights/granted.ts";
import { everyProject, whoHas } from "./rights/policy.ts";
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
  const { team, user } = context.caller;
  const lines = await context.policyBook.change(team, user, (kept, fixed) => {
    const next = denying(kept, wanted, fixed);
    if (whoHas([...fixed, ...next], "admin", everyProject).length === 0) throw nobodyLeft();
    return next;
  });
  return {
    view: grantedView(
      "denied",
      wanted,
      lines.map(({ line }) => line),
    ),
  };
});

const nobodyLeft = (): UserError =>
  new UserError("Nobody would be an administrator then, so I changed nothing.", {
    next: "Make somebody else one first: `allow @somebody admin`.",
  });
