// What `allow` and `deny` make of the lines that are kept. The lines of the deployment stand beside them and are not touched. Pure.
import type { Role } from "../roles.ts";
import { rankOf } from "../roles.ts";
import { overlap } from "./overlap.ts";
import type { Line, Policy, Who } from "./policy.ts";
import { isOfPeople, isSame } from "./policy.ts";

type Grant = Extract<Line, { readonly rule: "allow" | "deny" }>;
type Wanted = { readonly who: Who; readonly role: Role; readonly project: string };

const isGrant = (line: Line): line is Grant => line.rule === "allow" || line.rule === "deny";
const isOf = (line: Line, { who, project }: Wanted): line is Grant =>
  isGrant(line) && isSame(line.who, who) && line.project.toLowerCase() === project.toLowerCase();

/** One line of its kind a person and project: what was said last. A denial that would stand against it goes. */
export function allowing(kept: Policy, wanted: Wanted): Policy {
  const isAgainst = (line: Line) => isOf(line, wanted) && (line.rule === "allow" || rankOf(line.role) <= rankOf(wanted.role));
  return [...kept.filter((line) => !isAgainst(line)), { rule: "allow", ...wanted }];
}

/** Of a group nobody here knows who is in it: a line about one may be about any person, and of theirs about it. */
function mayBeSame(one: Who, other: Who): boolean {
  if (isOfPeople(one) !== isOfPeople(other)) return false;
  const isOne = ({ kind }: Who) => kind === "user" || kind === "channel";
  return isOne(one) && isOne(other) ? isSame(one, other) : true;
}

/** It may give some of those who are meant the role, in some of the projects. */
const mayGive = (line: Line, { who, role, project }: Wanted): boolean =>
  line.rule === "allow" && rankOf(line.role) >= rankOf(role) && mayBeSame(line.who, who) && overlap(line.project, project);

/**
 * Takes the role, and those above it, away. Where a line that stays, of the kept or of the fixed ones, may still give it (in one of the
 * projects, through a group, or everyone), a line that denies it is added.
 */
export function denying(kept: Policy, wanted: Wanted, fixed: Policy): Policy {
  const isTaken = (line: Line) => isOf(line, wanted) && line.rule === "allow" && rankOf(line.role) >= rankOf(wanted.role);
  const left = kept.filter((line) => !isTaken(line));
  if (![...fixed, ...left].some((line) => mayGive(line, wanted))) return left;
  const others = left.filter((line) => !(isOf(line, wanted) && line.rule === "deny"));
  const known = left.filter((line): line is Grant => isOf(line, wanted) && line.rule === "deny");
  // Of two denials the one that leaves less stays.
  const role = known.reduce((least, line) => (rankOf(line.role) < rankOf(least) ? line.role : least), wanted.role);
  return [...others, { rule: "deny", ...wanted, role }];
}
