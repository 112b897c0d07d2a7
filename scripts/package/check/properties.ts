// Every resource type exists, every property is known and of its type, and what is required is there.
import { isObject, type Json, type JsonObject, type Template } from "../template.ts";
import type { Properties, Schemas, ValueType } from "./schemas.ts";

/** CloudFormation turns "7" into 7 and "true" into true, and the other way round. */
const scalars: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => ["string", "number", "boolean"].includes(typeof value),
  "date-time": (value) => typeof value === "string",
  number: (value) => value !== "" && !Number.isNaN(Number(value)) && ["string", "number"].includes(typeof value),
  integer: (value) => value !== "" && Number.isInteger(Number(value)) && ["string", "number"].includes(typeof value),
  boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
  json: (value) => isObject(value) || Array.isArray(value),
  tag: (value) => isObject(value) && "Key" in value && "Value" in value,
  null: (value) => value === null,
};

const isIntrinsic = (value: Json): value is JsonObject =>
  isObject(value) &&
  Object.keys(value).length === 1 &&
  Object.keys(value).every((key) => key === "Ref" || key.startsWith("Fn::"));

/** The values that an expression can have, as far as the template tells: the branches of an If; nothing for the rest. */
function branches(value: JsonObject): readonly Json[] {
  const choice = value["Fn::If"];
  return Array.isArray(choice) ? choice.slice(1).filter((branch) => !isObject(branch) || branch.Ref !== "AWS::NoValue") : [];
}

export function checkProperties(template: Template, schemas: Schemas): string[] {
  /** What is wrong with a value; empty when one of the types takes it. */
  function mismatch(where: string, value: Json, types: readonly ValueType[]): string[] {
    if (isIntrinsic(value)) {
      if (types.every(({ type }) => type === "ref" || type === "map") && !("Fn::If" in value))
        return [`${where}: must be a structure`];
      return branches(value).flatMap((branch) => mismatch(where, branch, types));
    }
    const attempts = types.map((type) => ofType(where, value, type));
    return attempts.find((problems) => problems.length === 0) ?? attempts[0] ?? [];
  }

  function ofType(where: string, value: Json, schema: ValueType): string[] {
    if (schema.type === "union") return mismatch(where, value, schema.types);
    if (schema.type === "array") {
      if (!Array.isArray(value)) return [`${where}: must be a list`];
      return value.flatMap((each, index) => mismatch(`${where}[${index}]`, each, [schema.element]));
    }
    if (schema.type === "map") {
      if (!isObject(value)) return [`${where}: must be a map`];
      return Object.entries(value).flatMap(([key, each]) => mismatch(`${where}.${key}`, each, [schema.element]));
    }
    if (schema.type === "ref") {
      if (!isObject(value)) return [`${where}: must be a structure`];
      return structure(where, value, schemas.structure(schema.reference.$ref));
    }
    return scalars[schema.type]?.(value) === true ? [] : [`${where}: must be ${schema.type}`];
  }

  function structure(where: string, value: JsonObject, properties: Properties): string[] {
    const missing = Object.entries(properties)
      .filter(([name, { required }]) => required === true && !Object.hasOwn(value, name))
      .map(([name]) => `${where}: ${name} is required`);
    const wrong = Object.entries(value).flatMap(([name, each]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (known === undefined) return [`${where}: ${name} is no property of it`];
      return mismatch(`${where}.${name}`, each, [known.type, ...(known.previousTypes ?? [])]);
    });
    return [...missing, ...wrong];
  }

  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const schema = schemas.resource(Type);
    return schema === undefined ? [`${id}: there is no type ${Type}`] : structure(id, Properties, schema.properties);
  });
}
