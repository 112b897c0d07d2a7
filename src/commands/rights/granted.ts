// What a person is told of a change of the policy: how it stands now, whatever was asked for.
import type { GrantedView } from "../../view/index.ts";
import type { Role } from "../roles.ts";
import { rankOf } from "../roles.ts";
import { offers } from "../suggest.ts";
import type { Policy, Who } from "./policy.ts";
import { everyProject, roleOfPerson, roleOfPlace } from "./policy.ts";

/** An id that no line names: somebody of whom only `everyone`, or their group, is true. */
const nobody = "";

/** The role that lines give somebody, or allow in a channel. */
export function roleHeld(policy: Policy, who: Who, project: string): Role | undefined {
  switch (who.kind) {
    case "user":
      return roleOfPerson(policy, { id: who.id, groups: [] }, project);
    case "group":
      return roleOfPerson(policy, { id: nobody, groups: [who.id] }, project);
    case "everyone":
      return roleOfPerson(policy, { id: nobody, groups: [] }, project);
    case "channel":
      return roleOfPlace(policy, { kind: "channel", id: who.id, isShared: false }, project);
    case "channels":
      return roleOfPlace(policy, { kind: "channel", id: nobody, isShared: false }, project);
    default:
      return who satisfies never;
  }
}

/** 0 for none. */
export function rankHeld(policy: Policy, who: Who, project: string): number {
  const role = roleHeld(policy, who, project);
  return role === undefined ? 0 : rankOf(role);
}

type Change = { readonly who: Who; readonly role: Role; readonly project: string };

/** Where another line stands against what was asked for, that is said. */
export function grantedView(did: GrantedView["did"], { who, role, project }: Change, policy: Policy): GrantedView {
  const rank = rankHeld(policy, who, project);
  const held = roleHeld(policy, who, project);
  return {
    kind: "granted",
    did,
    who,
    role,
    ...(project === everyProject ? {} : { project }),
    ...(held === undefined ? {} : { held }),
    isOtherwise: did === "allowed" ? rank < rankOf(role) : rank >= rankOf(role),
    suggestions: offers([{ label: "Rights", command: "rights" }]),
  };
}
