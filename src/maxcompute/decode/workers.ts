import { idField, isJsonObject, type JsonObject, numberField, ownField, textField } from "../json.ts";
import { MalformedBody, OversizedBody } from "../malformed-body.ts";
import type { Worker } from "../task-facts.ts";
import { decodeTaskDetail } from "./task-detail.ts";

/** Twice what the largest jobs have. */
const maxWorkers = 200_000;

/** In seconds the year 5138, in milliseconds 1973. */
const firstMilliseconds = 1e11;

/** The sources do not say in which unit, so the magnitude does: seconds or milliseconds since 1970. Zero is "not yet". */
const timeFrom = (detail: JsonObject, field: string): number | undefined => {
  const sent = numberField(detail, field);
  if (sent === undefined || sent <= 0) return undefined;
  return sent < firstMilliseconds ? sent * 1000 : sent;
};

const workerFrom = (detail: JsonObject, type: string | undefined): Worker => ({
  id: idField(detail, "id"),
  logId: idField(detail, "logId"),
  type,
  status: textField(detail, "status"),
  startTime: timeFrom(detail, "startTime"),
  endTime: timeFrom(detail, "endTime"),
  address: textField(detail, "IpAndPath"),
  inputBytes: numberField(detail, "input_bytes"),
  inputRecords: numberField(detail, "input_records"),
  outputBytes: numberField(detail, "output_bytes"),
  outputRecords: numberField(detail, "output_records"),
});

/** Every object's `instances`, wherever it is, in the document's order; iterative, so that no depth can overflow the stack. */
const workersIn = (detail: unknown): readonly Worker[] => {
  const workers: Worker[] = [];
  const left: unknown[] = [detail];
  while (left.length > 0) {
    const value = left.pop();
    const instances = isJsonObject(value) ? ownField(value, "instances") : undefined;
    if (isJsonObject(value) && Array.isArray(instances)) {
      const type = idField(value, "name");
      for (const each of instances) if (isJsonObject(each)) workers.push(workerFrom(each, type));
      if (workers.length > maxWorkers) throw new OversizedBody("too many workers");
    } else if (typeof value === "object" && value !== null) {
      for (const inner of Object.values(value).reverse()) left.push(inner);
    }
  }
  return workers;
};

/**
 * The workers of a task, from the answer to `?detail` (protocol section 7.4): the elements of every `instances`, whose object's `name` is
 * the stage. None for an empty answer. Throws MalformedBody or OversizedBody.
 */
export function decodeWorkers(body: Uint8Array): readonly Worker[] {
  const detail = decodeTaskDetail(body);
  if (typeof detail === "string") throw new MalformedBody("a detail that is not JSON");
  return workersIn(detail);
}
