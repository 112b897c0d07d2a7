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
