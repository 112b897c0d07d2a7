import type { ResultColumn } from "../instance.ts";
import { isJsonObject, type JsonObject, parseJson, textField } from "../json.ts";
import { MalformedBody } from "../malformed-body.ts";
import { decodeUtf8 } from "../text.ts";
import { parseType } from "./parse-type.ts";
import type { ResultType } from "./result-type.ts";

/** Upper case, whatever the service sent; a word it adds tomorrow is kept. */
export type SessionStatus = "NORMAL" | "INITIATING" | "EXPIRED" | "FAILED" | "CLOSED" | "UNKNOWN" | (string & {});

export type DownloadSession = {
  readonly id: string;
  readonly status: SessionStatus;
  readonly rowCount: number;
  readonly columns: readonly ResultColumn[];
  /** Of those columns. */
  readonly types: readonly ResultType[];
  /** Of the answer it was read from. */
  readonly requestId?: string | undefined;
};

/** Tables may have 1,200 columns. */
const maxColumns = 10_000;

const columnOf = (value: unknown): ResultColumn => {
  const name = isJsonObject(value) ? (textField(value, "name") ?? textField(value, "Name")) : undefined;
  const type = isJsonObject(value) ? (textField(value, "type") ?? textField(value, "Type")) : undefined;
  if (name === undefined || type === undefined) throw new MalformedBody("a column without a name or a type");
  return { name, type };
};

const listField = (schema: JsonObject, ...names: readonly string[]): readonly unknown[] => {
  const found = names.map((name) => (Object.hasOwn(schema, name) ? schema[name] : undefined)).find(Array.isArray);
  return found ?? [];
};

const columnsOf = (session: JsonObject): readonly ResultColumn[] => {
  const schema = Object.hasOwn(session, "Schema") ? session.Schema : undefined;
  if (schema === undefined || schema === null) return [];
  if (!isJsonObject(schema)) throw new MalformedBody("a schema that is none");
  const columns = [
    ...listField(schema, "columns", "Columns", "DataColumns"),
    ...listField(schema, "partitionKeys", "PartitionKeys", "PartitionColumns"),
  ];
  if (columns.length > maxColumns) throw new MalformedBody("a schema of too many columns");
  return columns.map(columnOf);
};

const statusOf = (session: JsonObject): SessionStatus => {
  const status = textField(session, "Status")?.trim().toUpperCase() || "UNKNOWN";
  return status === "CLOSES" ? "CLOSED" : status;
};

/**
 * `{"DownloadID":"d","Status":"normal","RecordCount":3,"Schema":{"columns":[{"name":"id","type":"bigint"}],"partitionKeys":[]}}`
 * (protocol section 13). While a session is INITIATING its count and its columns may be missing. Throws MalformedBody.
 */
export function decodeSession(body: Uint8Array): DownloadSession {
  const session = parseJson(decodeUtf8(body));
  if (!isJsonObject(session)) throw new MalformedBody("a download session that is no JSON object");
  const id = textField(session, "DownloadID");
  if (id === undefined || id === "") throw new MalformedBody("a download session without an id");
  const status = statusOf(session);
  const rowCount = session.RecordCount ?? (status === "NORMAL" ? undefined : 0);
  if (typeof rowCount !== "number" || !Number.isSafeInteger(rowCount) || rowCount < 0) {
    throw new MalformedBody("a download session without a count of its records");
  }
  const columns = columnsOf(session);
  return { id, status, rowCount, columns, types: columns.map(({ type }) => parseType(type)) };
}
