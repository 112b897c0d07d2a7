// What makes the bot look by itself (production rules 9, 22 and 23): a minute rule that it may switch, and a heartbeat that nothing stops.
import { isMadeUp, isScheduled, targetsOf } from "../scheduled.ts";
import { at, listOf, ofType, property, type Resource, type Template } from "../template.ts";
import { functionName } from "./functions.ts";

type Named = readonly [string, Resource];

const every = (template: Template, expression: string): readonly Named[] =>
  ofType(template, "AWS::Events::Rule").filter(([, rule]) => property(rule, "ScheduleExpression") === expression);

const calls = (template: Template, [, rule]: Named): readonly string[] =>
  targetsOf(rule).map((id) => functionName(template.Resources[id] ?? { Type: "" }));

function checkRule([id, rule]: Named): string[] {
  const targets = listOf(property(rule, "Targets"));
  const again = targets.filter((target) => at(target, "RetryPolicy", "MaximumRetryAttempts") !== 0);
  const mute = targets.filter((target) => typeof at(target, "Input") !== "string");
  return [
    ...(property(rule, "State") === "ENABLED" ? [] : [`${id}: is not enabled`]),
    ...(property(rule, "EventBusName") === undefined ? [] : [`${id}: a schedule is for the default bus alone`]),
    ...again.map((target) => `${id}.${at(target, "Id")}: is tried again, though the next one does what it left`),
    ...mute.map((target) => `${id}.${at(target, "Id")}: does not say what it calls for`),
  ];
}

/** `leaseSeconds`: so long a function may have a group for itself. */
export function checkSchedules(template: Template, leaseSeconds: number): string[] {
  const scheduled = ofType(template, "AWS::Events::Rule").filter(([, rule]) => isScheduled(rule));
  const minute = every(template, "rate(1 minute)");
  const heartbeat = every(template, "rate(15 minutes)");
  const switched = ofType(template, "AWS::Lambda::Function").flatMap(([, it]) => {
    const name = property(it, "Environment", "Variables", "MINUTE_RULE");
    return name === undefined ? [] : [name];
  });
  const namedHeartbeats = ofType(template, "AWS::Lambda::Function").flatMap(([, it]) => {
    const name = property(it, "Environment", "Variables", "HEARTBEAT_RULE");
    return name === undefined || heartbeat.some(([, rule]) => property(rule, "Name") === name) ? [] : [name];
  });
  const isMinute = (name: unknown) => minute.some(([, rule]) => property(rule, "Name") === name);
  // Whoever loses nothing with one event has leases.
  const leasing = ofType(template, "AWS::Events::Rule").filter(([, rule]) => isScheduled(rule) || isMadeUp(template, rule));
  const long = [...new Set(leasing.flatMap(([, rule]) => targetsOf(rule)))].filter(
    (id) => Number(property(template.Resources[id], "Timeout")) >= leaseSeconds,
  );
  return [
    ...(minute.some((rule) => calls(template, rule).includes("tick")) ? [] : ["no rule calls tick every minute"]),
    ...(minute.some((rule) => calls(template, rule).includes("hot")) ? [] : ["no rule calls hot every minute"]),
    ...(heartbeat.some((rule) => calls(template, rule).includes("tick")) ? [] : ["no heartbeat calls tick every 15 minutes"]),
    ...switched.filter((name) => !isMinute(name)).map((name) => `${name}: is switched, and is not the minute rule`),
    ...namedHeartbeats.map((name) => `${name}: is looked at, and is not the heartbeat`),
    ...scheduled.flatMap(checkRule),
    ...long.map((id) => `${id}: may outlive its lease of ${leaseSeconds} s`),
  ];
}
