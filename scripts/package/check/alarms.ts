// Production rule 31: an alarm on each way in which something can be lost without a word. Told from the template, apart from how the alarms are made.
import { isMadeUp, isScheduled } from "../scheduled.ts";
import { at, type Json, listOf, ofType, pointsAt, property, type Resource, type Template } from "../template.ts";

type Wanted = { readonly metric: string; readonly isAbout: (dimensions: readonly Json[]) => boolean; readonly what: string };

const refersTo = (id: string) => (dimensions: readonly Json[]) =>
  dimensions.some((dimension) => pointsAt(at(dimension, "Value")) === id);

function ofFunction(template: Template, [id]: readonly [string, Resource]): Wanted[] {
  const isNamedIn = (type: string) => ofType(template, type).some(([, it]) => pointsAt(property(it, "FunctionName")) === id);
  // What fails for a queue comes again, and ends in the last queue.
  const called = isNamedIn("AWS::Lambda::EventSourceMapping") ? [] : ["Errors"];
  const reportsFailures = ofType(template, "AWS::Lambda::EventInvokeConfig").some(
    ([, it]) =>
      pointsAt(property(it, "FunctionName")) === id &&
      property(it, "DestinationConfig", "OnFailure", "Destination") !== undefined,
  );
  const metrics = reportsFailures ? ["AsyncEventsDropped", "DestinationDeliveryFailures"] : called;
  return metrics.map((metric) => ({ metric, isAbout: refersTo(id), what: id }));
}

function ofRule(template: Template, [id, rule]: readonly [string, Resource]): Wanted[] {
  // A schedule has no dead letters; what only brings a scheduled function forward has nothing to lose.
  const requests = isMadeUp(template, rule) ? [] : ["FailedInvocations", "InvocationsFailedToBeSentToDlq"];
  const metrics = isScheduled(rule) ? ["FailedInvocations"] : requests;
  const isAbout = (dimensions: readonly Json[]) =>
    dimensions.some((it) => at(it, "Name") === "RuleName" && at(it, "Value") === property(rule, "Name")) &&
    (isScheduled(rule)
      ? dimensions.length === 1
      : dimensions.some(
          (it) => at(it, "Name") === "EventBusName" && pointsAt(at(it, "Value")) === pointsAt(property(rule, "EventBusName")),
        ));
  return metrics.map((metric) => ({ metric, isAbout, what: id }));
}

function ofQueue([id, queue]: readonly [string, Resource]): Wanted[] {
  const name = String(property(queue, "QueueName"));
  if (name.endsWith("-lost")) return [{ metric: "ApproximateNumberOfMessagesVisible", isAbout: refersTo(id), what: id }];
  return [{ metric: "ApproximateAgeOfOldestMessage", isAbout: refersTo(id), what: id }];
}

const isSharp = (alarm: Resource): boolean =>
  property(alarm, "ComparisonOperator") === "GreaterThanThreshold" &&
  (property(alarm, "Threshold") === 0 || property(alarm, "MetricName") === "ApproximateAgeOfOldestMessage") &&
  ["Sum", "Maximum"].includes(String(property(alarm, "Statistic")));

export function checkAlarms(template: Template): string[] {
  const alarms = ofType(template, "AWS::CloudWatch::Alarm");
  const wanted = [
    ...ofType(template, "AWS::Lambda::Function").flatMap((each) => ofFunction(template, each)),
    ...ofType(template, "AWS::Events::Rule").flatMap((each) => ofRule(template, each)),
    ...ofType(template, "AWS::SQS::Queue").flatMap(ofQueue),
  ];
  const missing = wanted.filter(
    ({ metric, isAbout }) =>
      !alarms.some(([, it]) => property(it, "MetricName") === metric && isAbout(listOf(property(it, "Dimensions")))),
  );
  return [
    ...missing.map(({ metric, what }) => `${what}: no alarm on ${metric}`),
    ...alarms.filter(([, alarm]) => !isSharp(alarm)).map(([id]) => `${id}: does not go off at the first`),
  ];
}
