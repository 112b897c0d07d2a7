// What CloudFormation knows, from @aws-cdk/aws-service-spec: resource types, their properties and the attributes to be had from them.
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";

type Database = ReturnType<typeof loadAwsServiceSpecSync>;
type Definition = Database extends { get(entity: "typeDefinition", id: string): infer Found } ? Found : never;

export type ValueType =
  | { readonly type: "string" | "number" | "integer" | "boolean" | "json" | "date-time" | "null" | "tag" }
  | { readonly type: "array" | "map"; readonly element: ValueType }
  | { readonly type: "union"; readonly types: readonly ValueType[] }
  | { readonly type: "ref"; readonly reference: { readonly $ref: string } };

export type PropertySchema = {
  readonly type: ValueType;
  readonly previousTypes?: readonly ValueType[];
  readonly required?: boolean;
};
export type Properties = { readonly [name: string]: PropertySchema };
export type ResourceSchema = { readonly properties: Properties; readonly attributes: { readonly [name: string]: unknown } };

export type Schemas = {
  /** Undefined for a type that CloudFormation does not have. */
  resource(type: string): ResourceSchema | undefined;
  /** The properties of a structure that a property's type refers to. */
  structure(reference: string): Properties;
};

/** The whole database: about a second to load, so once. */
export function loadSchemas(): Schemas {
  const database = loadAwsServiceSpecSync();
  return {
    resource: (type) => database.lookup("resource", "cloudFormationType", "equals", type)[0],
    structure: (reference): Properties => (database.get("typeDefinition", reference) satisfies Definition).properties,
  };
}
