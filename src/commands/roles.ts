import type { Caller } from "./request.ts";

/** What a command needs of the person: `any` is for everybody, even without a role. */
export type Access = "any" | "read" | "operate" | "admin";

export type Role = "viewer" | "operator" | "admin";

/** Who may do what, answered from settings or seeds now and from a stored policy later. */
export type Policy = {
  /** undefined: this person may do nothing. */
  roleOf(caller: Caller): Role | undefined;
};

const rank: Readonly<Record<Role, number>> = { viewer: 1, operator: 2, admin: 3 };

/** The least role that a kind of access needs; undefined when none is needed. */
export const roleFor = (access: Access): Role | undefined =>
  (({ any: undefined, read: "viewer", operate: "operator", admin: "admin" }) as const)[access];

export function allows(role: Role | undefined, access: Access): boolean {
  const needed = roleFor(access);
  return needed === undefined || (role !== undefined && rank[role] >= rank[needed]);
}
