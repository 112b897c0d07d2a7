import { parseBoundedJson } from "../bounded-json.ts";
import { isJsonObject, type JsonObject, numberField, ownField, textField } from "../json.ts";
import { MalformedBody } from "../malformed-body.ts";
import type { TaskCost, TaskSummary } from "../task-facts.ts";
import { decodeJsonObject } from "./json-object.ts";

const finalizedFrom = (header: string | undefined): boolean | undefined => {
  const sent = header?.trim().toLowerCase();
  return sent === "true" || sent === "false" ? sent === "true" : undefined;
};

/** The summary is JSON once more, within a string of the answer. */
const jsonFrom = (sent: unknown): JsonObject => {
  const value = typeof sent === "string" ? parseBoundedJson(sent) : sent;
  if (!isJsonObject(value)) throw new MalformedBody("a JsonSummary that is no JSON object");
  return value;
};

/**
 * `{"Instance":{"JsonSummary":"{...}","Summary":"..."}}` (protocol section 7.3); `finalized` is the x-odps-task-finalized header. Undefined
 * when there is no summary: an empty answer, or none in it. Throws MalformedBody or OversizedBody.
 */
export function decodeTaskSummary(body: Uint8Array, finalized?: string): TaskSummary | undefined {
  const instance = ownField(decodeJsonObject(body), "Instance");
  if (!isJsonObject(instance)) return undefined;
  const sent = ownField(instance, "JsonSummary");
  if (sent === undefined || sent === null || sent === "") return undefined;
  return { text: textField(instance, "Summary"), json: jsonFrom(sent), finalized: finalizedFrom(finalized) };
}

/** `Cost` of a summary (protocol section 7.3); undefined when it has none. */
export function costFrom({ json }: TaskSummary): TaskCost | undefined {
  const cost = ownField(json, "Cost");
  if (!isJsonObject(cost)) return undefined;
  return { cpu: numberField(cost, "CPU"), memory: numberField(cost, "Memory"), input: numberField(cost, "Input") };
}
