import { parseBoundedJson } from "../bounded-json.ts";
import { isJsonObject } from "../json.ts";
import { decodeUtf8 } from "../text.ts";
import { refuseForeignText } from "./root.ts";

/**
 * The answer to `?instancedetail` and `?detail` (protocol section 7.4): JSON of any shape, or else its text. Undefined when there is none.
 * Throws MalformedBody or OversizedBody.
 */
export function decodeTaskDetail(body: Uint8Array): unknown {
  const text = decodeUtf8(body);
  if (text.trim() === "") return undefined;
  const value = looksLikeJson(text) ? parseBoundedJson(text) : undefined;
  if (value !== undefined) return value;
  refuseForeignText(text);
  return text;
}

/** Text that happens to be full of brackets is no JSON nested too deeply. */
const looksLikeJson = (text: string) => /^\s*[[{"\d-]|^\s*(?:true|false|null)\s*$/.test(text);

/** Whether a detail tells nothing, in any of the service's ways of saying so. */
export function isEmptyDetail(detail: unknown): boolean {
  if (Array.isArray(detail)) return detail.length === 0;
  if (isJsonObject(detail)) return Object.keys(detail).length === 0;
  return detail === undefined || detail === null || detail === "";
}
