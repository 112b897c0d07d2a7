// Rules that call by the clock, and what they make good: a function that is called again in a minute anyway loses nothing with one event, nor
// does one that is handed its work by such a function, again and again until it is done.
import { at, listOf, ofType, pointsAt, property, type Resource, type Template } from "./template.ts";

/** What a function that is called by the clock hands out anew each time. */
const handedOutAgain = "ShardRequested";

export const isScheduled = (rule: Resource | undefined): boolean => property(rule, "ScheduleExpression") !== undefined;

export const targetsOf = (rule: Resource): readonly string[] =>
  listOf(property(rule, "Targets")).map((target) => pointsAt(at(target, "Arn")) ?? "");

/** Whether all that a rule calls is called by a schedule, too, or is called again for what it was not called for. */
export function isMadeUp(template: Template, rule: Resource): boolean {
  if (listOf(property(rule, "EventPattern", "detail-type")).join() === handedOutAgain) return true;
  const scheduled = ofType(template, "AWS::Events::Rule").flatMap(([, each]) => (isScheduled(each) ? targetsOf(each) : []));
  const targets = targetsOf(rule);
  return targets.length > 0 && targets.every((target) => scheduled.includes(target));
}
