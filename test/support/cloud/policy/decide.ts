// May this caller do this to that? As IAM decides within one account.
import { type ConditionContext, conditionsHold, matchesGlob } from "./condition.ts";
import type { Statement } from "./statement.ts";

export type Caller =
  | { readonly kind: "role"; readonly arn: string; readonly account: string; readonly statements: readonly Statement[] }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "anyone" };

export type Access = {
  readonly caller: Caller;
  /** Such as `sqs:SendMessage`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: ConditionContext;
};

const names = (actions: readonly string[], action: string) =>
  actions.some((pattern) => matchesGlob(pattern.toLowerCase(), action.toLowerCase()));

function isPrincipal(statement: Statement, caller: Caller): boolean {
  const { Principal } = statement;
  if (Principal === undefined) return false;
  if (Principal === "*") return true;
  if (caller.kind === "service") return Principal.Service?.includes(caller.service) ?? false;
  const accounts = Principal.AWS ?? [];
  if (accounts.includes("*")) return true;
  return (
    caller.kind === "role" &&
    accounts.some((arn) => [caller.arn, caller.account, `arn:aws:iam::${caller.account}:root`].includes(arn))
  );
}

/**
 * Whether the call is allowed: no statement denies it, and one allows it: of the caller's own role, or of the resource's policy.
 * (Within one account either is enough; a service has no role of its own here, so the resource's policy alone decides.)
 */
export function isAllowed(access: Access, resourcePolicy: readonly Statement[]): boolean {
  const { caller, action, resource } = access;
  const context =
    caller.kind === "role"
      ? {
          "aws:PrincipalArn": caller.arn,
          "aws:PrincipalAccount": caller.account,
          "aws:SecureTransport": "true",
          ...access.context,
        }
      : { "aws:SecureTransport": "true", ...access.context };
  const applies = (statement: Statement) =>
    names(statement.Action, action) &&
    (statement.Resource ?? ["*"]).some((pattern) => matchesGlob(pattern, resource)) &&
    conditionsHold(statement.Condition, context);
  const own = caller.kind === "role" ? caller.statements.filter(applies) : [];
  const theirs = resourcePolicy.filter((statement) => isPrincipal(statement, caller) && applies(statement));
  const decisive = [...own, ...theirs];
  return decisive.some(({ Effect }) => Effect === "Allow") && !decisive.some(({ Effect }) => Effect === "Deny");
}
