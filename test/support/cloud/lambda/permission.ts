// Who may invoke a function: AWS::Lambda::Permission, which is the function's resource policy.
import * as z from "zod";
import { type Caller, isAllowed } from "../policy/decide.ts";
import type { Statement } from "../policy/statement.ts";
import { functionArn } from "../template/identity.ts";
import { flag, parseProperties } from "../template/parse.ts";
import { ofType, type Place, type Resource } from "../template/template.ts";
import { type FunctionTarget, invokedArn } from "./functions.ts";

const schema = z.strictObject({
  FunctionName: z.string(),
  Action: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.coerce.string().optional(),
  FunctionUrlAuthType: z.string().optional(),
  InvokedViaFunctionUrl: flag.optional(),
});

const principalOf = (principal: string): NonNullable<Statement["Principal"]> => {
  if (principal === "*") return "*";
  return principal.endsWith(".amazonaws.com") ? { Service: [principal] } : { AWS: [principal] };
};

function statementOf(resource: Resource, place: Place): Statement {
  const read = parseProperties(schema, resource);
  const given = Object.entries({
    "AWS:SourceArn": read.SourceArn,
    "AWS:SourceAccount": read.SourceAccount,
    "lambda:FunctionUrlAuthType": read.FunctionUrlAuthType,
    "lambda:InvokedViaFunctionUrl": read.InvokedViaFunctionUrl?.toString(),
  }).flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]] as [string, string[]]]));
  return {
    Effect: "Allow",
    Principal: principalOf(read.Principal),
    Action: [read.Action],
    // A permission on a function without qualifier says nothing about its aliases and versions.
    Resource: [functionArn(place, read.FunctionName)],
    Condition: { ArnLike: Object.fromEntries(given) },
  };
}

export type InvokeRights = {
  /** A service on behalf of a resource, such as EventBridge for a rule. */
  readonly service: (target: FunctionTarget, service: string, sourceArn: string) => boolean;
  readonly role: (target: FunctionTarget, caller: Caller) => boolean;
  /** Anyone who knows the URL; two permissions are needed since October 2025. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
  readonly url: (target: FunctionTarget) => boolean;
};

export function readInvokeRights(resources: readonly Resource[], place: Place): InvokeRights {
  const policy = ofType(resources, "AWS::Lambda::Permission").map((resource) => statementOf(resource, place));
  const may = (target: FunctionTarget, caller: Caller, action: string, context: Readonly<Record<string, string>>) =>
    isAllowed({ caller, action, resource: invokedArn(target), context }, policy);
  return {
    service: (target, service, sourceArn) =>
      may(target, { kind: "service", service }, "lambda:InvokeFunction", {
        "AWS:SourceArn": sourceArn,
        "AWS:SourceAccount": place.account,
      }),
    role: (target, caller) => may(target, caller, "lambda:InvokeFunction", {}),
    url: (target) =>
      may(target, { kind: "anyone" }, "lambda:InvokeFunctionUrl", { "lambda:FunctionUrlAuthType": "NONE" }) &&
      may(target, { kind: "anyone" }, "lambda:InvokeFunction", { "lambda:InvokedViaFunctionUrl": "true" }),
  };
}
