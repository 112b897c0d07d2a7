// Which alarms a template needs, told from what is in it: a function, rule or queue that is added later brings its own. Each metric costs
// the same however many of them an alarm adds up (docs/cost.md), so there is one on each way in which something is lost without a word,
// and none on what another of them tells anyway.
import { isMadeUp, isScheduled } from "./scheduled.ts";
import { type Json, ofType, pointsAt, property, type Resources, type Template } from "./template.ts";

/** A metric that must stay at or below a number; `id` is the logical id of its alarm. */
export type Watched = {
  readonly id: string;
  readonly about: string;
  readonly namespace: "AWS/Lambda" | "AWS/Events" | "AWS/SQS";
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: Json };
  readonly statistic: "Sum" | "Maximum";
  readonly threshold: number;
};

/** What has waited longer in a queue, in seconds, means that nothing reads it. */
const oldestMessageSeconds = 300;

/**
 * What fails in an asynchronous function goes to a queue, what fails for a queue comes again and ends in the last one: both are watched there.
 * One without a queue of failures loses nothing with one event, for it is called again; that it fails is the thing to know.
 */
function functionAlarms(template: Template): Watched[] {
  const named = (type: string) => new Set(ofType(template, type).map(([, each]) => pointsAt(property(each, "FunctionName"))));
  const asynchronous = new Set(
    ofType(template, "AWS::Lambda::EventInvokeConfig")
      .filter(([, each]) => property(each, "DestinationConfig", "OnFailure") !== undefined)
      .map(([, each]) => pointsAt(property(each, "FunctionName"))),
  );
  const fed = named("AWS::Lambda::EventSourceMapping");
  return ofType(template, "AWS::Lambda::Function").flatMap(([id, resource]) => {
    const name = String(property(resource, "FunctionName"));
    const whenAsynchronous: [string, string][] = [
      ["AsyncEventsDropped", `a request to ${name} was dropped without a run`],
      ["DestinationDeliveryFailures", `a failure of ${name} did not reach the queue of failures`],
    ];
    const whenCalled: [string, string][] = fed.has(id) ? [] : [["Errors", `${name} threw, or ran out of time`]];
    return (asynchronous.has(id) ? whenAsynchronous : whenCalled).map(
      ([metric, about]): Watched => ({
        id: `${id}${metric}Alarm`,
        about,
        namespace: "AWS/Lambda",
        metric,
        dimensions: { FunctionName: { Ref: id } },
        statistic: "Sum",
        threshold: 0,
      }),
    );
  });
}

const ruleAlarms = (template: Template): Watched[] =>
  ofType(template, "AWS::Events::Rule").flatMap(([id, resource]) => {
    // What it loses the schedule makes good, and that has an alarm.
    if (!isScheduled(resource) && isMadeUp(template, resource)) return [];
    // By name: the Ref of a rule on a bus of one's own is "bus|rule", which is no dimension of its metrics.
    const name = String(property(resource, "Name"));
    const bus = property(resource, "EventBusName");
    const metrics: [string, string][] = [
      ["FailedInvocations", `a target of ${name} could not be called`],
      ...(isScheduled(resource)
        ? []
        : [["InvocationsFailedToBeSentToDlq", `a dead letter of ${name} is lost`] as [string, string]]),
    ];
    return metrics.map(
      ([metric, about]): Watched => ({
        id: `${id}${metric}Alarm`,
        about,
        namespace: "AWS/Events",
        metric,
        dimensions: { ...(bus === undefined ? {} : { EventBusName: bus }), RuleName: name },
        statistic: "Sum",
        threshold: 0,
      }),
    );
  });

function queueAlarms(template: Template): Watched[] {
  return ofType(template, "AWS::SQS::Queue").flatMap(([id, resource]): Watched[] => {
    const name = String(property(resource, "QueueName"));
    const common = {
      namespace: "AWS/SQS",
      dimensions: { QueueName: { "Fn::GetAtt": [id, "QueueName"] } },
      statistic: "Maximum",
    } as const;
    const isLast = property(resource, "RedrivePolicy") === undefined;
    if (isLast) {
      const metric = "ApproximateNumberOfMessagesVisible";
      return [{ ...common, id: `${id}DepthAlarm`, metric, threshold: 0, about: `${name} holds what nobody could tell anybody` }];
    }
    const metric = "ApproximateAgeOfOldestMessage";
    return [{ ...common, id: `${id}AgeAlarm`, metric, threshold: oldestMessageSeconds, about: `nobody reads ${name}` }];
  });
}

/** Every metric that has to have an alarm. */
export const watchedIn = (template: Template): readonly Watched[] => [
  ...functionAlarms(template),
  ...ruleAlarms(template),
  ...queueAlarms(template),
];

/** The alarms themselves; `actions` are the topics that hear of them. No data is good news: AWS sends these metrics only when there is something. */
export const alarmsFor = (template: Template, actions: readonly Json[]): Resources =>
  Object.fromEntries(
    watchedIn(template).map((watched) => [
      watched.id,
      {
        Type: "AWS::CloudWatch::Alarm",
        Properties: {
          AlarmDescription: watched.about,
          Namespace: watched.namespace,
          MetricName: watched.metric,
          Dimensions: Object.entries(watched.dimensions).map(([Name, Value]) => ({ Name, Value })),
          Statistic: watched.statistic,
          Period: 300,
          EvaluationPeriods: 1,
          Threshold: watched.threshold,
          ComparisonOperator: "GreaterThanThreshold",
          TreatMissingData: "notBreaching",
          ...(actions.length === 0 ? {} : { AlarmActions: actions }),
        },
      },
    ]),
  );
