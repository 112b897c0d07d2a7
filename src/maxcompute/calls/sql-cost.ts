import type { Api } from "../api.ts";
import { decodeResults } from "../decode/results.ts";
import { kindOf } from "../error-codes.ts";
import { MaxComputeError } from "../errors.ts";
import { isJsonObject, type JsonObject, parseJson } from "../json.ts";
import { type SqlOptions, sqlDocument } from "../submit/sql-document.ts";
import type { SubmittedInstance } from "../submit/submitted.ts";
import type { WaitOptions } from "../waiting/options.ts";
import { instanceQuery } from "./instance-request.ts";
import { notFound } from "./results.ts";
import { checkWait, followToSuccess, submit } from "./submit.ts";
import { getTaskNames } from "./tasks.ts";

/** What the service expects a statement to need. */
export type SqlCost = {
  /** Bytes it would read. */
  readonly bytes: number | "unknown";
  /** The factor its reading is billed by. */
  readonly complexity: number | "unknown";
  /** User-defined functions it calls. */
  readonly udfs: number | "unknown";
};

const figure = (object: JsonObject, name: string, least: number): number | "unknown" => {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) && value >= least ? value : "unknown";
};

/** The result of an SQLCost task, `{"Cost":{"SQL":{"Input":123,"UDF":0,"Complexity":1.5}}}` (protocol section 11); undefined for any other text. */
export function parseSqlCost(text: string): SqlCost | undefined {
  const document = parseJson(text);
  const cost = isJsonObject(document) ? document.Cost : undefined;
  const sql = isJsonObject(cost) ? cost.SQL : undefined;
  if (!isJsonObject(sql)) return undefined;
  // Some statements are answered with zeros, which says that there was no estimate, and not that they are free.
  const above = Number.MIN_VALUE;
  return { bytes: figure(sql, "Input", above), complexity: figure(sql, "Complexity", above), udfs: figure(sql, "UDF", 0) };
}

/** A statement that could not be estimated is wrong itself, so its error is told as if it had been refused at once, which happens too. */
const asRefusal = (error: unknown): unknown => {
  if (!(error instanceof MaxComputeError) || error.kind !== "task-failed") return error;
  // 0 is no status: a code nobody knows says nothing more.
  const kind = kindOf(error.code, 0);
  if (kind === "refused") return error;
  const { code, requestId, instanceId, taskName, message } = error;
  return new MaxComputeError(kind, message, { code, requestId, instanceId, taskName });
};

/** The text an estimate stands in, and the id of the request that brought it. */
const resultText = async (api: Api, { id, results, requestId }: SubmittedInstance) => {
  const [known] = results?.values() ?? [];
  if (known !== undefined) return { text: known.text, requestId };
  // Asked for under the name the service gives the task, which may not be ours.
  const [name = ""] = await getTaskNames(api, id);
  return api.ask(instanceQuery(api.project, id, [["result", ""]]), ({ body, header }) => {
    const read = decodeResults(body);
    const result = read.get(name);
    if (result === undefined) throw notFound(id, name, [...read.keys()]);
    return { text: result.text, requestId: header("x-odps-request-id") };
  });
};

/**
 * Has the service estimate a statement without running it (protocol section 11). A figure it leaves out, or a zero where nothing is free,
 * is "unknown". Throws as `executeSql`; a mistake in the SQL is thrown as what it is, and an answer that is no estimate as "malformed".
 */
export async function estimateSqlCost(api: Api, sql: string, options: SqlOptions & WaitOptions = {}): Promise<SqlCost> {
  checkWait(options);
  const submitted = await submit(api, sqlDocument("SQLCost", sql, options, api.connection.newId()));
  const ended = await followToSuccess(api, submitted, options).catch((error: unknown) => {
    throw asRefusal(error);
  });
  const { text, requestId } = await resultText(api, ended);
  const cost = parseSqlCost(text);
  if (cost !== undefined) return cost;
  throw new MaxComputeError("malformed", "MaxCompute's answer is no estimate", { instanceId: ended.id, requestId });
}
