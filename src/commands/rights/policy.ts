// Who may do what, as one list of lines that a person can read and review. Nothing is allowed but what a line allows; a line that denies
// outweighs every line that allows. Pure.
import { matchesGlob } from "../glob.ts";
import type { Role } from "../roles.ts";
import { rankOf } from "../roles.ts";
import { overlap } from "./overlap.ts";

/** Whom a line is about. `everyone`: each full member of the workspace. `channels`: each channel of it that no other organisation shares. */
export type Who =
  | { readonly kind: "user" | "group" | "channel"; readonly id: string }
  | { readonly kind: "everyone" }
  | { readonly kind: "channels" };

/** `project` is a name or a glob; "*" is all of them. */
export type Line =
  /** People of `who` have the role; of a channel: as much may be done there. */
  | { readonly rule: "allow"; readonly who: Who; readonly role: Role; readonly project: string }
  /** They have less than the role, whatever else is allowed. */
  | { readonly rule: "deny"; readonly who: Who; readonly role: Role; readonly project: string }
  /** What stops or costs something there needs a second person. */
  | { readonly rule: "production"; readonly project: string }
  /** These may stop alone in production, by typing the end of the instance's id: whoever is on call. */
  | { readonly rule: "alone"; readonly who: Who; readonly project: string }
  /** Columns of results that are never shown: names or globs, in any case. */
  | { readonly rule: "mask"; readonly columns: readonly string[]; readonly project: string }
  /** What a person of this role may spend on SQL in a day (UTC): gigabytes read times complexity. */
  | { readonly rule: "budget"; readonly role: Role; readonly amount: number; readonly project: string };

export type Policy = readonly Line[];

/** Somebody as the chat platform knows them. */
export type Person = {
  readonly id: string;
  /** Those user groups that the policy names and that they are in. */
  readonly groups: readonly string[];
};

/** Where something is asked. In a direct conversation nobody else listens, so it bounds nothing. */
export type Where =
  | { readonly kind: "direct" }
  /** `isShared`: with another organisation, or nobody knows; then only a line that names the channel allows anything. */
  | { readonly kind: "channel"; readonly id: string; readonly isShared: boolean };

const isAbout = (line: Line, project: string): boolean => matchesGlob(project, line.project);

/** In every project of a glob that is asked about: `prod_?` matches the text `prod_*`, and gives nothing in all of those. */
const isAboutAll = (line: Line, project: string): boolean => {
  const sameOnly = (glob: string) => glob.replaceAll("?", "\0");
  return project.includes("*") ? matchesGlob(sameOnly(project), sameOnly(line.project)) : isAbout(line, project);
};

/** What somebody or some place is called in a line. */
type Named = (line: Extract<Line, { readonly who: Who }>) => boolean;

const isPerson =
  ({ id, groups }: Person): Named =>
  ({ who }) =>
    who.kind === "everyone" || (who.kind === "user" && who.id === id) || (who.kind === "group" && groups.includes(who.id));

const isChannel =
  (channel: string, isShared: boolean): Named =>
  ({ who, rule }) =>
    // What is denied to each channel is no less denied to one that others read.
    (who.kind === "channels" && (!isShared || rule === "deny")) || (who.kind === "channel" && who.id === channel);

/** 0: nothing. */
function rankIn(policy: Policy, project: string, isNamed: Named): number {
  let allowed = 0;
  let most = 3;
  for (const line of policy) {
    if ((line.rule !== "allow" && line.rule !== "deny") || !isNamed(line)) continue;
    if (line.rule === "allow" && isAboutAll(line, project)) allowed = Math.max(allowed, rankOf(line.role));
    if (line.rule === "deny" && isAbout(line, project)) most = Math.min(most, rankOf(line.role) - 1);
  }
  return Math.min(allowed, most);
}

const roleOfRank = (rank: number): Role | undefined => (["viewer", "operator", "admin"] as const)[rank - 1];

/** The role of a person in a project, wherever they are. */
export const roleOfPerson = (policy: Policy, person: Person, project: string): Role | undefined =>
  roleOfRank(rankIn(policy, project, isPerson(person)));

/** How much may be done in a place: the highest role that anybody can have there. */
export const roleOfPlace = (policy: Policy, where: Where, project: string): Role | undefined =>
  where.kind === "direct" ? "admin" : roleOfRank(rankIn(policy, project, isChannel(where.id, where.isShared)));

/** A project is "*" in lines about all of them: for what concerns the whole installation. */
export const everyProject = "*";

/** Those whom lines give at least this role in a project, the narrowest first; whoever is denied it is left out. */
export function whoHas(policy: Policy, role: Role, project: string): readonly Who[] {
  const denied = policy.flatMap((line) =>
    line.rule === "deny" && isAbout(line, project) && rankOf(line.role) <= rankOf(role) ? [line.who] : [],
  );
  if (denied.some(({ kind }) => kind === "everyone")) return [];
  const found = policy.flatMap((line) =>
    line.rule === "allow" && isAboutAll(line, project) && rankOf(line.role) >= rankOf(role) && isOfPeople(line.who)
      ? [line.who]
      : [],
  );
  const order = ["user", "group", "everyone"];
  const unique = found.filter((who, index) => found.findIndex((other) => isSame(other, who)) === index);
  return unique
    .filter((who) => !denied.some((other) => isSame(other, who)))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

export const isOfPeople = (who: Who): boolean => who.kind === "user" || who.kind === "group" || who.kind === "everyone";

export const isSame = (a: Who, b: Who): boolean => a.kind === b.kind && ("id" in a ? a.id : "") === ("id" in b ? b.id : "");

/**
 * Whether somebody is denied something in a project that `glob` may mean: what they give in all of those would reach there, too. What is
 * denied to everyone is denied to whoever they give it to.
 */
export const isDeniedWithin = (policy: Policy, person: Person, glob: string): boolean =>
  policy.some(
    (line) => line.rule === "deny" && line.who.kind !== "everyone" && overlap(line.project, glob) && isPerson(person)(line),
  );

/** The user groups that have to be looked up for this policy. */
export const groupsIn = (policy: Policy): readonly string[] => [
  ...new Set(policy.flatMap((line) => ("who" in line && line.who.kind === "group" ? [line.who.id] : []))),
];

export const isProduction = (policy: Policy, project: string): boolean =>
  policy.some((line) => line.rule === "production" && isAbout(line, project));

/** Whether somebody may stop in production without a second person. */
export const mayActAlone = (policy: Policy, person: Person, project: string): boolean =>
  policy.some((line) => line.rule === "alone" && isAbout(line, project) && isPerson(person)(line));

/** Column names or globs that are masked in results of a project. */
export const maskedIn = (policy: Policy, project: string): readonly string[] =>
  policy.flatMap((line) => (line.rule === "mask" && isAbout(line, project) ? line.columns : []));

/** What a role may spend in a day in a project: the least of the lines about it; undefined where none says. */
export function budgetOf(policy: Policy, role: Role, project: string): number | undefined {
  const amounts = policy.flatMap((line) =>
    line.rule === "budget" && line.role === role && isAbout(line, project) ? [line.amount] : [],
  );
  return amounts.length === 0 ? undefined : Math.min(...amounts);
}
