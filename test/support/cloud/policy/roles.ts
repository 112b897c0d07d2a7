import * as z from "zod";
import { ignored, parseProperties } from "../template/parse.ts";
import { ofType, type Resource } from "../template/template.ts";
import { isAllowed } from "./decide.ts";
import { policyDocument, readPolicy, type Statement } from "./statement.ts";

const inline = z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument }));

const roleSchema = z.strictObject({
  AssumeRolePolicyDocument: policyDocument,
  Policies: inline.default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  RoleName: ignored,
  Path: ignored,
  Description: ignored,
  Tags: ignored,
});

const policySchema = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: policyDocument,
  Roles: z.array(z.string()),
});

const logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const managed: Readonly<Record<string, readonly Statement[]>> = {
  "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole": readPolicy({
    Statement: [{ Effect: "Allow", Action: logs, Resource: "*" }],
  }),
};

function managedPolicy(arn: string): readonly Statement[] {
  const statements = managed[arn];
  if (statements === undefined) throw new Error(`this cloud does not know the managed policy ${arn}`);
  return statements;
}

/** What each role may do, by the role's ARN. Throws for a role that Lambda could not take on. */
export function readRoles(resources: readonly Resource[]): ReadonlyMap<string, readonly Statement[]> {
  const attached = ofType(resources, "AWS::IAM::Policy").map((resource) => parseProperties(policySchema, resource));
  return new Map(
    ofType(resources, "AWS::IAM::Role").map((resource) => {
      const role = parseProperties(roleSchema, resource);
      const trust = role.AssumeRolePolicyDocument.Statement;
      const lambda = { kind: "service", service: "lambda.amazonaws.com" } as const;
      if (!isAllowed({ caller: lambda, action: "sts:AssumeRole", resource: "*", context: {} }, trust)) {
        throw new Error(`${resource.logicalId}: the role cannot be assumed by Lambda`);
      }
      const statements = [
        ...role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
        ...role.ManagedPolicyArns.flatMap(managedPolicy),
        ...attached.filter(({ Roles }) => Roles.includes(resource.ref)).flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      ];
      return [resource.attributes.Arn ?? "", statements];
    }),
  );
}
