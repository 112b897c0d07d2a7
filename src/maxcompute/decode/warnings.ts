import { ownField } from "../json.ts";
import { decodeJsonObject } from "./json-object.ts";

const textOf = (warning: unknown): string => (typeof warning === "string" ? warning : JSON.stringify(warning));

/**
 * `{"warnings":["..."]}` (protocol section 7.6); none for an empty answer. A warning that is not text becomes its JSON.
 * Throws MalformedBody or OversizedBody.
 */
export function decodeWarnings(body: Uint8Array): readonly string[] {
  const warnings = ownField(decodeJsonObject(body), "warnings");
  return Array.isArray(warnings) ? warnings.map(textOf) : [];
}
