import type { Api } from "../api.ts";
import { getTaskResult } from "../calls/results.ts";
import { MaxComputeError } from "../errors.ts";
import type { ResultColumn, TaskResult } from "../instance.ts";
import { parseResultCsv } from "../result-csv.ts";
import { taskFailure } from "../waiting/ending.ts";

/** What the plain `?result` tells (protocol section 7.1): every value a text or NULL. */
export type InlineResult = {
  readonly schema: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Whether there may be more rows than it holds. */
  readonly isCut: boolean;
};

/** An inline result holds no more rows, unless the project says otherwise. */
const usualMostRows = 10_000;

const noRows = ({ taskName }: TaskResult, instanceId: string, cause: unknown): MaxComputeError => {
  const message = `The result of ${taskName} is a text and has no rows: getTaskResult reads it`;
  return new MaxComputeError("unsupported", message, { instanceId, cause });
};

const notHeld = ({ taskName }: TaskResult, instanceId: string): MaxComputeError => {
  const message = `MaxCompute holds no inline result of ${taskName}, and its tunnel cannot tell the tasks of an instance apart`;
  return new MaxComputeError("unsupported", message, { instanceId, taskName });
};

/** Types come from the descriptor, where it fits; a text that says nothing of them leaves them blank. */
const schemaOf = (names: readonly string[], { descriptor }: TaskResult): readonly ResultColumn[] => {
  const described = descriptor?.columns ?? [];
  if (names.length === 0 || described.length === names.length) return described;
  return names.map((name) => ({ name, type: "" }));
};

/**
 * The rows of an inline result. `noTunnel` is why it is asked for, and is thrown when the service holds no inline result. Throws
 * "task-failed" for a task that failed, "unsupported" for a result that is a text, as of DDL, and for one task of several whose result
 * is not held.
 */
export async function inlineResult(api: Api, id: string, task: string | undefined, noTunnel: unknown): Promise<InlineResult> {
  const result = await getTaskResult(api, id, task);
  const { descriptor, format, status, text } = result;
  if (status === "FAILED") throw taskFailure(id, result.taskName, text);
  const told = descriptor?.selectResultStatus?.toUpperCase();
  if (told === "NO") throw noTunnel ?? notHeld(result, id);
  if (format.toLowerCase() !== "csv" && descriptor?.isSelect !== true) throw noRows(result, id, noTunnel);
  const { columns, rows } = parseResultCsv(text, id);
  const isCut = told === undefined ? rows.length >= usualMostRows : told === "TRUNCATED";
  return { schema: schemaOf(columns, result), rows, isCut };
}
