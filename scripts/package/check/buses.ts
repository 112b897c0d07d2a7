// Only our own functions may put on a bus; only what others may hear is archived.
import { isScheduled } from "../scheduled.ts";
import { at, isObject, type Json, listOf, ofType, pointsAt, property, type Template } from "../template.ts";
import { grantsOf, statementsOf } from "./policy.ts";

const busNamed = (template: Template, ending: string): string | undefined =>
  ofType(template, "AWS::Events::EventBus").find(([, bus]) => String(property(bus, "Name")).endsWith(ending))?.[0];

/** The roles that are granted events:PutEvents on a bus. */
const putters = (template: Template, bus: string): readonly string[] =>
  ofType(template, "AWS::IAM::Role")
    .filter(([, role]) =>
      grantsOf(role).some(
        ({ actions, resources }) => actions.includes("events:PutEvents") && resources.some((each) => pointsAt(each) === bus),
      ),
    )
    .map(([id]) => id);

function checkPolicy(template: Template, bus: string): string[] {
  const [found] = ofType(template, "AWS::Events::EventBusPolicy").filter(
    ([, it]) => pointsAt(property(it, "EventBusName")) === bus,
  );
  if (found === undefined) return [`${bus}: anybody in the account may put events on it`];
  const [id, resource] = found;
  const statement = property(resource, "Statement");
  const [deny] = statementsOf({ Statement: statement ?? {} });
  const isForAll = deny?.effect === "Deny" && deny.principal === "*" && deny.resources.every((each) => pointsAt(each) === bus);
  const condition: Json | undefined = deny?.condition;
  const isByRole =
    isObject(condition) &&
    Object.keys(condition).join() === "ArnNotEquals" &&
    Object.keys(isObject(condition.ArnNotEquals) ? condition.ArnNotEquals : {}).join() === "aws:PrincipalArn";
  const excepted = listOf(at(condition, "ArnNotEquals", "aws:PrincipalArn")).map(
    (each) => pointsAt(each) ?? JSON.stringify(each),
  );
  const wanted = putters(template, bus);
  return [
    ...(isForAll && isByRole ? [] : [`${id}: does not deny everybody else`]),
    ...(deny?.actions.join() === "events:PutEvents"
      ? []
      : [`${id}: denies more or less than putting events: the owner could be locked out`]),
    ...excepted.filter((role) => !wanted.includes(role)).map((role) => `${id}: lets in ${role}, which puts nothing there`),
    ...wanted.filter((role) => !excepted.includes(role)).map((role) => `${id}: keeps out ${role}`),
  ];
}

export function checkBuses(template: Template, publicEvents: readonly string[]): string[] {
  const privateBus = busNamed(template, "-private");
  const publicBus = busNamed(template, "-public");
  if (privateBus === undefined || publicBus === undefined) return ["there must be a private and a public bus"];
  const archives = ofType(template, "AWS::Events::Archive");
  const archived = archives.filter(([, it]) => pointsAt(property(it, "SourceArn")) !== publicBus);
  const wide = archives.filter(([, it]) => {
    const kept = listOf(property(it, "EventPattern", "detail-type")).map(String);
    return kept.length === 0 || kept.some((type) => !publicEvents.includes(type));
  });
  const forgotten = publicEvents.filter((type) =>
    archives.some(([, it]) => !listOf(property(it, "EventPattern", "detail-type")).includes(type)),
  );
  const stray = ofType(template, "AWS::Events::Rule").filter(
    ([, rule]) => !isScheduled(rule) && pointsAt(property(rule, "EventBusName")) !== privateBus,
  );
  return [
    ...checkPolicy(template, privateBus),
    ...checkPolicy(template, publicBus),
    ...archived.map(([id]) => `${id}: archives something else than the public bus`),
    ...wide.map(([id]) => `${id}: archives more than public events`),
    ...forgotten.map((type) => `no archive keeps ${type}`),
    ...stray.map(([id]) => `${id}: takes requests from another bus than the private one`),
  ];
}
