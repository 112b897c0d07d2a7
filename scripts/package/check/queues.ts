// Queues are encrypted, take messages from our own rules alone, and what nobody can handle ends in a last one.
import { at, listOf, ofType, pointsAt, property, type Resource, type Template } from "../template.ts";
import { sourceArns, statementsOf } from "./policy.ts";

function checkQueue(template: Template, [id, queue]: readonly [string, Resource]): string[] {
  const isEncrypted = property(queue, "SqsManagedSseEnabled") === true && property(queue, "KmsMasterKeyId") === undefined;
  const redrive = property(queue, "RedrivePolicy");
  const consumers = ofType(template, "AWS::Lambda::EventSourceMapping").filter(
    ([, it]) => pointsAt(property(it, "EventSourceArn")) === id,
  );
  const last = pointsAt(at(redrive, "deadLetterTargetArn"));
  const isRead = consumers.length > 0;
  const slow = consumers.filter(([, it]) => {
    const timeout = property(template.Resources[pointsAt(property(it, "FunctionName")) ?? ""], "Timeout");
    return Number(property(queue, "VisibilityTimeout")) < Number(timeout);
  });
  const whole = consumers.filter(([, it]) => !listOf(property(it, "FunctionResponseTypes")).includes("ReportBatchItemFailures"));
  const large = consumers.filter(([, it]) => !(Number(property(it, "BatchSize")) <= 10));
  return [
    ...(isEncrypted ? [] : [`${id}: is not encrypted with SQS's own key`]),
    ...(isRead === (redrive !== undefined)
      ? []
      : [`${id}: ${isRead ? "has no queue for what nobody can handle" : "is read by nobody"}`]),
    ...(last === undefined || template.Resources[last]?.Type === "AWS::SQS::Queue" ? [] : [`${id}: redrives to no queue`]),
    ...slow.map(([mapping]) => `${mapping}: a message comes back while it is still worked on`),
    ...whole.map(([mapping]) => `${mapping}: one bad message fails its whole batch`),
    ...large.map(([mapping]) => `${mapping}: its batches are not small`),
  ];
}

/** Which rules deliver to which queue, as a target or as dead letters. */
const deliveries = (template: Template): readonly (readonly [string, string])[] =>
  ofType(template, "AWS::Events::Rule").flatMap(([rule, resource]) =>
    listOf(property(resource, "Targets"))
      .flatMap((target) => [at(target, "Arn"), at(target, "DeadLetterConfig", "Arn")].map((arn) => pointsAt(arn) ?? ""))
      .filter((id) => template.Resources[id]?.Type === "AWS::SQS::Queue")
      .map((queue) => [rule, queue] as const),
  );

/** Services that may be named at all; each must say for which rule or function of ours. */
const services = ["events.amazonaws.com", "lambda.amazonaws.com"];

function checkPolicies(template: Template): string[] {
  const statements = ofType(template, "AWS::SQS::QueuePolicy").flatMap(([id, policy]) =>
    statementsOf(property(policy, "PolicyDocument")).map((statement) => ({
      id,
      ...statement,
      queues: listOf(property(policy, "Queues")).map(pointsAt),
      sources: sourceArns(statement.condition).map((arn) => pointsAt(arn) ?? ""),
    })),
  );
  const wide = statements.flatMap(({ id, effect, actions, resources, principal, queues, sources }) => [
    ...(effect !== "Allow" || services.includes(String(at(principal, "Service")))
      ? []
      : [`${id}: lets in others than our rules`]),
    ...(actions.join() === "sqs:SendMessage" ? [] : [`${id}: allows more than sending`]),
    ...(resources.every((each) => queues.includes(pointsAt(each))) ? [] : [`${id}: speaks of another queue`]),
    ...(sources.length > 0 && sources.every((source) => Object.hasOwn(template.Resources, source))
      ? []
      : [`${id}: has no aws:SourceArn of ours`]),
  ]);
  const shut = deliveries(template).filter(
    ([rule, queue]) =>
      !statements.some(({ resources, sources }) => sources.includes(rule) && resources.some((each) => pointsAt(each) === queue)),
  );
  const idle = statements.flatMap(({ id, queues, sources }) =>
    sources
      .filter((source) => !deliveries(template).some(([rule, queue]) => rule === source && queues.includes(queue)))
      .map((source) => `${id}: lets in ${source}, which sends nothing`),
  );
  return [...wide, ...new Set(shut.map(([rule, queue]) => `${queue}: does not take what ${rule} sends`)), ...idle];
}

export const checkQueues = (template: Template): string[] => [
  ...ofType(template, "AWS::SQS::Queue").flatMap((queue) => checkQueue(template, queue)),
  ...checkPolicies(template),
];
