// The audit trail: a table of its own, on which each function may do what it is named for here and nothing else.
import { ofType, pointsAt, property, type Resource, type Template } from "../template.ts";
import { functionName } from "./functions.ts";
import { grantsOf } from "./policy.ts";
import type { UsedActions } from "./rights.ts";

const variable = (own: Resource, name: string) => pointsAt(property(own, "Environment", "Variables", name));

/** The table that a function was told of as the audit trail's. */
export const auditTableOf = (own: Resource): string | undefined => variable(own, "AUDIT_TABLE");

export function checkAudit(template: Template, allowed: UsedActions): string[] {
  const functions = ofType(template, "AWS::Lambda::Function");
  const tables = new Set(functions.flatMap(([, own]) => auditTableOf(own) ?? []));
  const shared = functions.filter(([, own]) => tables.has(variable(own, "TABLE_NAME") ?? ""));
  const wrong = functions.flatMap(([, own]) => {
    const roleId = pointsAt(property(own, "Role")) ?? "";
    const name = functionName(own);
    const wanted: readonly string[] = (Object.hasOwn(allowed, name) ? allowed[name] : undefined) ?? [];
    const granted = grantsOf(template.Resources[roleId])
      .filter(({ resources }) => resources.some((each) => tables.has(pointsAt(each) ?? "")))
      .flatMap(({ actions }) => actions);
    return [
      ...wanted.filter((action) => !granted.includes(action)).map((action) => `${roleId}: lacks ${action} on the audit trail`),
      ...granted.filter((action) => !wanted.includes(action)).map((action) => `${roleId}: grants ${action} on the audit trail`),
    ];
  });
  return [
    ...(tables.size === 1 ? [] : [`there are ${tables.size} audit trails, not one`]),
    ...shared.map(([id]) => `${id}: keeps the audit trail among its other items`),
    ...wrong,
  ];
}
