import { parseBoundedJson } from "../bounded-json.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { MalformedBody } from "../malformed-body.ts";
import { decodeUtf8 } from "../text.ts";

/**
 * A body that is one JSON object; `{}` for an empty one, which is how the service says that there is nothing (protocol section 7).
 * Throws MalformedBody or OversizedBody.
 */
export function decodeJsonObject(body: Uint8Array): JsonObject {
  const text = decodeUtf8(body);
  if (text.trim() === "") return {};
  const value = parseBoundedJson(text);
  if (!isJsonObject(value)) throw new MalformedBody("not a JSON object");
  return value;
}
