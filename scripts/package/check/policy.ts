// Policy documents, read.
import { at, isObject, type Json, listOf, property, type Resource } from "../template.ts";

export type Statement = {
  readonly effect: Json | undefined;
  readonly actions: readonly string[];
  readonly resources: readonly Json[];
  readonly principal: Json | undefined;
  readonly condition: Json | undefined;
};

/** The statements of a policy document. */
export const statementsOf = (document: Json | undefined): readonly Statement[] =>
  listOf(at(document, "Statement")).map((statement) => ({
    effect: at(statement, "Effect"),
    actions: listOf(at(statement, "Action")).map(String),
    resources: listOf(at(statement, "Resource")),
    principal: at(statement, "Principal"),
    condition: at(statement, "Condition"),
  }));

/** What a role may do: its own policies only. */
export const grantsOf = (role: Resource | undefined): readonly Statement[] =>
  listOf(property(role, "Policies"))
    .flatMap((policy) => statementsOf(at(policy, "PolicyDocument")))
    .filter(({ effect }) => effect === "Allow");

/** The values of aws:SourceArn that a statement insists on. */
export const sourceArns = (condition: Json | undefined): readonly Json[] =>
  isObject(condition) ? Object.values(condition).flatMap((operator) => listOf(at(operator, "aws:SourceArn"))) : [];
