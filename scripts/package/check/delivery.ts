// Production rule 3: no stale effects. A request is delivered within a minute or goes to the failures, is never run twice by a retry,
// and never comes back by a replay.
import { isMadeUp, isScheduled } from "../scheduled.ts";
import { at, type Json, listOf, ofType, pointsAt, property, type Resource, type Template } from "../template.ts";

const maximumAgeSeconds = 60;

const typeOf = (template: Template, value: Json | undefined): string | undefined =>
  template.Resources[pointsAt(value) ?? ""]?.Type;

function checkTarget(template: Template, ruleId: string, target: Json, isLost: boolean): string[] {
  const where = `${ruleId}.${at(target, "Id")}`;
  const attempts = at(target, "RetryPolicy", "MaximumRetryAttempts");
  const isDead = typeOf(template, at(target, "DeadLetterConfig", "Arn")) === "AWS::SQS::Queue";
  return [
    ...(at(target, "RetryPolicy", "MaximumEventAgeInSeconds") === maximumAgeSeconds
      ? []
      : [`${where}: may deliver what is older than 60 s`]),
    ...(typeof attempts === "number" && attempts >= 0 && attempts <= 185 ? [] : [`${where}: its retries are not set`]),
    ...(isDead || !isLost ? [] : [`${where}: has no dead-letter queue`]),
  ];
}

/** A function that a rule calls: it runs a request once, young, and its failures go to a queue. */
function checkInvoked(template: Template, ruleId: string, functionId: string, isLost: boolean): string[] {
  const config = ofType(template, "AWS::Lambda::EventInvokeConfig").find(
    ([, it]) => pointsAt(property(it, "FunctionName")) === functionId,
  )?.[1];
  const isAllowed = ofType(template, "AWS::Lambda::Permission").some(
    ([, it]) =>
      pointsAt(property(it, "FunctionName")) === functionId &&
      property(it, "Principal") === "events.amazonaws.com" &&
      pointsAt(property(it, "SourceArn")) === ruleId,
  );
  return [
    ...(property(config, "MaximumRetryAttempts") === 0 ? [] : [`${functionId}: Lambda may run a request again`]),
    ...(property(config, "MaximumEventAgeInSeconds") === maximumAgeSeconds
      ? []
      : [`${functionId}: may run what is older than 60 s`]),
    ...(property(config, "Qualifier") === "$LATEST"
      ? []
      : [`${functionId}: its retries are set for something else than the rule calls`]),
    ...(!isLost || typeOf(template, property(config, "DestinationConfig", "OnFailure", "Destination")) === "AWS::SQS::Queue"
      ? []
      : [`${functionId}: its failures go nowhere`]),
    ...(isAllowed ? [] : [`${functionId}: ${ruleId} may not call it`]),
  ];
}

function checkRule(template: Template, [id, rule]: readonly [string, Resource]): string[] {
  const pattern = property(rule, "EventPattern");
  const targets = listOf(property(rule, "Targets"));
  // What somebody waits for, unless a schedule does it soon anyway.
  const isLost = !isMadeUp(template, rule);
  const called = targets.filter((target) => typeOf(template, at(target, "Arn")) === "AWS::Lambda::Function");
  return [
    ...(isScheduled(rule) || at(pattern, "replay-name", 0, "exists") === false ? [] : [`${id}: acts on replays`]),
    ...(isScheduled(rule) || listOf(at(pattern, "source")).join() === "odps-chatops" ? [] : [`${id}: listens to others`]),
    ...targets.flatMap((target) => checkTarget(template, id, target, isLost)),
    ...called.flatMap((target) => checkInvoked(template, id, pointsAt(at(target, "Arn")) ?? "", isLost)),
  ];
}

/** Every command also winds the 50-second timer, which is read by a function. */
function checkTimer(template: Template): string[] {
  const rules = ofType(template, "AWS::Events::Rule").filter(([, rule]) =>
    listOf(property(rule, "EventPattern", "detail-type")).includes("CommandRequested"),
  );
  const targets = rules.flatMap(([, rule]) =>
    listOf(property(rule, "Targets")).map((target) => pointsAt(at(target, "Arn")) ?? ""),
  );
  const timer = targets.find((id) => property(template.Resources[id], "DelaySeconds") === 50);
  return timer === undefined ? ["no rule winds a timer of 50 seconds for a command"] : [];
}

export const checkDelivery = (template: Template): string[] => [
  ...ofType(template, "AWS::Events::Rule").flatMap((rule) => checkRule(template, rule)),
  ...checkTimer(template),
];
