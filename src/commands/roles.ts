/** What a command needs of the person: `any` is for everybody, even without a role. */
export type Access = "any" | "read" | "operate" | "admin";

export type Role = "viewer" | "operator" | "admin";

const ranks: Readonly<Record<Role, number>> = { viewer: 1, operator: 2, admin: 3 };

/** 1 to 3; a role holds whatever those below it hold. */
export const rankOf = (role: Role): number => ranks[role];

/** The least role that a kind of access needs; undefined when none is needed. */
export const roleFor = (access: Access): Role | undefined =>
  (({ any: undefined, read: "viewer", operate: "operator", admin: "admin" }) as const)[access];

export function allows(role: Role | undefined, access: Access): boolean {
  const needed = roleFor(access);
  return needed === undefined || (role !== undefined && rankOf(role) >= rankOf(needed));
}
