// What the person of a request may do where they ask: made anew for each request, and asked before each act. Pure.
import { UserError } from "../errors.ts";
import { outsider } from "../outsider.ts";
import type { Access, Role } from "../roles.ts";
import { allows, rankOf, roleFor } from "../roles.ts";
import type { Person, Policy, Where } from "./policy.ts";
import { everyProject, isDeniedWithin, isProduction, mayActAlone, roleOfPerson, roleOfPlace, whoHas } from "./policy.ts";

/** Who is asking: a full member of the workspace, or somebody who is refused whatever the policy says. */
export type Asker = ({ readonly kind: "member" } & Person) | { readonly kind: "refused"; readonly why: Refused };
export type Refused = "outsider" | "guest" | "bot" | "gone";

export type Rights = {
  /** What the person may do in a project wherever that is allowed. */
  roleOfMine(project: string): Role | undefined;
  /** What the person and the place both allow in a project. */
  roleIn(project: string): Role | undefined;
  may(access: Access, project: string): boolean;
  /** Throws an UserError that says what is missing, and no word about whether the project is there to whoever may not see it. */
  demand(verb: string, access: Access, project: string): void;
  /** Throws where a command may be run in no project at all; `about` is the one that it seems to be about. */
  demandAnywhere(verb: string, access: Access, about: string): void;
  /** Throws where the person is no administrator in some project that a glob may mean: nobody gives what they do not have. */
  demandToGive(glob: string): void;
  isProduction(project: string): boolean;
  mayActAlone(project: string): boolean;
  readonly policy: Policy;
};

const refusals: Readonly<Record<Exclude<Refused, "outsider">, string>> = {
  guest: "I answer full members of this workspace only, and you are its guest.",
  bot: "I take no commands from bots.",
  gone: "I answer members of this workspace only, and your account is deactivated.",
};

const lower = (a: Role | undefined, b: Role | undefined): Role | undefined =>
  a === undefined || b === undefined ? undefined : rankOf(a) < rankOf(b) ? a : b;

export function createRights(policy: Policy, asker: Asker, where: Where): Rights {
  const person = asker.kind === "member" ? asker : undefined;
  const personRole = (project: string) => (person === undefined ? undefined : roleOfPerson(policy, person, project));
  const placeRole = (project: string) => roleOfPlace(policy, where, project);
  const roleIn = (project: string) => lower(personRole(project), placeRole(project));
  // What an administrator does is about rights and settings, and answered to them alone: the place bounds what people do there.
  const boundTo = (access: Access, project: string) => (access === "admin" ? personRole(project) : roleIn(project));
  const may = (access: Access, project: string) => person !== undefined && allows(boundTo(access, project), access);

  function demandPerson(): void {
    if (asker.kind !== "refused") return;
    if (asker.why === "outsider") throw outsider();
    throw new UserError(refusals[asker.why], { tone: "denied", next: "Ask a member of the workspace to ask for you." });
  }

  function demand(verb: string, access: Access, project: string): void {
    demandPerson();
    const needed = roleFor(access);
    if (needed === undefined || may(access, project)) return;
    if (hasNobody(policy)) throw nobodyYet(person?.id ?? "");
    const has = personRole(project);
    if (!allows(has, "read")) throw unseen(verb, needed, policy);
    if (!allows(has, access)) throw tooLittle(verb, needed, has, policy, project);
    throw wrongPlace(verb, needed, has, placeRole(project), where);
  }

  /** Projects that lines name, and all of them: a role in any of these lets a command begin; each project is asked about again. */
  function demandAnywhere(verb: string, access: Access, about: string): void {
    demandPerson();
    const projects = [everyProject, ...policy.map(({ project }) => project)];
    if (roleFor(access) === undefined || projects.some((project) => may(access, project))) return;
    demand(verb, access, about);
  }

  return {
    roleOfMine: personRole,
    roleIn,
    may,
    demand,
    demandAnywhere,
    demandToGive(glob) {
      if (person !== undefined && !isDeniedWithin(policy, person, glob)) return;
      throw new UserError("You are no administrator in some of these projects, so you cannot give a role in all of them.", {
        tone: "denied",
        next: "Name the projects one by one, or ask another administrator.",
        ask: whoHas(policy, "admin", everyProject),
        offers: [{ label: "My rights", command: "rights" }],
      });
    },
    isProduction: (project) => isProduction(policy, project),
    mayActAlone: (project) => person !== undefined && mayActAlone(policy, person, project),
    policy,
  };
}

/** Before the first administrator is named, nobody can name anybody. */
const hasNobody = (policy: Policy): boolean => whoHas(policy, "admin", everyProject).length === 0;

const nobodyYet = (user: string): UserError =>
  new UserError("Nobody has any rights yet, so I do nothing for anybody.", {
    tone: "denied",
    next: `Whoever runs this bot names the first administrator: the setting ODPS_POLICY, such as \`allow ${user} admin\` for you. They give rights to others with \`allow\`.`,
  });

/** The same words whether or not there is such a project. */
const unseen = (verb: string, needed: Role, policy: Policy): UserError =>
  new UserError(`\`${verb}\` needs the role ${needed}, and you have no role in that project, if there is one.`, {
    tone: "denied",
    ask: whoHas(policy, "admin", everyProject),
    offers: [{ label: "My rights", command: "rights" }],
  });

const tooLittle = (verb: string, needed: Role, has: Role | undefined, policy: Policy, project: string): UserError =>
  new UserError(
    `\`${verb}\` needs the role ${needed}${project === everyProject ? "" : ` in \`${project}\``}; you are ${has ?? "without a role"}.`,
    {
      tone: "denied",
      ask: whoHas(policy, needed, project),
      offers: [{ label: "My rights", command: "rights" }],
    },
  );

function wrongPlace(verb: string, needed: Role, has: Role | undefined, allowed: Role | undefined, where: Where): UserError {
  const most = allowed === undefined ? "nothing" : `what a ${allowed} may`;
  const why =
    where.kind === "channel" && where.isShared
      ? "It is shared with another organisation, or a private one that I am not in, so it has to be allowed by its name."
      : "";
  return new UserError(
    `\`${verb}\` needs the role ${needed}. You are ${has ?? "without a role"}, but this channel allows ${most}.`,
    {
      tone: "denied",
      ...(why === "" ? {} : { detail: why }),
      next: "Ask me in a direct message, or an administrator to `allow here` more.",
      offers: [{ label: "My rights", command: "rights" }],
    },
  );
}
