import * as z from "zod";
import type { Resource } from "./template.ts";

/** CloudFormation takes a number written as text, and `true` written as text. */
export const count = z.coerce.number().int().nonnegative();
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]);
/** A property that changes nothing in this cloud. */
export const ignored = z.unknown().optional();

/**
 * Reads a resource's properties by a strict schema: a property that this cloud does not know is an error at the start, never
 * silently without effect.
 */
export function parseProperties<T>(schema: z.ZodType<T>, resource: Resource): T {
  const read = schema.safeParse(resource.properties);
  if (read.success) return read.data;
  throw new Error(`this cloud cannot make ${resource.logicalId} (${resource.type}):\n${z.prettifyError(read.error)}`);
}
