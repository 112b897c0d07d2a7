// Every Ref, GetAtt, Sub, If and DependsOn leads somewhere, and nothing goes round in a circle.
import { isObject, type Json, listOf, type Template } from "../template.ts";
import type { Schemas } from "./schemas.ts";

/** A mention of something by name: a resource or parameter, one of its attributes, a condition, or a function that is not known here. */
export type Mention =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly name: string; readonly attribute: string }
  | { readonly kind: "condition"; readonly name: string }
  | { readonly kind: "comparison"; readonly sides: readonly Json[] }
  | { readonly kind: "unknown"; readonly name: string };

const harmless = new Set(["Fn::Join", "Fn::Select", "Fn::Split", "Fn::Not", "Fn::And", "Fn::Or", "Fn::Base64"]);
const pseudo = new Set(
  ["Partition", "Region", "AccountId", "NoValue", "StackName", "StackId", "URLSuffix"].map((name) => `AWS::${name}`),
);

const dotted = (text: string): Mention => {
  const [name = "", ...attribute] = text.split(".");
  return attribute.length === 0 ? { kind: "name", name } : { kind: "attribute", name, attribute: attribute.join(".") };
};

function inSub(argument: Json): Mention[] {
  const [text, given] = Array.isArray(argument) ? argument : [argument];
  const own = isObject(given) ? Object.keys(given) : [];
  const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = ""]) => name.trim());
  return names.filter((name) => !own.includes(name)).map(dotted);
}

function mention(key: string, argument: Json): Mention[] {
  if (key === "Ref" || key === "Condition") return [{ kind: key === "Ref" ? "name" : "condition", name: String(argument) }];
  if (key === "Fn::GetAtt") return [dotted(Array.isArray(argument) ? argument.join(".") : String(argument))];
  if (key === "Fn::Sub") return inSub(argument);
  if (key === "Fn::If") return [{ kind: "condition", name: String(listOf(argument)[0]) }];
  if (key === "Fn::Equals") return [{ kind: "comparison", sides: listOf(argument) }];
  return key.startsWith("Fn::") && !harmless.has(key) ? [{ kind: "unknown", name: key }] : [];
}

/** Every mention in a value. "Condition" is one only where it names a condition: in a policy it is a block. */
export function mentions(value: Json): Mention[] {
  if (Array.isArray(value)) return value.flatMap(mentions);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, argument]) => [
    ...(key === "Condition" && typeof argument !== "string" ? [] : mention(key, argument)),
    ...mentions(argument),
  ]);
}

function problem({ Resources, Parameters = {}, Conditions = {} }: Template, schemas: Schemas, it: Mention): string | undefined {
  if (it.kind === "unknown") return `${it.name} is not understood by this check`;
  if (it.kind === "condition") return Object.hasOwn(Conditions, it.name) ? undefined : `there is no condition ${it.name}`;
  if (it.kind === "comparison") {
    const isText = it.sides.length === 2 && it.sides.every((side) => typeof side === "string" || isObject(side));
    return isText ? undefined : "Fn::Equals compares two texts";
  }
  if (it.kind === "name" && (pseudo.has(it.name) || Object.hasOwn(Parameters, it.name))) return undefined;
  const resource = Object.hasOwn(Resources, it.name) ? Resources[it.name] : undefined;
  if (resource === undefined) return `there is no ${it.name}`;
  if (it.kind === "name") return undefined;
  const attributes = schemas.resource(resource.Type)?.attributes ?? {};
  return Object.hasOwn(attributes, it.attribute) ? undefined : `${it.name} has no attribute ${it.attribute}`;
}

/** The logical ids that a resource needs before it can be made. */
const needs = (template: Template, id: string): readonly string[] => {
  const { DependsOn, ...resource } = template.Resources[id] ?? { Type: "" };
  const named = mentions(resource).flatMap((it) => (it.kind === "name" || it.kind === "attribute" ? [it.name] : []));
  return [...listOf(DependsOn).map(String), ...named].filter((name) => Object.hasOwn(template.Resources, name));
};

function circles(template: Template): string[] {
  const finished = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] => {
    if (path.includes(id)) return [`${[...path.slice(path.indexOf(id)), id].join(" -> ")}: is a circle`];
    if (finished.has(id)) return [];
    const found = needs(template, id).flatMap((next) => visit(next, [...path, id]));
    finished.add(id);
    return found;
  };
  return Object.keys(template.Resources).flatMap((id) => visit(id, []));
}

export function checkReferences(template: Template, schemas: Schemas): string[] {
  const places = [
    ...Object.entries(template.Resources),
    ...Object.entries(template.Outputs ?? {}),
    ...Object.entries(template.Conditions ?? {}),
  ];
  const dangling = places.flatMap(([where, value]) =>
    mentions(value).flatMap((it) => {
      const what = problem(template, schemas, it);
      return what === undefined ? [] : [`${where}: ${what}`];
    }),
  );
  const absent = Object.entries(template.Resources).flatMap(([id, { DependsOn }]) =>
    listOf(DependsOn)
      .filter((name) => !Object.hasOwn(template.Resources, String(name)))
      .map((name) => `${id}: depends on ${name}, which is not there`),
  );
  return [...dangling, ...absent, ...circles(template)];
}
