// IAM policy documents: what they look like once read.
import * as z from "zod";

const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const scalars = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const conditionValues = z.union([scalars.transform((one) => [one]), z.array(scalars)]);

const principal = z.union([
  z.literal("*"),
  z.strictObject({ AWS: many.optional(), Service: many.optional() }).refine((named) => Object.keys(named).length > 0),
]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  Action: many,
  Resource: many.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

export type Statement = z.infer<typeof statement>;

export const policyDocument = z.strictObject({
  Version: z.string().optional(),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

/** The statements of a policy document; throws on anything this cloud could not judge (NotAction, NotResource, NotPrincipal). */
export const readPolicy = (json: unknown): readonly Statement[] => policyDocument.parse(json).Statement;
