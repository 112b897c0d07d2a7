import type { RightsView } from "../view/index.ts";
import { whoIs } from "./allow.ts";
import { maybe } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { roleHeld } from "./rights/granted.ts";
import type { Line, Policy, Who } from "./rights/policy.ts";
import { everyProject } from "./rights/policy.ts";
import type { KeptLine } from "./rights/policy-book.ts";
import { whom } from "./rights/who-argument.ts";
import type { Role } from "./roles.ts";

export const rightsSpec = /* @__PURE__ */ defineSpec({
  name: "rights",
  aliases: ["policy"],
  group: "Help",
  summary: "Say what you may do here; an administrator sees the whole policy",
  access: "any",
  args: { who: maybe(whom, "<who>", "an administrator may ask about others: @somebody, @group, #channel, here") },
  examples: ["rights", "rights @bob"],
});

export const rights = /* @__PURE__ */ defineCommand(rightsSpec, async ({ who: asked }, context) => {
  if (asked !== undefined) context.rights.demand("rights", "admin", everyProject);
  const isAdmin = context.rights.may("admin", everyProject);
  const lines = await context.policyBook.read(context.caller.team);
  const policy = lines.map(({ line }) => line);
  const view: RightsView = {
    kind: "rights",
    ...(asked === undefined ? { here: ofMyself(context) } : {}),
    ...(asked === undefined ? {} : { who: whoIs(asked, context) }),
    roles: asked === undefined ? mine(policy, context) : await heldBy(policy, whoIs(asked, context), context),
    ...(isAdmin && asked === undefined ? { lines: lines.map(shown) } : {}),
  };
  return { view };
});

/** What may be done in this conversation, and what the person may do elsewhere. */
function ofMyself({ rights, project, request }: CommandContext): NonNullable<RightsView["here"]> {
  const role = rights.roleIn(project);
  return {
    ...(rights.roleOfMine(project) === undefined ? {} : { project }),
    ...(role === undefined ? {} : { role }),
    isDirect: request.replyTo.direct,
    isProduction: role !== undefined && rights.isProduction(project),
  };
}

const projectsIn = (policy: Policy): readonly string[] => [
  ...new Set([everyProject, ...policy.flatMap((line) => (line.rule === "allow" || line.rule === "deny" ? [line.project] : []))]),
];

/** Projects in which somebody has no role are not named: that would say that they are there. */
const mine = (policy: Policy, { rights }: CommandContext): RightsView["roles"] => rolesBy(rights.roleOfMine, policy);

/** Of a person what they have as one of a group, too, and nothing where Slack says that they are a guest, or gone. */
async function heldBy(policy: Policy, who: Who, { rightsDesk, caller }: CommandContext): Promise<RightsView["roles"]> {
  if (who.kind !== "user") return rolesBy((project) => roleHeld(policy, who, project), policy);
  const person = { team: caller.team, user: who.id };
  const roles = new Map<string, Role | undefined>();
  for (const project of projectsIn(policy)) roles.set(project, await rightsDesk.roleBy(policy, person, project));
  return rolesBy((project) => roles.get(project), policy);
}

/** In every project, and in those where it is another one. */
function rolesBy(roleIn: (project: string) => Role | undefined, policy: Policy): RightsView["roles"] {
  const everywhere = roleIn(everyProject);
  return projectsIn(policy).flatMap((project) => {
    const role = roleIn(project);
    return role === undefined || (project !== everyProject && role === everywhere) ? [] : [{ project, role }];
  });
}

function shown({ line, by, at }: KeptLine): NonNullable<RightsView["lines"]>[number] {
  return {
    ...partsOf(line),
    ...(line.project === everyProject || line.rule === "production" ? {} : { project: line.project }),
    ...(by === undefined ? {} : { by }),
    ...(at === undefined ? {} : { at }),
  };
}

function partsOf(line: Line): Pick<NonNullable<RightsView["lines"]>[number], "rule" | "who" | "words"> {
  switch (line.rule) {
    case "allow":
    case "deny":
      return { rule: line.rule, who: line.who, words: line.rule === "deny" && line.role === "viewer" ? "" : line.role };
    case "alone":
      return { rule: "alone", who: line.who, words: "" };
    case "production":
      return { rule: "production", words: line.project };
    case "mask":
      return { rule: "mask", words: line.columns.join(", ") };
    case "budget":
      return { rule: "budget", words: `${line.role} ${line.amount}` };
    default:
      return line satisfies never;
  }
}
