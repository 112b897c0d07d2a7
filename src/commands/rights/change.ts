// What `allow` and `deny` make of the lines that are kept. The lines of the deployment stand beside them and are not touched. Pure.
import type { Role } from "../roles.ts";
import { rankOf } from "../roles.ts";
import type { Line, Policy, Who } from "./policy.ts";
import { isSame } from "./policy.ts";

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

/**
 * Takes the role, and those above it, away. Where the lines that stay, of both lists, still give it (through a group, or everyone), a line
 * that denies it is added: `stillHas` says so of the lines that are left.
 */
export function denying(kept: Policy, wanted: Wanted, stillHas: (left: Policy) => boolean): Policy {
  const isTaken = (line: Line) => isOf(line, wanted) && line.rule === "allow" && rankOf(line.role) >= rankOf(wanted.role);
  const left = kept.filter((line) => !isTaken(line));
  if (!stillHas(left)) return left;
  const others = left.filter((line) => !(isOf(line, wanted) && line.rule === "deny"));
  const known = left.filter((line): line is Grant => isOf(line, wanted) && line.rule === "deny");
  // Of two denials the one that leaves less stays.
  const role = known.reduce((least, line) => (rankOf(line.role) < rankOf(least) ? line.role : least), wanted.role);
  return [...others, { rule: "deny", ...wanted, role }];
}
