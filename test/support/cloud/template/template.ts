// A CloudFormation template as far as this cloud reads it, and what its resources are called once they exist.
import * as z from "zod";

const resource = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const template = z.object({
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.union([z.string(), z.number()]).optional() })).default({}),
  Resources: z.record(z.string(), resource),
});

export type Template = z.infer<typeof template>;
export type Properties = Readonly<Record<string, unknown>>;

/** Where the stack lives: it is part of every ARN. */
export type Place = { readonly region: string; readonly account: string; readonly stack: string };

/** Reads a template as `serverless package` writes it (parsed JSON); throws a ZodError when it is none. */
export const readTemplate = (json: unknown): Template => template.parse(json);

/** A resource after every reference in it became a value. */
export type Resource = {
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Properties;
};

/** Resources of one type, in the template's order. */
export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);
