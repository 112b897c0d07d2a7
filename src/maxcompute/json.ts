/** A JSON object whose fields are yet to be looked at. */
export type JsonObject = { readonly [field: string]: unknown };

/** Parsed JSON, or undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whether that matters is the caller's to say.
    return undefined;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field's text; undefined when the object has no such field of its own, or it is not text. */
export function textField(object: JsonObject, field: string): string | undefined {
  const value = Object.hasOwn(object, field) ? object[field] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The object's own field, and never what a prototype has by that name. */
export function ownField(object: JsonObject, field: string): unknown {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

const plainNumber = /^[+-]?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/i;

/**
 * The field's number, also when it was sent as text. Undefined for anything else, and for an integer that a number cannot hold exactly:
 * no count is better than a wrong one.
 */
export function numberField(object: JsonObject, field: string): number | undefined {
  const sent = ownField(object, field);
  if (typeof sent === "number") return Number.isFinite(sent) ? sent : undefined;
  if (typeof sent !== "string" || !plainNumber.test(sent.trim())) return undefined;
  const value = Number(sent);
  const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
  return isExact && Number.isFinite(value) ? value : undefined;
}

/** The field's text, or its whole number as text, for names and ids that the service writes either way; undefined when blank. */
export function idField(object: JsonObject, field: string): string | undefined {
  const sent = ownField(object, field);
  if (typeof sent === "number") return Number.isSafeInteger(sent) ? String(sent) : undefined;
  return typeof sent === "string" && sent.trim() !== "" ? sent.trim() : undefined;
}
