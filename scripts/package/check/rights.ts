// Each function has a role of its own, which may do what the function's code and wiring need, on our own resources, and nothing else.
import { isDeepStrictEqual } from "node:util";
import { at, isObject, type Json, listOf, ofType, pointsAt, property, type Resource, type Template } from "../template.ts";
import { auditTableOf } from "./audit.ts";
import { functionName } from "./functions.ts";
import { grantsOf, type Statement, statementsOf } from "./policy.ts";

/** Actions that a function's code uses, by the function's name. */
export type UsedActions = { readonly [functionName: string]: readonly string[] };

/** Names of the secrets that a function's code opens, by the function's name. */
export type OpenedSecrets = { readonly [functionName: string]: readonly string[] };

/**
 * Grants that hold under a condition only: the door reads what people were shown, and nothing else of the table. Every other grant holds
 * without one, or the function would be refused where it needs it.
 */
const conditions: Readonly<Record<string, Json>> = {
  "slack dynamodb:GetItem": { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["recall/*"] } },
};

/** Whether Lambda reads this queue for the function. */
const isFedBy = (template: Template, own: Resource, queue: string): boolean =>
  ofType(template, "AWS::Lambda::EventSourceMapping").some(
    ([, it]) =>
      pointsAt(property(it, "EventSourceArn")) === queue &&
      template.Resources[pointsAt(property(it, "FunctionName")) ?? ""] === own,
  );

/** What Lambda does with the function's role on its behalf. */
function wired(template: Template, functionId: string): string[] {
  const isFed = ofType(template, "AWS::Lambda::EventSourceMapping").some(
    ([, it]) => pointsAt(property(it, "FunctionName")) === functionId,
  );
  const failsTo = ofType(template, "AWS::Lambda::EventInvokeConfig").some(
    ([, it]) =>
      pointsAt(property(it, "FunctionName")) === functionId && property(it, "DestinationConfig", "OnFailure") !== undefined,
  );
  return [
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    ...(isFed ? ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] : []),
    ...(failsTo ? ["sqs:SendMessage"] : []),
  ];
}

const typeOfService: Readonly<Record<string, string>> = {
  dynamodb: "AWS::DynamoDB::Table",
  events: "AWS::Events::EventBus",
  logs: "AWS::Logs::LogGroup",
  sqs: "AWS::SQS::Queue",
};

/** The name of one secret beneath the function's own path, which is given in full. */
function ownSecret(own: Resource, resource: Json): string | undefined {
  const path = `${property(own, "Environment", "Variables", "SECRETS_PATH")}/`;
  const [before, name] = String(at(resource, "Fn::Sub")).split(path);
  return /^arn:\S+:ssm:\S+:parameter$/.test(before ?? "") && /^[a-z]+(-[a-z]+)+$/.test(name ?? "") ? name : undefined;
}

function checkSecrets(roleId: string, own: Resource, grants: readonly Statement[], opened: readonly string[]): string[] {
  const granted = new Set(
    grants
      .filter(({ actions }) => actions.includes("ssm:GetParameters"))
      .flatMap(({ resources }) => resources.flatMap((each) => ownSecret(own, each) ?? [])),
  );
  return [
    ...opened.filter((name) => !granted.has(name)).map((name) => `${roleId}: may not read the secret ${name}, which is opened`),
    ...[...granted].filter((name) => !opened.includes(name)).map((name) => `${roleId}: may read the secret ${name} for nothing`),
  ];
}

const checkConditions = (roleId: string, name: string, grants: readonly Statement[]): string[] =>
  grants.flatMap(({ actions, condition }) =>
    actions
      .filter((action) => !isDeepStrictEqual(condition, conditions[`${name} ${action}`]))
      .map((action) => `${roleId}: grants ${action} under the condition ${JSON.stringify(condition) ?? "none"}`),
  );

/** A rule that the function was given by one of these settings, by its full name. */
const isRuleOf = (own: Resource, resource: Json, settings: readonly string[]): boolean => {
  const rule = /^arn:\S+:events:\S+:rule\/([\w.-]+)$/.exec(String(at(resource, "Fn::Sub")))?.[1];
  return rule !== undefined && settings.some((name) => property(own, "Environment", "Variables", name) === rule);
};

const isToldOf = (own: Resource, target: string): boolean => {
  const variables = property(own, "Environment", "Variables");
  return isObject(variables) && Object.values(variables).some((value) => pointsAt(value) === target);
};

/** Whether a statement may name this resource: one of the template's own of the right kind, or one secret by its full name. */
function isOurs(template: Template, own: Resource, action: string, resource: Json): boolean {
  const [service = ""] = action.split(":");
  if (service === "ssm") return ownSecret(own, resource) !== undefined;
  // The heartbeat may be looked at and never switched.
  if (/^events:(En|Dis)ableRule$/.test(action)) return isRuleOf(own, resource, ["MINUTE_RULE"]);
  if (action === "events:DescribeRule") return isRuleOf(own, resource, ["MINUTE_RULE", "HEARTBEAT_RULE"]);
  const target = pointsAt(resource);
  if (target === undefined || !isObject(resource) || !("Fn::GetAtt" in resource)) return false;
  // The bus or queue that it is told of, and no other; what is done in its name it need not be told of.
  if (action === "events:PutEvents" && !isToldOf(own, target)) return false;
  if (action === "sqs:GetQueueAttributes" && !isToldOf(own, target) && !isFedBy(template, own, target)) return false;
  const log = property(template.Resources[target], "LogGroupName");
  if (service === "logs" && log !== `/aws/lambda/${property(own, "FunctionName")}`) return false;
  return Object.hasOwn(typeOfService, service) && template.Resources[target]?.Type === typeOfService[service];
}

function checkTrust(roleId: string, role: Resource): string[] {
  const trusted = statementsOf(property(role, "AssumeRolePolicyDocument"));
  const isLambda = trusted.every(
    ({ principal }) =>
      listOf(at(principal, "Service")).join() === "lambda.amazonaws.com" &&
      isObject(principal) &&
      Object.keys(principal).length === 1,
  );
  const isBare = property(role, "ManagedPolicyArns") === undefined;
  return [...(isLambda ? [] : [`${roleId}: is not for Lambda alone`]), ...(isBare ? [] : [`${roleId}: has policies of others`])];
}

const entry = (table: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] =>
  (Object.hasOwn(table, name) ? table[name] : undefined) ?? [];

function checkFunction(
  template: Template,
  [id, resource]: readonly [string, Resource],
  used: UsedActions,
  secrets: OpenedSecrets,
): string[] {
  const roleId = pointsAt(property(resource, "Role"));
  const role = roleId === undefined ? undefined : template.Resources[roleId];
  if (roleId === undefined || role === undefined) return [`${id}: has no role of its own`];
  const grants: readonly Statement[] = grantsOf(role);
  // What it may do with the audit trail lets it do nothing with the rest (check/audit.ts).
  const trail = auditTableOf(resource);
  const others = grants.filter(({ resources }) => trail === undefined || resources.some((each) => pointsAt(each) !== trail));
  const granted = new Set(others.flatMap(({ actions }) => actions));
  const name = functionName(resource);
  const needed = new Set([...wired(template, id), ...entry(used, name)]);
  const strange = grants.flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      resources
        .filter((each) => !isOurs(template, resource, action, each))
        .map((each) => `${roleId}: ${action} on ${JSON.stringify(each)}`),
    ),
  );
  return [
    ...[...needed]
      .filter((action) => !granted.has(action))
      .map((action) => `${roleId}: does not grant ${action}, which ${name} needs`),
    ...[...granted]
      .filter((action) => !needed.has(action))
      .map((action) => `${roleId}: grants ${action}, which ${name} does not need`),
    ...strange,
    ...checkConditions(roleId, name, grants),
    ...checkSecrets(roleId, resource, grants, entry(secrets, name)),
    ...checkTrust(roleId, role),
  ];
}

export function checkRights(template: Template, used: UsedActions, secrets: OpenedSecrets): string[] {
  const functions = ofType(template, "AWS::Lambda::Function");
  const roles = functions.map(([, resource]) => pointsAt(property(resource, "Role")));
  const shared = roles.filter((role, index) => roles.indexOf(role) !== index);
  const idle = ofType(template, "AWS::IAM::Role").filter(([id]) => !roles.includes(id));
  return [
    ...shared.map((role) => `${role}: is the role of more than one function`),
    ...idle.map(([id]) => `${id}: is nobody's role`),
    ...functions.flatMap((each) => checkFunction(template, each, used, secrets)),
  ];
}
