import { isObject, type Json, ownText } from "../judge/json.ts";
import { Refusal } from "./refusal.ts";

// Measured by users: beyond about 4,000 bytes Slack drops it.
const mostBytes = 4000;

/** Message metadata: an event_type and a flat event_payload. @throws Refusal metadata_too_large, invalid_metadata_format */
export function readMetadata(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value) || ownText(value, "event_type") === undefined || !isObject(value.event_payload)) {
    throw new Refusal("invalid_metadata_format");
  }
  const flat = Object.values(value.event_payload).every((one) => typeof one !== "object" || one === null);
  if (!flat) throw new Refusal("invalid_metadata_format");
  if (Buffer.byteLength(JSON.stringify(value)) > mostBytes) throw new Refusal("metadata_too_large");
  return value;
}
