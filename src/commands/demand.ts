import { denial } from "./explain.ts";
import type { Access, Role } from "./roles.ts";
import { allows, roleFor } from "./roles.ts";

/** Refuses a person whose role is not enough; the same words whatever the target is. */
export function demand(verb: string, access: Access, { role }: { readonly role: Role | undefined }): void {
  if (!allows(role, access)) throw denial(verb, roleFor(access) ?? "viewer", role, []);
}
