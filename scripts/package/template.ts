// A CloudFormation template as plain data, as `serverless package` writes it.

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export type Resource = {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};

export type Resources = { readonly [logicalId: string]: Resource };

export type Template = {
  readonly Resources: Resources;
  readonly Conditions?: { readonly [name: string]: Json };
  readonly Parameters?: JsonObject;
  readonly Outputs?: JsonObject;
};

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One thing or a list of them, as CloudFormation and policies allow. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Exclude<Json, readonly Json[]>];

/** What stands at the end of a path of keys and indexes; undefined where it breaks off. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let here = value;
  for (const step of path) {
    if (typeof step === "number") here = listOf(here)[step];
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

export const property = (resource: Resource | undefined, ...path: readonly (string | number)[]): Json | undefined =>
  at(resource?.Properties, ...path);

export const ofType = (template: Template, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** The logical id that a Ref, a GetAtt or the alias of a function points at; undefined for a plain value. */
export function pointsAt(value: Json | undefined): string | undefined {
  const ref = at(value, "Ref");
  if (typeof ref === "string") return ref;
  const attribute = at(value, "Fn::GetAtt");
  const first = typeof attribute === "string" ? attribute.split(".")[0] : at(attribute, 0);
  if (typeof first === "string") return first;
  const joined = at(value, "Fn::Join", 1);
  return joined === undefined ? undefined : pointsAt(at(joined, 0));
}
