// Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select, Fn::Split and Fn::If become values; anything else of the kind is refused aloud.
import { type Identity, identify } from "./identity.ts";
import type { Place, Properties, Resource, Template } from "./template.ts";

export type TemplateParameters = Readonly<Record<string, string>>;

const noValue = Symbol("AWS::NoValue");
const hexHash = (text: string) =>
  [...text]
    .reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7)
    .toString(16)
    .padStart(8, "0");

/** Every resource of the template with concrete values. Throws when a reference leads nowhere or in a circle. */
export function resolveTemplate(template: Template, place: Place, parameters: TemplateParameters): readonly Resource[] {
  const identities = new Map<string, Identity>();
  const underWay = new Set<string>();
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::Region": place.region,
    "AWS::AccountId": place.account,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": place.stack,
    "AWS::StackId": `arn:aws:cloudformation:${place.region}:${place.account}:stack/${place.stack}/1`,
  };

  const propertiesOf = (logicalId: string) => resolve(template.Resources[logicalId]?.Properties ?? {}) as Properties;

  function ordinalOf(logicalId: string): number {
    const owner = JSON.stringify(template.Resources[logicalId]?.Properties.FunctionName);
    const versions = Object.entries(template.Resources).filter(
      ([, { Type, Properties }]) => Type === "AWS::Lambda::Version" && JSON.stringify(Properties.FunctionName) === owner,
    );
    return 1 + versions.findIndex(([id]) => id === logicalId);
  }

  function identityOf(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = Object.hasOwn(template.Resources, logicalId) ? template.Resources[logicalId] : undefined;
    if (resource === undefined) throw new Error(`the template has no resource or parameter ${logicalId}`);
    if (underWay.has(logicalId)) throw new Error(`the template's references to ${logicalId} go in a circle`);
    underWay.add(logicalId);
    const named = (property: string) => {
      const given = resource.Properties[property];
      return given === undefined ? `${place.stack}-${logicalId}-${hexHash(logicalId)}` : String(resolve(given));
    };
    // Only what makes up the name is resolved here: the rest may refer back to this resource.
    const naming = ["FunctionName", "Name", "EventBusName", "TargetFunctionArn"];
    const identity = identify(resource.Type, {
      logicalId,
      place,
      named,
      properties: () =>
        Object.fromEntries(
          naming.filter((key) => key in resource.Properties).map((key) => [key, resolve(resource.Properties[key])]),
        ),
      ordinal: () => ordinalOf(logicalId),
    });
    underWay.delete(logicalId);
    identities.set(logicalId, identity);
    return identity;
  }

  function ref(name: string): string | typeof noValue {
    if (name === "AWS::NoValue") return noValue;
    const constant = pseudo[name];
    if (constant !== undefined) return constant;
    const parameter = template.Parameters[name];
    if (parameter === undefined) return identityOf(name).ref;
    const value = parameters[name] ?? parameter.Default;
    if (value === undefined) throw new Error(`the template's parameter ${name} has no value`);
    return String(value);
  }

  function attribute(path: unknown): string {
    const [logicalId = "", ...rest] = typeof path === "string" ? path.split(".") : (path as readonly string[]);
    const value = identityOf(logicalId).attributes[rest.join(".")];
    if (value === undefined) throw new Error(`${logicalId} has no attribute ${rest.join(".")} in this cloud`);
    return value;
  }

  function substitute(argument: unknown): string {
    const [text, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Properties];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== "") return `\${${name}}`;
      if (Object.hasOwn(own, name)) return String(resolve(own[name]));
      return String(name.includes(".") ? attribute(name) : ref(name));
    });
  }

  /** A condition of the template, by name. */
  function isMet(name: unknown): boolean {
    const condition =
      typeof name === "string" && Object.hasOwn(template.Conditions, name) ? template.Conditions[name] : undefined;
    if (condition === undefined) throw new Error(`the template has no condition ${String(name)}`);
    return holds(condition);
  }

  function holds(condition: unknown): boolean {
    const [name, argument] = Object.entries(condition as Properties)[0] ?? ["nothing", undefined];
    const parts = argument as readonly unknown[];
    if (name === "Condition") return isMet(argument);
    if (name === "Fn::Equals") return JSON.stringify(resolve(parts[0])) === JSON.stringify(resolve(parts[1]));
    if (name === "Fn::Not") return !holds(parts[0]);
    if (name === "Fn::And") return parts.every(holds);
    if (name === "Fn::Or") return parts.some(holds);
    throw new Error(`this cloud does not know the condition ${name}`);
  }

  function intrinsic(name: string, argument: unknown): unknown {
    if (name === "Fn::If") {
      const [condition, then, otherwise] = argument as readonly unknown[];
      return resolve(isMet(condition) ? then : otherwise);
    }
    if (name === "Ref") return ref(String(argument));
    if (name === "Fn::GetAtt") return attribute(argument);
    if (name === "Fn::Sub") return substitute(argument);
    const [first, second] = (resolve(argument) as [unknown, unknown]) ?? [];
    if (name === "Fn::Join") return (second as readonly unknown[]).join(String(first));
    if (name === "Fn::Select") return (second as readonly unknown[])[Number(first)];
    if (name === "Fn::Split") return String(second).split(String(first));
    throw new Error(`this cloud does not know ${name}`);
  }

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== noValue);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only !== undefined && entries.length === 1 && (only[0] === "Ref" || only[0].startsWith("Fn::")))
      return intrinsic(...only);
    return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item)] as const).filter(([, item]) => item !== noValue));
  }

  const there = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === undefined || isMet(Condition));
  return there.map(([logicalId, { Type }]) => ({
    logicalId,
    type: Type,
    ...identityOf(logicalId),
    properties: propertiesOf(logicalId),
  }));
}
